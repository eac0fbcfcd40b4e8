//! Adding, changing, listing and deleting events over the API.

use super::{PATH, body, day, invite, new_event, path};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

#[actix_web::test]
async fn a_county_adds_its_event_and_says_what_became_of_it() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let host = app.new_chamber("示例玩具商会");
    let full = body(json!({ "county": null, "host_chamber_id": host, "from_on": day(-1), "to_on": day(1) }));
    let made = county.post_json(PATH, full).await.assert_status(201);
    assert_eq!(made.etag(), "\"1\"");
    let event = made.json();
    assert!(event["code"].as_str().unwrap().starts_with("HD-"), "{event}");
    assert_eq!((&event["county"], &event["status"]), (&json!("450721"), &json!("planned")));
    assert_eq!(event["host_chamber"], "示例玩具商会");
    let held = json!({ "status": "held", "cost_fen": 3_600_000, "outcome": "三家企业约定来考察" });
    let held = county.patch_json(&path(&event, ""), "\"1\"", held).await.assert_status(200);
    assert_eq!(held.etag(), "\"2\"");
    assert_eq!((&held.json()["status"], &held.json()["cost_fen"]), (&json!("held"), &json!(3_600_000)));
    let stale = county.patch_json(&path(&event, ""), "\"1\"", json!({ "outcome": "x" })).await;
    stale.assert_status(412);
    let by_code = county.get(&format!("{PATH}/{}", event["code"].as_str().unwrap())).await;
    assert_eq!(by_code.assert_status(200).json()["outcome"], "三家企业约定来考察");
    let elsewhere = county.patch_json(&path(&event, ""), "\"2\"", json!({ "county": "450722" })).await;
    assert_eq!(elsewhere.assert_status(403).faults(), [("county".to_owned(), "other-region".to_owned())]);
    let citys = county.patch_json(&path(&event, ""), "\"2\"", json!({ "county": null })).await;
    citys.assert_status(403);
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for (more, fault) in [
        (json!({ "kind": null }), ("kind", "required")),
        (json!({ "title": " " }), ("title", "required")),
        (json!({ "county": "441900" }), ("county", "unknown")),
        (json!({ "place": null }), ("place", "required")),
        (json!({ "from_on": null }), ("from_on", "required")),
        (json!({ "to_on": day(-1) }), ("to_on", "ends-before-it-begins")),
        (json!({ "from_on": "3000-01-01" }), ("from_on", "year-out-of-range")),
        (json!({ "host_chamber_id": "SH-9999" }), ("host_chamber_id", "unknown-chamber")),
        (json!({ "cost_fen": -1 }), ("cost_fen", "negative")),
        (json!({ "status": "cancelled" }), ("cancellation_reason", "reason-required")),
        (json!({ "cancellation_reason": "台风" }), ("cancellation_reason", "event-not-cancelled")),
        (json!({ "status": "held", "from_on": day(1) }), ("status", "event-not-begun")),
    ] {
        let refused = bureau.post_json(PATH, body(more.clone())).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{more}");
    }
}

#[actix_web::test]
async fn the_list_goes_by_the_first_day_and_its_pages_miss_nothing() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for (number, from) in [3, 1, 2, 1, 5].into_iter().enumerate() {
        let title = format!("示例活动{number}");
        new_event(&app, json!({ "title": title, "from_on": day(from), "county": null })).await;
    }
    for (sort, expected) in [("-from_on", ["4", "0", "2", "3", "1"]), ("from_on", ["1", "3", "2", "0", "4"])]
    {
        let (mut numbers, mut at) = (Vec::new(), String::new());
        loop {
            let page = format!("{PATH}?sort={sort}&limit=2&count=true{at}");
            let page = bureau.get(&page).await.assert_status(200).json();
            assert_eq!(page["total"], 5);
            let titles = page["items"].as_array().unwrap().iter();
            numbers.extend(titles.map(|one| one["title"].as_str().unwrap().replace("示例活动", "")));
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            at = format!("&cursor={cursor}");
        }
        assert_eq!(numbers, expected, "{sort}");
    }
    bureau.get(&format!("{PATH}?sort=title")).await.assert_status(400);
}

