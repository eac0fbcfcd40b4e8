//! The requests of the walk on papers, each of a lead.

use super::requests::Record;
use super::rows::Row;
use crate::attachments::{PDF, lead_of_chamber, paper};
use crate::support::{Client, Request, TestApp};
use actix_web::http::Method;
use serde_json::json;

/// Own: of a lead of 450721 from the liaison's chamber. Other: of one of 450722, self-found. A route without an id
/// names the lead itself.
pub async fn record(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let lead =
        if is_own { lead_of_chamber(app).await } else { app.new_lead(json!({ "county": "450722" })).await };
    let named = if row.route.contains("{id}") { paper(app, "lead", &lead, "other").await } else { lead };
    Record { id: named["id"].as_str().unwrap().to_owned(), version: 1 }
}

/// The row's request.
pub fn request(row: &Row, client: &Client, path: &str, record: Option<&Record>) -> Request {
    let lead = record.map_or("", |record| record.id.as_str());
    match (row.method.as_str(), row.route.contains("{id}")) {
        ("GET", false) => client.get(&format!("{path}?owner_kind=lead&owner_id={lead}")),
        ("POST", false) => {
            let fields = [("owner_kind", "lead"), ("owner_id", lead), ("kind", "other")];
            client.upload(path, &fields, "test.pdf", PDF)
        }
        (method, _) => client.request(Method::from_bytes(method.as_bytes()).unwrap(), path),
    }
}
