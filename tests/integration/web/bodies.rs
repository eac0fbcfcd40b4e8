//! JSON bodies are read strictly, and a fault says what is wanted.

use super::{LEDGER, leads, previewed};
use crate::support::TestApp;
use crate::support::leads::lead_body;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn only_an_empty_body_is_none() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let path = format!("{}/application", previewed(&officer, LEDGER).await);
    for (body, status) in
        [("{", 400), (" ", 400), ("[]", 422), ("null", 422), ("{\"foo\":1}", 422), ("{\"positions\":1}", 422)]
    {
        officer.post(&path).body("application/json", body).await.assert_status(status);
    }
    officer.post(&path).body("text/plain", "{}").await.assert_status(415);
    assert_eq!(leads(&app).await, 0, "nothing is applied by mistake");
    officer.post(&path).await.assert_status(200);
    assert_eq!(leads(&app).await, 1);
}

#[actix_web::test]
async fn a_body_is_an_object_and_so_is_what_stands_in_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (body, field) in [
        (json!(["示例线索", "示例公司"]), "body"),
        (json!("示例"), "body"),
        (json!(null), "body"),
        (lead_body(json!({"source": ["self"]})), "source"),
        (lead_body(json!({"contact": ["示例联系人", null, "12000000001"]})), "contact"),
    ] {
        let answer = officer.post_json("/api/v1/leads", body.clone()).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), "wrong-form".to_owned())], "{body}");
    }
    let twice =
        officer.post("/api/v1/leads").body("application/json", r#"{"title":"甲","title":"乙"}"#).await;
    assert_eq!(twice.assert_status(422).faults(), [("title".to_owned(), "wrong-form".to_owned())]);
    assert_eq!(leads(&app).await, 0);
    let lead = app.new_lead(json!({})).await;
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    officer.patch_json(&path, "\"1\"", json!(["甲"])).await.assert_status(422);
}

#[actix_web::test]
async fn a_fault_says_what_is_wanted() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let cases = [
        (json!({"jobs": "many"}), "jobs", "whole number"),
        (json!({"jobs": 1.5}), "jobs", "whole number"),
        (json!({"land_mu": "many"}), "land_mu", "number"),
        (json!({"title": 7}), "title", "text"),
        (json!({"contact": {"other_phones": "12000000101"}}), "contact.other_phones", "list"),
        (json!({"registered_on": "yesterday"}), "registered_on", "2026-11-23"),
        (json!({"registered_on": "2026-02-30"}), "registered_on", "2026-11-23"),
        (json!({"stage": "wishing"}), "stage", "negotiation"),
        (json!({"source": {"kind": "wishing"}}), "source.kind", "exhibition"),
    ];
    for (changes, field, words) in cases {
        let request = officer.post_json("/api/v1/leads", lead_body(changes.clone()));
        let answer = request.header("accept-language", "en").await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), "wrong-form".to_owned())], "{changes}");
        let fault = answer.json()["errors"][0].clone();
        assert!(fault["message"].as_str().unwrap().contains(words), "{changes}: {fault}");
    }
}

#[actix_web::test]
async fn null_where_something_must_be_is_required() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let path = |part: &str| format!("/api/v1/leads/{}/{part}", lead["id"].as_str().unwrap());
    for (part, body, field) in [
        ("stage", json!({"to": null}), "to"),
        ("closure", json!({"kind": "other", "reason": null}), "reason"),
        ("follow-ups", json!({"kind": "call", "at": null, "content": "示例"}), "at"),
    ] {
        let faults = officer.post_json(&path(part), body).await.assert_status(422).faults();
        assert_eq!(faults, [(field.to_owned(), "required".to_owned())], "{part}");
    }
}

#[actix_web::test]
async fn another_kind_of_body_is_415() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let answer = officer.post("/api/v1/leads").body("text/plain", lead_body(json!({})).to_string()).await;
    let problem: Value = answer.assert_status(415).json();
    assert!(problem["detail"].as_str().unwrap().contains("application/json"), "{problem}");
    let answer = officer.post_json("/api/v1/imports", json!({"kind": "leads"})).await;
    let problem: Value = answer.assert_status(415).json();
    assert!(problem["detail"].as_str().unwrap().contains("multipart/form-data"), "{problem}");
}
