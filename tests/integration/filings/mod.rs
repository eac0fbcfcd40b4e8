//! Filings of referrers, through HTTP.

mod confirmations;
mod findings;
mod letter;
mod links;
mod merged;
mod pages;
mod readers;
mod record;
mod shares;

use crate::support::leads::new_investor;
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// A person who declared to be no public employee, by the bureau; `changes` lie over it.
pub async fn new_referrer(app: &TestApp, changes: Value) -> Value {
    let mut body = json!({ "kind": "person", "name": new_investor(), "public_employee": false });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    app.token(Role::BureauOfficer).post_json("/api/v1/referrers", body).await.assert_status(201).json()
}

/// Files a leading role on a day of March 2024, unless `changes` say otherwise.
pub async fn file(client: &Client, referrer: &Value, changes: Value) -> Response {
    let mut body = json!({ "filed_on": "2024-03-04", "role": "leading" });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    client.post_json(&format!("/api/v1/referrers/{}/filings", id(referrer)), body).await
}

pub fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap_or_else(|| panic!("no id in {record}"))
}

pub fn at(filing: &Value, rest: &str) -> String {
    format!("/api/v1/filings/{}{rest}", id(filing))
}

/// Codes of what was found about a filing.
pub fn found(filing: &Value) -> Vec<String> {
    let found = filing["findings"].as_array().unwrap().iter();
    found.map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// What a party says of a filing.
pub async fn say(client: &Client, filing: &Value, party: &str, decision: &str) -> Response {
    let body = json!({ "party": party, "decision": decision, "reason": "核对过" });
    client.post_json(&at(filing, "/confirmations"), body).await
}
