//! Whose searches one reads, and whose one changes.

use super::{PATH, body, new, path, told};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::users;

#[actix_web::test]
async fn a_private_one_is_its_owners_alone() {
    let app = TestApp::new().await;
    let kept = told(&app.token(Role::BureauOfficer), "q=陈皮").await;
    for role in [Role::BureauHead, Role::Auditor, Role::LeadingGroup, Role::CountyOfficer] {
        let client = app.token(role);
        client.get(&path(&kept)).await.assert_status(404);
        client.delete(&path(&kept), "\"1\"").await.assert_status(404);
        let list = client.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
        assert_eq!(list["total"], 0, "{role}");
    }
}

#[actix_web::test]
async fn a_shared_one_is_read_by_the_unit_and_changed_by_its_owner() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let shared = body(json!({ "query": "q=陈皮", "shared": true }));
    let kept = county.post_json(PATH, shared).await.assert_status(201).json();
    let colleagues = [app.token(Role::CountyLeader), app.user(Role::CountyOfficer).token()];
    for colleague in &colleagues {
        let shown = colleague.get(&path(&kept)).await.assert_status(200);
        assert_eq!(shown.json()["owner"]["username"], app.person(Role::CountyOfficer).username);
        let edit = colleague.patch_json(&path(&kept), "\"1\"", json!({ "name": "x" })).await;
        assert_eq!(edit.assert_status(403).json()["code"], "not-your-search");
        colleague.delete(&path(&kept), "\"1\"").await.assert_status(403);
        colleague.post(&format!("{}/subscription", path(&kept))).await.assert_status(200);
    }
    let others = app.user(Role::CountyOfficer).region("450722").token();
    for stranger in [&others, &app.token(Role::BureauOfficer), &app.token(Role::ChamberLiaison)] {
        stranger.get(&path(&kept)).await.assert_status(404);
        stranger.post(&format!("{}/subscription", path(&kept))).await.assert_status(404);
    }
    app.new_lead(json!({ "title": "示例陈皮线索" })).await;
    app.settle();
    for colleague in &colleagues {
        assert_eq!(new(colleague, &kept).await, ["示例陈皮线索"], "each by his own wish");
    }
    let owners = county.get(&path(&kept)).await.assert_status(200).json();
    assert_eq!(owners["tell"], false, "who does not wish it is not told");
    let private = json!({ "shared": false });
    county.patch_json(&path(&kept), "\"1\"", private).await.assert_status(200);
    for colleague in &colleagues {
        colleague.get(&path(&kept)).await.assert_status(404);
        let home = colleague.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
        assert_eq!(home["total"], 0);
    }
    county.patch_json(&path(&kept), "\"2\"", json!({ "shared": true })).await.assert_status(200);
    let again = colleagues[0].get(&path(&kept)).await.assert_status(200).json();
    assert_eq!(again["tell"], false, "the wish went with the sharing");
}

#[actix_web::test]
async fn a_liaison_and_the_auditor_share_nothing_and_who_left_shares_no_more() {
    let app = TestApp::new().await;
    for role in [Role::ChamberLiaison, Role::Auditor] {
        let answer = app.token(role).post_json(PATH, body(json!({ "shared": true }))).await;
        assert_eq!(answer.assert_status(422).json()["errors"][0]["field"], "shared", "{role}");
    }
    let shared = body(json!({ "shared": true }));
    let kept = app.token(Role::BureauHead).post_json(PATH, shared).await.assert_status(201).json();
    let officer = app.token(Role::BureauOfficer);
    officer.get(&path(&kept)).await.assert_status(200);
    let head = app.person(Role::BureauHead).id;
    app.write(|conn| diesel::update(users::table.find(&head)).set(users::active.eq(false)).execute(conn));
    officer.get(&path(&kept)).await.assert_status(404);
}
