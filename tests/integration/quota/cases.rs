//! The situations of domain/rules.md, Q1 and Q2, and others of their kind: tests/fixtures/quota/cases.jsonl, each through
//! HTTP as people enter it.
//!
//! A case is a project (`project` over the usual one, `contract` formal, framework or none), its `stays` in the pool
//! (`enters: false` when the pool refuses it), its milestone as [day, paper, state], `then` a later change, and whether it
//! counts in `year` (2024): `yes`, a reason, or `elsewhere` when it is no project of that row.

use super::{outcome, row};
use crate::projects::{new_project, paper, path, read, report, sign};
use crate::support::TestApp;
use serde::Deserialize;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const CASES: &str = include_str!("../../fixtures/quota/cases.jsonl");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    #[serde(default)]
    project: serde_json::Map<String, Value>,
    contract: Option<String>,
    #[serde(default)]
    later_phase: bool,
    #[serde(default)]
    stays: Vec<Vec<String>>,
    enters: Option<bool>,
    start: Option<Vec<String>>,
    registered: Option<Vec<String>>,
    then: Option<Value>,
    metric: Option<String>,
    year: Option<i32>,
    wanted: String,
    late: Option<bool>,
}

#[actix_web::test]
async fn each_situation_counts_or_tells_why_not() {
    let app = TestApp::new().await;
    let cases: Vec<Case> = CASES.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(cases.len() > 40);
    let mut projects = Vec::new();
    for case in &cases {
        projects.push(entered(&app, case).await);
    }
    for (case, project) in cases.iter().zip(&projects) {
        let metric = case.metric.as_deref().unwrap_or("construction_starts");
        let row = row(&app, Role::BureauHead, case.year.unwrap_or(2024), metric).await;
        if case.wanted == "elsewhere" {
            let all = [&row["projects"], &row["not_counted"]];
            let mut named = all.iter().flat_map(|list| list.as_array().unwrap());
            assert!(named.all(|one| one["id"] != project["id"]), "{}", case.case);
            continue;
        }
        assert_eq!(outcome(&row, project), case.wanted, "{}", case.case);
        if let Some(late) = case.late {
            let mut counted = row["projects"].as_array().unwrap().iter();
            let one = counted.find(|one| one["id"] == project["id"]).unwrap();
            assert_eq!(one["reported_late"], late, "{}", case.case);
        }
    }
}

async fn entered(app: &TestApp, case: &Case) -> Value {
    let officer = app.token(Role::BureauOfficer);
    let mut changes = case.project.clone();
    if case.later_phase {
        let first = new_project(app, json!({})).await;
        changes.insert("phase_of".to_owned(), first["code"].clone());
    }
    let project = new_project(app, Value::Object(changes)).await;
    match case.contract.as_deref() {
        None => sign(app, &project, "2023-06-01").await,
        Some("framework") => {
            let etag = read(&officer, &project).await.etag();
            let body = json!({ "kind": "framework", "signed_on": "2023-06-01", "total_investment_fen": 1 });
            officer.put_json(&path(&project, "/contract"), &etag, body).await.assert_status(200);
        }
        Some(_) => {}
    }
    for stay in &case.stays {
        let body = json!({ "entered_on": stay[0] });
        let status = if case.enters == Some(false) { 422 } else { 200 };
        officer.post_json(&path(&project, "/pool-entry"), body).await.assert_status(status);
        if let Some(day) = stay.get(1) {
            let body = json!({ "withdrawn_on": day, "reason": "终止" });
            officer.post_json(&path(&project, "/withdrawal"), body).await.assert_status(200);
        }
    }
    for (kind, proof, told) in [
        ("construction_start", "construction_permit", &case.start),
        ("company_registered", "business_licence", &case.registered),
    ] {
        if let Some(told) = told {
            reach(app, &project, kind, proof, told).await;
        }
    }
    if let Some(changes) = &case.then {
        let etag = read(&officer, &project).await.etag();
        officer.patch_json(&path(&project, ""), &etag, changes.clone()).await.assert_status(200);
    }
    project
}

async fn reach(app: &TestApp, project: &Value, kind: &str, proof: &str, told: &[String]) {
    let evidence = match told.get(1).map_or(proof, String::as_str) {
        "none" => vec![],
        kind => vec![paper(app, project, kind)],
    };
    let body = json!({ "actual_on": told[0], "evidence": evidence });
    report(app, project, kind, body).await.assert_status(200);
    let is_proved =
        evidence.len() == 1 && told.get(1).is_none_or(|kind| kind == proof || kind == "equipment_in");
    let decision = match told.get(2).map(String::as_str) {
        Some("refused") => json!({ "decision": "refused", "reason": "不清楚" }),
        None if is_proved => json!({ "decision": "accepted" }),
        _ => return,
    };
    let at = path(project, &format!("/milestones/{kind}/verification"));
    app.token(Role::BureauHead).post_json(&at, decision).await.assert_status(200);
}
