//! Policy versions through HTTP: loading one, extending one, and what that changes.

use crate::projects::{new_project, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// A version of 2026 alone, with a target of its own.
pub const PLAN: &str = r#"
code = "example-2026"
zh = "示例方案 2026"
en = "Example plan 2026"
issuer = "示例市人民政府"
from = "2026-01-01"
to = "2026-12-31"

[pool]
industries = ["chenpi"]
start_within_months = 24
key_amount_yuan = 100_000_000

[[quota]]
scope = "city"
metric = "construction_starts"
years = [2026]
target = 5
clause = "一(一)"
"#;

const PAPER: [(&str, &str); 2] =
    [("document_number", "钦政办发〔2026〕1号"), ("document_name", "关于延长的通知")];

async fn quota(app: &TestApp, year: i32) -> Value {
    let address = format!("/api/v1/pool/quota?year={year}");
    app.token(Role::BureauOfficer).get(&address).await.assert_status(200).json()
}

#[actix_web::test]
async fn a_year_that_no_version_covers_says_so_and_offers_the_last_one() {
    let app = TestApp::new().await;
    let page = |role: Role| app.signed_in(role).get("/quota?year=2026");
    let head = page(Role::BureauHead).await.assert_status(200).text();
    assert!(head.contains("/quota?year=2025"), "the last covered year is offered");
    assert!(head.contains("/policies/new") && head.contains("/policies/qinzhou-2023-2025/extension"));
    let officer = page(Role::BureauOfficer).await.assert_status(200).text();
    assert!(officer.contains("/quota?year=2025") && !officer.contains("/policies/new"));
    let covered = app.signed_in(Role::BureauHead).get("/quota?year=2024").await.assert_status(200).text();
    assert!(!covered.contains("/extension"), "where a version covers the year nothing is to be done");
}

#[actix_web::test]
async fn an_extension_changes_the_quota_and_is_told_with_its_document() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2025-06-01").await;
    let enter = json!({ "entered_on": "2025-07-01" });
    app.token(Role::BureauOfficer).post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
    report(&app, &project, "construction_start", json!({ "planned_on": "2026-09-01" }))
        .await
        .assert_status(200);
    assert_eq!(quota(&app, 2026).await["policy"], Value::Null);

    let to = "/policies/qinzhou-2023-2025/extension";
    let until = |day: &'static str| [("valid_until", day), PAPER[0], PAPER[1]];
    let early = head.post_form(to, &until("2025-12-31")).await.assert_status(422).text();
    assert!(early.contains("关于延长的通知"), "what was typed stays");
    head.post_form(to, &[("valid_until", "2026-12-31")]).await.assert_status(422);
    let done = head.post_form(to, &until("2026-12-31")).await.assert_status(303);
    assert!(done.location().starts_with("/quota?year="));

    let row = quota(&app, 2026).await["rows"][0].clone();
    assert_eq!((&row["target"], &row["forecast"]), (&json!(3), &json!(1)));
    assert_eq!(row["by_county"], json!([{ "county": "450721", "counted": 0, "forecast": 1 }]));
    assert_eq!(quota(&app, 2027).await["policy"], Value::Null);
    let page = app.signed_in(Role::Auditor).get("/quota?year=2026").await.assert_status(200).text();
    assert!(page.contains("钦政办发〔2026〕1号") && page.contains("关于延长的通知"));
    let trail =
        app.token(Role::Auditor).get("/api/v1/audit?action=policy.extend").await.assert_status(200).json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 1, "{trail}");
}

#[actix_web::test]
async fn a_loaded_version_counts_at_once_and_its_mistakes_are_named() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    for (change, with, place) in [
        ("target = 5", "target = -1", "quota 1, target"),
        ("industries = [\"chenpi\"]", "industries = [\"gold\"]", "pool.industries"),
        ("scope = \"city\"", "scope = \"county\"\nregion = \"1\"", "quota 1, region"),
        ("code = \"example-2026\"", "code = \"qinzhou-2023-2025\"", "code"),
        ("clause =", "claus =", "line"),
    ] {
        let text = PLAN.replace(change, with);
        let refused =
            head.upload("/policies", &PAPER, "plan.toml", text.as_bytes()).await.assert_status(422).text();
        assert!(refused.contains(place), "{with}");
        assert!(refused.contains("示例方案"), "the text comes back to be put right");
    }
    head.upload("/policies", &[], "plan.toml", PLAN.as_bytes()).await.assert_status(422);
    assert_eq!(quota(&app, 2026).await["policy"], Value::Null, "what was refused is not kept");
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(303);
    assert_eq!(quota(&app, 2026).await["rows"][0]["target"], 5);
    head.upload("/policies", &PAPER, "plan.toml", PLAN.as_bytes()).await.assert_status(422);
    let list = app.signed_in(Role::Federation).get("/policies").await.assert_status(200).text();
    assert!(list.contains("示例方案 2026") && !list.contains("/policies/new"));
}
