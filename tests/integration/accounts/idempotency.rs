//! `Idempotency-Key`: the same request twice makes one user, and both hear the same.

use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::{idempotency_keys, users};

#[actix_web::test]
async fn a_repeat_gets_the_first_answer_and_nothing_twice() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    let body = json!({"username": "zhang", "display_name": "示例", "role": "auditor"});
    let send = |body: &serde_json::Value| {
        admin.post_json("/api/v1/users", body.clone()).header("idempotency-key", "k-1")
    };
    let first = send(&body).await.assert_status(201);
    let again = send(&body).await.assert_status(201);
    assert_eq!(first.bytes(), again.bytes());
    assert_eq!((first.location(), first.etag()), (again.location(), again.etag()));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let made: i64 =
        app.read(|conn| users::table.filter(users::username.eq("zhang")).count().get_result(conn));
    assert_eq!(made, 1);
    let other = json!({"username": "wang", "display_name": "示例", "role": "auditor"});
    send(&other).await.assert_status(422);
    let secret = first.json()["one_time_password"].as_str().unwrap().to_owned();
    let kept: Option<String> =
        app.read(|conn| idempotency_keys::table.select(idempotency_keys::body).first(conn));
    assert!(!kept.unwrap().contains(&secret), "a secret told once is not kept in clear");
}

#[actix_web::test]
async fn a_refused_request_may_be_sent_again_under_its_key() {
    let app = TestApp::new().await;
    let admin = app.token(Role::Admin);
    app.user(Role::Auditor).username("zhang").insert();
    let body = json!({"username": "zhang", "display_name": "示例", "role": "auditor"});
    let send = || admin.post_json("/api/v1/users", body.clone()).header("idempotency-key", "k-1");
    send().await.assert_status(422);
    app.write(|conn| {
        let zhang = users::table.filter(users::username.eq("zhang"));
        diesel::update(zhang).set(users::username.eq("zhang.old")).execute(conn)
    });
    send().await.assert_status(201);
}
