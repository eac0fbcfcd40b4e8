//! For whom townsmen exist.

use super::{PATH, body, list, path};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_county_keeps_its_own_and_sees_no_others() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let own = list(&bureau, json!({})).await.assert_status(201).json();
    let other = list(&bureau, json!({ "home": "450722" })).await.assert_status(201).json();
    let county = app.token(Role::CountyOfficer);
    county.patch_json(&path(&own), "\"1\"", json!({ "post": "顾问" })).await.assert_status(200);
    county.get(&path(&other)).await.assert_status(404);
    let page = county.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(1), &own["id"]));
    let moved = county.patch_json(&path(&own), "\"2\"", json!({ "home": "450722" })).await.assert_status(403);
    assert_eq!(moved.faults(), [("home".to_owned(), "other-region".to_owned())]);
    list(&county, json!({ "home": "450722" })).await.assert_status(403);
}

#[actix_web::test]
async fn a_liaison_reads_those_whom_his_chamber_introduced_and_nobody_else_reads() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let mine = list(&bureau, json!({ "chamber_id": own })).await.assert_status(201).json();
    let theirs = list(&bureau, json!({ "chamber_id": other })).await.assert_status(201).json();
    let liaison = app.user(Role::ChamberLiaison).chamber(&own).token();
    liaison.get(&path(&mine)).await.assert_status(200);
    liaison.get(&path(&theirs)).await.assert_status(404);
    let page =
        liaison.get(&format!("{PATH}?q=%E7%A4%BA%E4%BE%8B&count=true")).await.assert_status(200).json();
    assert_eq!(page["total"], 1);
    liaison.patch_json(&path(&mine), "\"1\"", json!({ "post": "x" })).await.assert_status(403);
    for role in [Role::Federation, Role::CountyLeader, Role::LeadingGroup, Role::FinanceReviewer, Role::Admin]
    {
        app.token(role).get(PATH).await.assert_status(403);
        app.token(role).get(&path(&mine)).await.assert_status(403);
    }
    app.token(Role::Auditor).get(&path(&theirs)).await.assert_status(200);
    app.token(Role::Auditor).post_json(PATH, body(json!({}))).await.assert_status(403);
}
