//! `Idempotency-Key` on POST: the same thing is done once.

use super::{api, body, officer, register, with, written};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_repeat_gets_the_first_answer_and_writes_nothing() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let send = async |key: &str, investor: &str| {
        client.post_json("/api/v1/leads", body(investor)).header("idempotency-key", key).await
    };
    let first = send("k1", "虚构甲有限公司").await.assert_status(201);
    let after = written(&app);
    let again = send("k1", "虚构甲有限公司").await.assert_status(201);
    assert_eq!(again.json(), first.json());
    assert_eq!((again.location(), again.etag()), (first.location(), first.etag()));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(written(&app), after);
    let other = send("k1", "虚构乙有限公司").await.assert_status(422);
    assert_eq!(other.faults()[0].1, "key-of-another-request");
    send("k2", "虚构乙有限公司").await.assert_status(201);
    send(&"k".repeat(201), "虚构丙有限公司").await.assert_status(400);
    // Keys are each person's own.
    let head = app.token(Role::BureauHead);
    head.post_json("/api/v1/leads", body("虚构丁有限公司"))
        .header("idempotency-key", "k1")
        .await
        .assert_status(201);
}

#[actix_web::test]
async fn a_refused_request_may_be_mended_and_sent_again_under_its_key() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"investor_name": "虚构重复有限公司"})).await;
    let send = async |body| client.post_json("/api/v1/leads", body).header("idempotency-key", "k").await;
    send(json!({})).await.assert_status(422);
    let twice = body("虚构重复有限公司");
    for _ in 0..2 {
        let answer = send(twice.clone()).await.assert_status(409);
        assert_eq!(answer.json()["duplicates"][0]["lead_id"], lead["id"], "the same answer each time");
    }
    send(with(twice, json!({"duplicate_reason": "二期"}))).await.assert_status(201);
}

#[actix_web::test]
async fn the_other_posts_honour_it_too() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let call = json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": "一次"});
    for (rest, body, status) in [
        ("/follow-ups", call, 201),
        ("/stage", json!({"to": "assessment"}), 200),
        ("/hold", json!({"reason": "等"}), 200),
        ("/closure", json!({"kind": "land", "reason": "x"}), 200),
    ] {
        let send =
            async || client.post_json(&api(&lead, rest), body.clone()).header("idempotency-key", rest).await;
        let first = send().await.assert_status(status).json();
        let after = written(&app);
        assert_eq!(send().await.assert_status(status).json(), first, "{rest}");
        assert_eq!(written(&app), after, "{rest}");
    }
}

#[actix_web::test]
async fn a_liaisons_later_claim_is_kept_once() {
    let app = TestApp::new().await;
    register(&officer(&app), json!({"investor_name": "虚构首报有限公司"})).await;
    let liaison = app.token(Role::ChamberLiaison);
    let mut report = body("虚构首报有限公司");
    report.as_object_mut().unwrap().remove("source");
    let send =
        async || liaison.post_json("/api/v1/leads", report.clone()).header("idempotency-key", "k").await;
    let first = send().await.assert_status(409).json();
    let after = written(&app);
    assert_eq!(send().await.assert_status(409).json()["duplicates"], first["duplicates"]);
    assert_eq!(written(&app), after);
}
