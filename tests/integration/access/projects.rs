//! The requests of the walk on projects.

use super::requests::{Record, version};
use super::rows::Row;
use crate::projects::{new_project, project_body, read, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// The milestone that a path speaks of: an approval, which the approvals office enters, too.
pub const KIND: &str = "construction_permit";

/// Own: of 450721, led by its leader, from the liaison's chamber. Other: of 450722, of another leader, self-found.
/// In the state that the row's request needs.
pub async fn record(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let changes = if is_own {
        let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
        json!({ "source": { "kind": "chamber", "chamber_id": chamber } })
    } else {
        let leader = app.user(Role::CountyLeader).region("450722").insert();
        json!({ "county": "450722", "leader": leader.username })
    };
    let project = new_project(app, changes).await;
    let officer = app.token(Role::BureauOfficer);
    match row.route.rsplit('/').next().unwrap() {
        "pool-entry" | "supplements" => sign(app, &project, "2024-02-01").await,
        "withdrawal" => {
            sign(app, &project, "2024-02-01").await;
            let enter = officer.post_json(&crate::projects::path(&project, "/pool-entry"), entry());
            enter.await.assert_status(200);
        }
        "verification" => {
            report(app, &project, KIND, json!({ "actual_on": "2024-05-06" })).await.assert_status(200);
        }
        _ => {}
    }
    let etag = read(&officer, &project).await.etag();
    Record { id: project["id"].as_str().unwrap().to_owned(), version: version(&etag) }
}

fn entry() -> Value {
    json!({ "entered_on": "2024-03-01" })
}

/// What the API takes.
pub fn body(app: &TestApp, row: &Row) -> Option<Value> {
    let last = row.route.rsplit('/').next().unwrap();
    Some(match (row.method.as_str(), last) {
        ("POST", "projects") => project_body(app, json!({})),
        ("PATCH", "{id}") => json!({ "jobs": 7 }),
        ("POST", "pool-entry") => entry(),
        ("POST", "withdrawal") => json!({ "withdrawn_on": "2024-08-01", "reason": "test" }),
        ("PUT", "contract") => json!({ "signed_on": "2024-02-01", "total_investment_fen": 1 }),
        ("POST", "supplements") => json!({ "signed_on": "2024-09-01", "content": "test" }),
        ("PUT", "{year}") => json!({ "new_jobs": 520, "above_scale": true }),
        ("PUT", "{kind}") => json!({ "actual_on": "2024-05-06" }),
        ("POST", "verification") => json!({ "decision": "accepted" }),
        _ => return None,
    })
}

/// What a page's form sends.
pub fn form(row: &Row) -> Vec<(&'static str, String)> {
    let last = row.route.rsplit('/').next().unwrap();
    let investor = crate::support::leads::new_investor();
    let fields: &[(&'static str, &str)] = match last {
        "projects" => &[
            ("investor_name", &investor),
            ("county", "450721"),
            ("industry", "other"),
            ("source_kind", "self"),
        ],
        "{id}" => &[("progress", "test")],
        "pool-entry" => &[("entered_on", "2024-03-01")],
        "withdrawal" => &[("withdrawn_on", "2024-08-01"), ("reason", "test")],
        "contract" => &[("kind", "formal"), ("signed_on", "2024-02-01"), ("total_investment", "1")],
        "supplements" => &[("signed_on", "2024-09-01"), ("content", "test")],
        "{kind}" => &[("actual_on", "2024-05-06")],
        "verification" => &[("decision", "accepted")],
        "employment" => &[("year", "2024"), ("new_jobs", "520"), ("above_scale", "true")],
        "decision" => &[("decision", "accepted")],
        "{year}" => &[("target_450721", "2"), ("document_name", "test")],
        "extension" => &[("valid_until", "2030-12-31"), ("document_number", "1"), ("document_name", "test")],
        _ => &[("reason", "test")],
    };
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}
