//! The register of chambers, through HTTP.

mod access;
mod comparison;
mod entries;
mod evidence;
mod export;
mod list;
mod merger;
mod pages;
mod record;

use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// A chamber made by the client.
async fn add(client: &Client, body: Value) -> Response {
    client.post_json("/api/v1/chambers", body).await
}

/// A chamber of this name and region, by the bureau.
async fn chamber(app: &TestApp, name: &str, region: Option<&str>) -> Value {
    let body = json!({ "kind": "other_city", "name": name, "region": region });
    add(&app.token(Role::BureauOfficer), body).await.assert_status(201).json()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// `/api/v1/chambers/{id}` of a chamber that the API showed.
fn path(chamber: &Value) -> String {
    format!("/api/v1/chambers/{}", text(chamber, "id"))
}

/// A lead that a chamber brought, by the bureau.
async fn lead_of(app: &TestApp, chamber: &Value, investor: &str, county: &str) -> Value {
    let body = json!({
        "title": format!("{investor}项目"),
        "investor_name": investor,
        "county": county,
        "industry": "other",
        "source": { "kind": "chamber", "chamber_id": text(chamber, "id") },
    });
    app.token(Role::BureauOfficer).post_json("/api/v1/leads", body).await.assert_status(201).json()
}