#[actix_web::test]
async fn filters_find_what_they_say() {
    let app = TestApp::new().await;
    let host = app.new_chamber("示例商会");
    new_event(&app, json!({ "host_chamber_id": host })).await;
    new_event(&app, json!({ "kind": "campaign", "county": null, "title": "示例驻点" })).await;
    let cancelled = json!({ "status": "cancelled", "cancellation_reason": "台风", "county": "450722" });
    new_event(&app, cancelled).await;
    let bureau = app.token(Role::BureauOfficer);
    for (filter, total) in [
        ("kind=promotion", 2),
        ("kind=campaign,matchmaking", 1),
        ("status=cancelled", 1),
        ("county=450721,450722", 2),
        ("q=%E9%A9%BB%E7%82%B9", 1),
        (&format!("chamber={host}"), 1),
        ("chamber=SH-9999", 0),
    ] {
        let page = bureau.get(&format!("{PATH}?count=true&{filter}")).await.assert_status(200).json();
        assert_eq!(page["total"], total, "{filter}");
    }
}

#[actix_web::test]
async fn what_somebody_was_to_come_to_is_cancelled_and_not_deleted() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let attendee = invite(&bureau, &event, json!({ "name": "示例经理" })).await;
    let kept = bureau.delete(&path(&event, ""), "\"1\"").await.assert_status(409);
    assert_eq!(kept.json()["code"], "event-in-use");
    let gone = path(&event, &format!("/attendees/{}", attendee["id"].as_str().unwrap()));
    bureau.delete(&gone, "\"1\"").await.assert_status(204);
    bureau.delete(&path(&event, ""), "\"1\"").await.assert_status(204);
    bureau.get(&path(&event, "")).await.assert_status(404);
    let named = new_event(&app, json!({})).await;
    app.new_lead(json!({ "source": { "kind": "event", "event_id": named["id"] } })).await;
    bureau.delete(&path(&named, ""), "\"1\"").await.assert_status(409);
    let cancelled = json!({ "status": "cancelled", "cancellation_reason": "场地停用" });
    let cancelled = bureau.patch_json(&path(&named, ""), "\"1\"", cancelled).await.assert_status(200);
    assert_eq!(cancelled.json()["cancellation_reason"], "场地停用");
    bureau.post_json(&path(&named, "/attendees"), json!({ "name": "x" })).await.assert_status(409);
}

#[actix_web::test]
async fn the_trail_tells_of_every_change_and_never_of_the_key() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let event = new_event(&app, json!({})).await;
    let first = event["check_in_url"].as_str().unwrap().to_owned();
    let renewed = bureau.post_json(&path(&event, "/check-in-key"), json!({})).await.assert_status(200);
    let second = renewed.json()["check_in_url"].as_str().unwrap().to_owned();
    assert!(first.contains("/check-in/") && first != second, "{first} {second}");
    invite(&bureau, &event, json!({ "name": "不在轨迹里的人" })).await;
    let told: Vec<(String, String)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::subject_kind.eq("event"))
            .select((audit_entries::action, audit_entries::differences))
            .order(audit_entries::id.asc())
            .load(conn)
    });
    let actions: Vec<&str> = told.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(actions, ["event.create", "event.check-in-key", "event.invite"]);
    for url in [first, second] {
        let secret = url.rsplit('/').next().unwrap();
        assert!(secret.len() > 40 && told.iter().all(|(_, text)| !text.contains(secret)));
    }
    assert!(told.iter().all(|(_, text)| !text.contains("不在轨迹里的人")));
    let listed = bureau.get(PATH).await.assert_status(200).json();
    assert_eq!(listed["items"][0]["check_in_url"], Value::Null, "of a single event only");
}
