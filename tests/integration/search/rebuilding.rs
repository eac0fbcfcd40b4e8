//! Building the index anew while people work, and going on with it after a stop.

use super::{count, found};
use crate::support::TestApp;
use serde_json::json;
use std::cell::Cell;
use yinfeng::accounts::Role;
use yinfeng::jobs::index_worker;
use yinfeng::jobs::outbox::Topic;
use yinfeng::search::{reindex, unfinished};

#[actix_web::test]
async fn a_rebuild_that_was_stopped_goes_on_and_loses_no_change() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({"title": "示例枇杷线索"})).await;
    for title in ["示例龙眼线索", "示例荔枝线索"] {
        app.new_lead(json!({ "title": title })).await;
    }
    app.settle();
    // Stopped after the first part, which are all that there are.
    assert_eq!(reindex::reindex(&app.app, |done| done == 0).unwrap(), None);
    assert_eq!(app.read(|conn| unfinished::of(conn, Topic::LeadIndex)).unwrap().done, 3);
    assert_eq!(count(&found(&officer, "枇杷").await), 1, "the old index answers");
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    officer.patch_json(&path, "\"1\"", json!({"title": "示例芒果线索"})).await.assert_status(200);
    app.new_lead(json!({"title": "示例香蕉线索"})).await;

    let mut told = Vec::new();
    let done = reindex::reindex(&app.app, |done| {
        told.push(done);
        true
    });
    assert_eq!((done.unwrap(), told), (Some(4), vec![3, 4]), "what was done is not done again");
    assert_eq!(app.read(|conn| unfinished::of(conn, Topic::LeadIndex)), None);
    app.settle();
    for (word, leads) in [("枇杷", 0), ("芒果", 1), ("龙眼", 1), ("荔枝", 1), ("香蕉", 1)] {
        assert_eq!(count(&found(&officer, word).await), leads, "{word}");
    }
}

#[actix_web::test]
async fn what_was_asked_for_is_done_however_often_it_is_stopped() {
    let app = TestApp::new().await;
    app.new_lead(json!({"title": "示例枇杷线索"})).await;
    app.settle();
    app.write(reindex::ask);
    for _ in 0..3 {
        assert_eq!(reindex::reindex(&app.app, |_| false).unwrap(), None);
        assert_eq!(reindex::reindex_records(&app.app, |_| false).unwrap(), None);
    }
    assert!(app.read(reindex::is_asked));
    app.settle();
    assert!(!app.read(reindex::is_asked));
    assert_eq!(app.read(|conn| unfinished::of(conn, Topic::RecordIndex)), None);
}

#[actix_web::test]
async fn a_worker_that_stops_in_a_rebuild_leaves_the_changes_to_the_next() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({"title": "示例枇杷线索"})).await;
    app.settle();
    app.write(reindex::ask);
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    let looks = Cell::new(0);
    let is_stopped = || {
        looks.set(looks.get() + 1);
        looks.get() > 1
    };
    index_worker::run_until(&app.app, &is_stopped).unwrap();
    // Read into the new index already, and changed before the stop.
    officer.patch_json(&path, "\"1\"", json!({"title": "示例芒果线索"})).await.assert_status(200);
    index_worker::run_until(&app.app, &|| true).unwrap();
    app.settle();
    for (word, leads) in [("枇杷", 0), ("芒果", 1)] {
        assert_eq!(count(&found(&officer, word).await), leads, "{word}");
    }
}
