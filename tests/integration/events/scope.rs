//! Who sees how much of an event, and what chambers do with it.

use super::{PATH, day, invite, new_event, path};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_liaison_signs_up_members_of_his_chamber_and_sees_these_only() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let liaison = app.user(Role::ChamberLiaison).chamber(&own).token();
    let more = json!({ "host_chamber_id": other, "cost_fen": 100, "outcome": "不该看见的成效" });
    let event = new_event(&app, more).await;
    invite(&bureau, &event, json!({ "name": "别家会员", "chamber_id": other })).await;
    invite(&bureau, &event, json!({ "name": "散客" })).await;
    let mine = invite(&liaison, &event, json!({ "name": "自家会员" })).await;
    assert_eq!((&mine["chamber"], &mine["invited_by"]), (&json!("自家商会"), &Value::Null));
    let theirs = json!({ "name": "假会员", "chamber_id": other });
    let refused = liaison.post_json(&path(&event, "/attendees"), theirs).await.assert_status(422);
    assert_eq!(refused.faults(), [("chamber_id".to_owned(), "unknown-chamber".to_owned())]);
    let shown = liaison.get(&path(&event, "")).await.assert_status(200).json();
    for hidden in ["cost_fen", "outcome", "results", "check_in_url", "host_chamber_id"] {
        assert_eq!(shown[hidden], Value::Null, "{hidden}");
    }
    assert_eq!((&shown["host_chamber"], &shown["listed"]), (&json!("别家商会"), &json!(1)));
    let listed = liaison.get(&path(&event, "/attendees?count=true")).await.assert_status(200).json();
    assert_eq!((&listed["total"], &listed["items"][0]["name"]), (&json!(1), &json!("自家会员")));
    let all = bureau.get(&path(&event, "/attendees")).await.json();
    for one in all["items"].as_array().unwrap() {
        let row = path(&event, &format!("/attendees/{}", one["id"].as_str().unwrap()));
        let status = if one["id"] == mine["id"] { 403 } else { 404 };
        liaison.post_json(&format!("{row}/attendance"), json!({})).await.assert_status(status);
        let status = if one["id"] == mine["id"] { 204 } else { 404 };
        liaison.delete(&row, "\"1\"").await.assert_status(status);
    }
}

#[actix_web::test]
async fn sign_up_ends_when_the_event_does() {
    let app = TestApp::new().await;
    let liaison = app.token(Role::ChamberLiaison);
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({ "from_on": day(-1), "to_on": day(0) })).await;
    let mine = invite(&liaison, &event, json!({ "name": "会员" })).await;
    let over = json!({ "from_on": day(-2), "to_on": day(-1) });
    bureau.patch_json(&path(&event, ""), "\"1\"", over).await.assert_status(200);
    let late = liaison.post_json(&path(&event, "/attendees"), json!({ "name": "迟到" })).await;
    assert_eq!(late.assert_status(409).json()["code"], "sign-up-closed");
    let row = path(&event, &format!("/attendees/{}", mine["id"].as_str().unwrap()));
    liaison.delete(&row, "\"2\"").await.assert_status(409);
    invite(&bureau, &event, json!({ "name": "事后补登" })).await;
}

#[actix_web::test]
async fn one_that_was_cancelled_before_a_chamber_had_to_do_with_it_is_not_there_for_it() {
    let app = TestApp::new().await;
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let liaison = app.user(Role::ChamberLiaison).chamber(&own).token();
    let cancelled = |more: Value| {
        let mut body = json!({ "status": "cancelled", "cancellation_reason": "台风" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let nobodys = new_event(&app, cancelled(json!({ "host_chamber_id": other }))).await;
    let hosted = new_event(&app, cancelled(json!({ "host_chamber_id": own }))).await;
    let expected = new_event(&app, json!({})).await;
    invite(&liaison, &expected, json!({ "name": "会员" })).await;
    let bureau = app.token(Role::BureauOfficer);
    bureau.patch_json(&path(&expected, ""), "\"1\"", cancelled(json!({}))).await.assert_status(200);
    liaison.get(&path(&nobodys, "")).await.assert_status(404);
    liaison.post_json(&path(&nobodys, "/attendees"), json!({ "name": "会员" })).await.assert_status(404);
    for seen in [&hosted, &expected] {
        assert_eq!(liaison.get(&path(seen, "")).await.assert_status(200).json()["status"], "cancelled");
    }
    let page = liaison.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!(page["total"], 2);
}

#[actix_web::test]
async fn the_others_read_and_keep_nothing() {
    let app = TestApp::new().await;
    let event = new_event(&app, json!({ "county": "450722", "cost_fen": 5 })).await;
    for role in [Role::CountyOfficer, Role::CountyLeader, Role::Federation, Role::LeadingGroup, Role::Auditor]
    {
        let client = app.token(role);
        let shown = client.get(&path(&event, "")).await.assert_status(200).json();
        assert_eq!((&shown["cost_fen"], &shown["check_in_url"]), (&json!(5), &Value::Null), "{role}");
        client.patch_json(&path(&event, ""), "\"1\"", json!({ "outcome": "x" })).await.assert_status(403);
        client.post_json(&path(&event, "/attendees"), json!({ "name": "x" })).await.assert_status(403);
    }
}

#[actix_web::test]
async fn chambers_that_are_merged_take_their_events_and_members_along() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (from, into) = (app.new_chamber("旧名商会"), app.new_chamber("新名商会"));
    let event = new_event(&app, json!({ "host_chamber_id": from })).await;
    invite(&bureau, &event, json!({ "name": "会员", "chamber_id": from })).await;
    bureau.delete(&format!("/api/v1/chambers/{from}"), "\"1\"").await.assert_status(409);
    let merger = json!({ "into": into });
    bureau.post_json(&format!("/api/v1/chambers/{from}/merger"), merger).await.assert_status(200);
    assert_eq!(bureau.get(&path(&event, "")).await.json()["host_chamber"], "新名商会");
    let listed = bureau.get(&path(&event, "/attendees")).await.json();
    assert_eq!(listed["items"][0]["chamber"], "新名商会");
}
