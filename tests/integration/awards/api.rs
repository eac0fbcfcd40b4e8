//! `POST /api/v1/awards/compute`

use super::{assert_as_expected, case_lines};
use crate::policies::confirm;
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const COMPUTE: &str = "/api/v1/awards/compute";

fn case(id: &str) -> Value {
    case_lines()
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|one| one["id"] == id)
        .unwrap()
}

#[actix_web::test]
async fn every_worked_case_is_answered_as_it_expects() {
    let app = TestApp::new().await;
    let client = app.token(Role::FinanceReviewer);
    for line in case_lines() {
        let case: Value = serde_json::from_str(&line).unwrap();
        let answer = client.post_json(COMPUTE, case.clone()).await.assert_status(200).json();
        assert_as_expected(&case, &answer);
    }
}

#[actix_web::test]
async fn the_steps_speak_the_readers_language() {
    let app = TestApp::new().await;
    let ask = |language: &str| {
        app.token(Role::BureauOfficer).post_json(COMPUTE, case("R1-14")).header("accept-language", language)
    };
    let text = |answer: Value| answer["steps"][0]["text"].as_str().unwrap().to_owned();
    let chinese = text(ask("zh-CN").await.assert_status(200).json());
    assert_eq!(chinese, "签约日期 2023-06-01，应在 2023-01-01 / 2025-12-31 之内。通过。");
    let english = text(ask("en").await.assert_status(200).json());
    assert_eq!(english, "Signed on 2023-06-01; the window is 2023-01-01 / 2025-12-31. Passed.");
}

#[actix_web::test]
async fn what_is_wrong_is_told_by_field() {
    let app = TestApp::new().await;
    let client = app.token(Role::CountyOfficer);
    let mut missing = case("R1-14");
    missing["facts"].as_object_mut().unwrap().remove("signed_on");
    let mut shares = case("R1-14");
    shares["facts"]["referrers"][0]["share_bp"] = json!(9_999);
    let mut negative = case("R1-16");
    negative["facts"]["referrers"][2]["share_bp"] = json!(-1);
    for (body, field, code) in [
        (missing, "facts.signed_on", "required"),
        (shares, "facts.referrers", "shares-not-whole"),
        (negative, "facts.referrers[2].share_bp", "negative"),
        (json!({ "rule": "gift", "facts": {} }), "rule", "wrong-form"),
        (json!({ "rule": "referral", "policy": "none", "facts": {} }), "policy", "wrong-form"),
        (json!({ "rule": "referral", "facts": [] }), "facts", "wrong-form"),
        (json!({ "rule": "referral" }), "facts", "required"),
        (json!({ "rule": "referral", "facts": {}, "colour": "red" }), "colour", "unknown-field"),
    ] {
        let problem = client.post_json(COMPUTE, body.clone()).await.assert_status(422).json();
        let fault = &problem["errors"][0];
        assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!(code)), "{body}");
        assert!(fault["message"].as_str().is_some_and(|message| !message.is_empty()));
    }
    client.post(COMPUTE).body("application/json", "{").await.assert_status(400);
}

/// A version that the bureau head loads is taken once a second person has confirmed it, by name and as the latest.
#[actix_web::test]
async fn a_loaded_version_computes() {
    let app = TestApp::new().await;
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/awards/other-plan.toml");
    let plan = std::fs::read_to_string(path).unwrap();
    let head = app.signed_in(Role::BureauHead);
    let paper = [("document_number", "1"), ("document_name", "示例")];
    let wrong = plan.replace("supporting = [\"finance\"]", "supporting = [\"nobody\"]");
    let refused = head.upload("/policies", &paper, "plan.toml", wrong.as_bytes()).await.assert_status(422);
    assert!(refused.text().contains("[award.enterprise_referral] basis.supporting"));
    head.upload("/policies", &paper, "plan.toml", plan.as_bytes()).await.assert_status(303);
    confirm(&app).await;
    let mut asked = case("R7-01");
    asked["facts"]["revenue_fen"] = json!(30_000_000_000_i64);
    asked["facts"]["municipal_awards_paid"][0]["milestone_yi"] = json!(2);
    let answer = app.token(Role::BureauHead).post_json(COMPUTE, asked).await.assert_status(200).json();
    assert_eq!((&answer["policy"], &answer["amount_fen"]), (&json!("example-2027"), &json!(10_000_000)));
}
