//! Imports through HTTP: ledgers are previewed, applied once and only once, or refused with what is wanted.

mod chambers;
mod duplicates;
mod formats;
mod large;
mod lifecycle;
mod page;
mod projects;
mod refusals;
mod rejected;
mod sample;

use crate::support::leads::new_investor;
use crate::support::{Client, TestApp};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use yinfeng::accounts::Role;

const HEADER: &str = "项目名称,投资方,县区,产业,来源";

/// A file beside the checkout.
fn shared(name: &str) -> Vec<u8> {
    read(&Path::new("../shared/data").join(name))
}

/// A ledger that LibreOffice wrote; tests/fixtures/ledgers/README.md says how.
fn fixture(name: &str) -> Vec<u8> {
    read(&Path::new("tests/fixtures/ledgers").join(name))
}

fn read(path: &Path) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{} is needed for this test: {error}", path.display()))
}

/// A ledger of these investors, all of 450721.
fn ledger<'a>(investors: impl IntoIterator<Item = &'a str>) -> String {
    let lines = investors.into_iter().map(|name| format!("{name}项目,{name},灵山县,其他,自主招商\n"));
    format!("{HEADER}\n{}", lines.collect::<String>())
}

/// As many companies, all different.
fn investors(count: usize) -> Vec<String> {
    (0..count).map(|_| new_investor()).collect()
}

/// Uploads a file that is read at once; the import as the API shows it.
async fn preview(client: &Client, name: &str, content: &[u8]) -> Value {
    let upload = client.upload("/api/v1/imports", &[("kind", "leads")], name, content);
    upload.await.assert_status(201).json()
}

fn path(import: &Value) -> String {
    format!("/api/v1/imports/{}", import["id"].as_str().unwrap())
}

async fn apply(client: &Client, import: &Value, body: Value) -> Value {
    client.post_json(&format!("{}/application", path(import)), body).await.assert_status(200).json()
}

/// All rows of an import, page by page.
async fn rows(client: &Client, import: &Value) -> Vec<Value> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let page =
            client.get(&format!("{}/rows?limit=25{cursor}", path(import))).await.assert_status(200).json();
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return rows,
        }
    }
}

/// The leads that an import made, by title, as the list shows them.
async fn made(client: &Client, import: &Value) -> BTreeMap<String, Value> {
    let list = format!("/api/v1/leads?import={}&limit=200", import["id"].as_str().unwrap());
    let page = client.get(&list).await.assert_status(200).json();
    assert_eq!(page["next_cursor"], Value::Null, "more than one page");
    let of_title = |lead: &Value| (lead["title"].as_str().unwrap().to_owned(), lead.clone());
    page["items"].as_array().unwrap().iter().map(of_title).collect()
}

/// An outcome for each row.
fn outcomes(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["outcome"].as_str().unwrap()).collect()
}

/// How many leads there are, as the bureau sees them.
async fn leads(app: &TestApp) -> u64 {
    let page = app.token(Role::BureauHead).get("/api/v1/leads?count=true&limit=1").await;
    page.assert_status(200).json()["total"].as_u64().unwrap()
}
