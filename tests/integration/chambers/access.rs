//! Who sees which chambers, and who keeps them.

use super::{add, chamber, path, text};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_liaison_sees_his_own_chamber_and_no_other() {
    let app = TestApp::new().await;
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let liaison = app.user(Role::ChamberLiaison).chamber(&own).token();
    liaison.get(&format!("/api/v1/chambers/{own}")).await.assert_status(200);
    for path in [format!("/api/v1/chambers/{other}"), format!("/api/v1/chambers/T-{other}")] {
        liaison.get(&path).await.assert_status(404);
    }
    let list = liaison.get("/api/v1/chambers?count=true").await.assert_status(200).json();
    assert_eq!((&list["total"], list["items"].as_array().unwrap().len()), (&json!(1), 1));
    assert_eq!(text(&list["items"][0], "name"), "自家商会");
    liaison.patch_json(&format!("/api/v1/chambers/{own}"), "\"1\"", json!({})).await.assert_status(403);
}

#[actix_web::test]
async fn a_county_keeps_its_own_and_those_of_no_region() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let own = json!({ "kind": "other_city", "name": "灵山示例商会", "region": "450721" });
    let own = add(&county, own).await.assert_status(201).json();
    county.patch_json(&path(&own), "\"1\"", json!({ "note": "已核" })).await.assert_status(200);
    let away = json!({ "kind": "local", "name": "浦北示例商会", "region": "450722" });
    let refused = add(&county, away).await.assert_status(403);
    assert_eq!(refused.faults(), [("region".to_owned(), "other-region".to_owned())]);
    let moved = county.patch_json(&path(&own), "\"2\"", json!({ "region": "450722" })).await;
    assert_eq!(moved.assert_status(403).faults()[0].0, "region");
    let foreign = chamber(&app, "浦北示例商会", Some("450722")).await;
    county.get(&path(&foreign)).await.assert_status(200);
    county.patch_json(&path(&foreign), "\"1\"", json!({ "note": "x" })).await.assert_status(403);
    county.delete(&path(&foreign), "\"1\"").await.assert_status(403);
    let of_none = chamber(&app, "无区域商会", None).await;
    county.patch_json(&path(&of_none), "\"1\"", json!({ "note": "x" })).await.assert_status(200);
    county.delete(&path(&of_none), "\"2\"").await.assert_status(204);
    let zone = app.user(Role::CountyOfficer).region("QZ-FTZ").token();
    zone.get(&path(&own)).await.assert_status(200);
    add(&zone, json!({ "kind": "local", "name": "片区商会" })).await.assert_status(403);
    zone.patch_json(&path(&own), "\"2\"", json!({ "note": "x" })).await.assert_status(403);
}

#[actix_web::test]
async fn readers_read_and_others_stay_out() {
    let app = TestApp::new().await;
    let made = chamber(&app, "示例商会", None).await;
    for role in [Role::Auditor, Role::Federation, Role::LeadingGroup, Role::CountyLeader] {
        let reader = app.token(role);
        reader.get("/api/v1/chambers").await.assert_status(200);
        reader.get(&path(&made)).await.assert_status(200);
        add(&reader, json!({ "kind": "local", "name": "新商会" })).await.assert_status(403);
        reader.patch_json(&path(&made), "\"1\"", json!({})).await.assert_status(403);
        reader.delete(&path(&made), "\"1\"").await.assert_status(403);
        let merger = json!({ "into": text(&made, "code") });
        reader.post_json(&format!("{}/merger", path(&made)), merger).await.assert_status(403);
        let wanted = json!({ "field": "phone", "reason": "x" });
        reader.post_json(&format!("{}/disclosures", path(&made)), wanted).await.assert_status(403);
    }
    for role in [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer] {
        app.token(role).get("/api/v1/chambers").await.assert_status(403);
        app.token(role).get(&path(&made)).await.assert_status(403);
    }
    app.anonymous().get("/api/v1/chambers").await.assert_status(401);
}
