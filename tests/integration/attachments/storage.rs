//! The storage and the database stay in step, whatever fails.

use super::{PDF, at, files, list, paper, send};
use crate::support::TestApp;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use std::fs::File;
use std::time::SystemTime;
use yinfeng::accounts::Role;
use yinfeng::attachments::sweep;
use yinfeng::clock;
use yinfeng::schema::attachments;

#[actix_web::test]
async fn a_storage_that_fails_leaves_no_row() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    // Where the folder was lies a file: nothing can be written.
    let folder = app.folder().join("attachments");
    std::fs::remove_dir_all(&folder).unwrap();
    File::create(&folder).unwrap();
    let failed = send(&officer, &lead, "a.pdf", PDF).await.assert_status(503).json();
    assert_eq!(failed["code"], "unavailable");
    assert_eq!(list(&officer, "lead", &lead).await.json()["total"], 0);
    std::fs::remove_file(&folder).unwrap();
    send(&officer, &lead, "a.pdf", PDF).await.assert_status(201);
}

#[actix_web::test]
async fn a_row_that_fails_leaves_no_file() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    app.write(|conn| diesel::sql_query("ALTER TABLE attachments RENAME TO elsewhere").execute(conn));
    send(&officer, &lead, "a.pdf", PDF).await.assert_status(500);
    assert!(files(&app).is_empty());
}

#[actix_web::test]
async fn a_file_that_is_missing_is_said_and_not_answered_empty() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    std::fs::remove_file(&files(&app)[0]).unwrap();
    officer.get(&at(&paper, "/content")).await.assert_status(503);
}

/// The sweep has a runtime of its own, as in the thread that runs it.
fn swept(app: &TestApp) -> usize {
    let app = app.app.clone();
    std::thread::spawn(move || sweep::run(&app).unwrap()).join().unwrap()
}

fn make_old(app: &TestApp) {
    let old = SystemTime::now() - std::time::Duration::from_secs(2 * 86_400);
    for file in files(app) {
        File::options().write(true).open(file).unwrap().set_modified(old).unwrap();
    }
}

#[actix_web::test]
async fn only_old_files_without_a_paper_are_swept() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let kept = paper(&app, "lead", &lead, "contract").await;
    let removed = paper(&app, "lead", &lead, "other").await;
    officer.delete(&at(&removed, ""), "*").await.assert_status(204);
    let stray = app.folder().join("attachments/00");
    std::fs::create_dir_all(&stray).unwrap();
    for name in ["stray", "half-written#1"] {
        std::fs::write(stray.join(name), PDF).unwrap();
    }
    assert_eq!(swept(&app), 0, "it may belong to a write that is under way");
    make_old(&app);
    assert_eq!(swept(&app), 2, "the stray ones; what was removed lately can be brought back");
    let long_ago = clock::now() - Duration::days(31);
    let id = removed["id"].as_str().unwrap();
    let row = attachments::table.find(id);
    app.write(|conn| diesel::update(row).set(attachments::deleted_at.eq(Some(long_ago))).execute(conn));
    assert_eq!(swept(&app), 1);
    officer.get(&at(&kept, "/content")).await.assert_status(200);
    assert_eq!(files(&app).len(), 1);
}
