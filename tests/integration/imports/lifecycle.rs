//! An import belongs to who made it, is applied once, and can be thrown away before.

use super::{apply, investors, leads, ledger, path, preview};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{import_rows, imports};

async fn one(client: &Client) -> Value {
    let names = investors(1);
    preview(client, "ledger.csv", ledger(names.iter().map(String::as_str)).as_bytes()).await
}

/// Files and rows kept.
fn kept(app: &TestApp) -> (i64, i64) {
    app.read(|conn| {
        let files = imports::table.filter(imports::file_encrypted.is_not_null()).count().get_result(conn)?;
        Ok((files, import_rows::table.count().get_result(conn)?))
    })
}

#[actix_web::test]
async fn it_is_applied_once() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = one(&officer).await;
    assert_eq!(kept(&app), (1, 1));
    apply(&officer, &import, json!({})).await;
    assert_eq!(kept(&app), (0, 1), "the file is not kept, its rows are");
    officer.post(&format!("{}/application", path(&import))).await.assert_status(409);
    officer.request(actix_web::http::Method::DELETE, &path(&import)).await.assert_status(409);
    assert_eq!(leads(&app).await, 1);
}

#[actix_web::test]
async fn a_discarded_one_leaves_nothing_but_its_trail() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = one(&officer).await;
    officer.request(actix_web::http::Method::DELETE, &path(&import)).await.assert_status(204);
    assert_eq!(kept(&app), (0, 0));
    officer.get(&path(&import)).await.assert_status(404);
    officer.post(&format!("{}/application", path(&import))).await.assert_status(404);
    let trail = app.token(Role::Auditor).get("/api/v1/audit?subject=import").await.json();
    let acts: Vec<_> =
        trail["items"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(acts, ["import.discard", "import.upload"]);
    assert_eq!(leads(&app).await, 0);
}

#[actix_web::test]
async fn somebody_elses_does_not_exist() {
    let app = TestApp::new().await;
    let import = one(&app.token(Role::BureauOfficer)).await;
    let path = path(&import);
    for stranger in [app.token(Role::BureauHead), app.user(Role::BureauOfficer).token()] {
        for part in ["", "/rows", "/rejected"] {
            stranger.get(&format!("{path}{part}")).await.assert_status(404);
        }
        stranger.post(&format!("{path}/application")).await.assert_status(404);
        stranger.request(actix_web::http::Method::DELETE, &path).await.assert_status(404);
        let list = stranger.get("/api/v1/imports").await.assert_status(200).json();
        assert_eq!(list["items"], json!([]));
    }
    assert_eq!(leads(&app).await, 0);
}

#[actix_web::test]
async fn a_county_imports_its_own_leads_only() {
    let app = TestApp::new().await;
    let county = app.user(Role::CountyOfficer).region("450722").token();
    let import = one(&county).await;
    assert_eq!((import["new"].as_i64(), import["rejected"].as_i64()), (Some(0), Some(1)));
}

#[actix_web::test]
async fn the_same_idempotency_key_uploads_and_applies_once() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = one(&officer).await;
    let apply = || officer.post(&format!("{}/application", path(&import))).header("idempotency-key", "k-1");
    let first = apply().await.assert_status(200).json();
    assert_eq!(apply().await.assert_status(200).json(), first);
    assert_eq!(leads(&app).await, 1);
}
