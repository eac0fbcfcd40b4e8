//! Deleting a lead, which hides it, and restoring it.

use super::{api, etag, officer, page, read, register};
use crate::support::TestApp;
use actix_web::http::Method;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_deleted_lead_does_not_exist_until_it_is_restored() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"investor_name": "虚构删除有限公司"})).await;
    let path = api(&lead, "");
    client.request(Method::DELETE, &path).await.assert_status(428);
    client.delete(&path, "\"7\"").await.assert_status(412);
    app.token(Role::CountyOfficer).delete(&path, &etag(&lead)).await.assert_status(403);
    client.delete(&path, &etag(&lead)).await.assert_status(204);
    for gone in ["", "/timeline", "/follow-ups"] {
        client.get(&api(&lead, gone)).await.assert_status(404);
    }
    client.delete(&path, "\"2\"").await.assert_status(404);
    client.patch_json(&path, "\"2\"", json!({"title": "x"})).await.assert_status(404);
    client
        .post_json(&api(&lead, "/closure"), json!({"kind": "land", "reason": "x"}))
        .await
        .assert_status(404);
    assert_eq!(client.get("/api/v1/leads?count=true").await.json()["total"], 0);
    let duplicate = client.get("/api/v1/duplicates?investor_name=%E8%99%9A%E6%9E%84%E5%88%A0%E9%99%A4%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8").await;
    assert_eq!(duplicate.json()["items"], json!([]));
    // It is not there for who may not restore it; a lead that is there is not his to restore.
    app.token(Role::CountyOfficer).post(&api(&lead, "/restoration")).await.assert_status(404);
    let back = client.post(&api(&lead, "/restoration")).await.assert_status(200).json();
    assert_eq!(back["version"], 3);
    app.token(Role::CountyOfficer).post(&api(&lead, "/restoration")).await.assert_status(403);
    client.post(&api(&lead, "/restoration")).await.assert_status(404);
    assert_eq!(read(&client, &lead).await, back);
}

#[actix_web::test]
async fn the_pages_delete_with_a_reason_and_restore() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&lead, "/deletion");
    browser.get(&path).await.assert_status(200);
    browser.post_form(&path, &[("version", "1")]).await.assert_status(422);
    app.signed_in(Role::CountyOfficer).get(&path).await.assert_status(403);
    let gone = browser.post_form(&path, &[("reason", "录错了"), ("version", "1")]).await.assert_status(303);
    assert_eq!(gone.location(), page(&lead, "/restoration"));
    browser.get(&page(&lead, "")).await.assert_status(404);
    let restore = page(&lead, "/restoration");
    browser.get(&restore).await.assert_status(200);
    browser.post_form(&restore, &[("version", "1")]).await.assert_status(412);
    browser.post_form(&restore, &[("version", "2")]).await.assert_status(303);
    browser.get(&page(&lead, "")).await.assert_status(200);
    browser.get(&restore).await.assert_status(404);
}
