//! Every write leaves one entry in the trail and one row in the outbox; what fails leaves nothing.

use super::{api, body, etag, officer, page, read, register, written};
use crate::support::{Response, TestApp};
use serde_json::{Value, json};
use std::future::{Future, IntoFuture};
use yinfeng::accounts::Role;

/// Runs a write and says what it left: entries in the trail, rows in the outbox.
async fn left(app: &TestApp, write: impl Future<Output = Response>) -> (u16, i64, i64) {
    let before = written(app);
    let status = write.await.status();
    let after = written(app);
    (status, after.0 - before.0, after.1 - before.1)
}

#[actix_web::test]
async fn each_write_of_the_api_leaves_one_of_each() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let create = client.post_json("/api/v1/leads", body("虚构留痕有限公司")).into_future();
    assert_eq!(left(&app, create).await, (201, 1, 1));
    let lead = register(&client, json!({})).await;
    let me = app.person(Role::BureauOfficer).username;
    let call = json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "x"});
    for (rest, body, status) in [
        ("/assignment", json!({"officer": me}), 200),
        ("/follow-ups", call, 201),
        ("/stage", json!({"to": "assessment"}), 200),
        ("/hold", json!({"reason": "等"}), 200),
        ("/closure", json!({"kind": "land", "reason": "x"}), 200),
    ] {
        assert_eq!(
            left(&app, client.post_json(&api(&lead, rest), body).into_future()).await,
            (status, 1, 1),
            "{rest}"
        );
    }
    let version = etag(&read(&client, &lead).await);
    let reopen = client.delete(&api(&lead, "/closure?reason=x"), &version).into_future();
    assert_eq!(left(&app, reopen).await, (200, 1, 1));
    for patch in [json!({"title": "甲"}), json!({"county": "450722"})] {
        let version = etag(&read(&client, &lead).await);
        let patch = client.patch_json(&api(&lead, ""), &version, patch).into_future();
        assert_eq!(left(&app, patch).await, (200, 1, 1));
    }
    let version = etag(&read(&client, &lead).await);
    assert_eq!(left(&app, client.delete(&api(&lead, ""), &version).into_future()).await, (204, 1, 1));
    assert_eq!(left(&app, client.post(&api(&lead, "/restoration")).into_future()).await, (200, 1, 1));
}

#[actix_web::test]
async fn what_fails_leaves_nothing() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"investor_name": "虚构失败有限公司"})).await;
    let cases: Vec<(&str, Value, u16)> = vec![
        ("", body("虚构失败有限公司"), 409),
        ("/stage", json!({"to": "contract"}), 422),
        ("/stage", json!({"to": "new"}), 422),
        ("/closure", json!({"kind": "land", "reason": ""}), 422),
        ("/hold", json!({"reason": ""}), 422),
        ("/assignment", json!({"officer": "nobody", "leader": "nobody", "county": "450722"}), 422),
        ("/follow-ups", json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": ""}), 422),
        ("/disclosures", json!({"field": "phone", "reason": "x"}), 404),
    ];
    for (rest, body, status) in cases {
        let path = if rest.is_empty() { "/api/v1/leads".to_owned() } else { api(&lead, rest) };
        assert_eq!(left(&app, client.post_json(&path, body).into_future()).await, (status, 0, 0), "{rest}");
    }
    assert_eq!(read(&client, &lead).await, lead);
}

#[actix_web::test]
async fn each_form_leaves_one_of_each_as_well() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let me = app.person(Role::BureauOfficer).id.to_string();
    for (rest, form) in [
        ("/assignment", vec![("officer", me.as_str())]),
        ("/follow-ups", vec![("kind", "call"), ("content", "x")]),
        ("/stage", vec![("to", "assessment")]),
        ("/hold", vec![("reason", "等")]),
        ("/resumption", vec![]),
        ("/closure", vec![("kind", "land"), ("reason", "x")]),
        ("/reopening", vec![("reason", "x")]),
        ("/deletion", vec![("reason", "x")]),
        ("/restoration", vec![]),
    ] {
        let send = browser.post_form(&page(&lead, rest), &form).into_future();
        assert_eq!(left(&app, send).await, (303, 1, 1), "{rest}");
        let send = browser.post_form(&page(&lead, rest), &[("version", "1")]).into_future();
        let (status, entries, rows) = left(&app, send).await;
        assert!(status >= 400 && (entries, rows) == (0, 0), "{rest}: {status} {entries} {rows}");
    }
}
