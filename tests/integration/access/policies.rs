//! The requests of the walk on policy versions.

use super::requests::Record;
use super::rows::Row;
use crate::policies::{PLAN, waiting};
use crate::support::{Client, Request, TestApp};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicI32, Ordering};
use yinfeng::accounts::Role;

/// Of the next version.
static YEAR: AtomicI32 = AtomicI32::new(2040);

const PAPER: [(&str, &str); 2] = [("document_number", "1"), ("document_name", "test")];

/// Own: that the bureau head of the walk proposed, so that he cannot confirm it. Other: that another one did.
pub async fn record(app: &TestApp, is_own: bool) -> Record {
    let proposer =
        if is_own { app.signed_in(Role::BureauHead) } else { app.user(Role::BureauHead).signed_in() };
    // A year of its own: no two versions in force on the same days are confirmed.
    let plan = PLAN.replace("2026", &YEAR.fetch_add(1, Ordering::Relaxed).to_string());
    proposer.upload("/policies", &PAPER, "plan.toml", plan.as_bytes()).await.assert_status(303);
    let waiting = waiting(&proposer).await;
    Record { id: waiting.split('/').nth(3).unwrap().to_owned(), version: 1 }
}

/// What the page takes, as a file.
pub fn upload(client: &Client, path: &str) -> Request {
    client.upload(path, &PAPER, "plan.toml", PLAN.as_bytes())
}

/// What the API takes.
pub fn body(row: &Row) -> Option<Value> {
    let paper = |mut body: Value| {
        PAPER.iter().for_each(|(name, value)| body[*name] = json!(value));
        body
    };
    Some(match row.route.rsplit('/').next().unwrap() {
        "policies" => paper(json!({ "body": PLAN })),
        "extension" => paper(json!({ "valid_until": "2030-12-31" })),
        "{year}" => paper(json!({ "targets": { "450721": 2 } })),
        "decision" => json!({ "decision": "accepted" }),
        _ => return None,
    })
}
