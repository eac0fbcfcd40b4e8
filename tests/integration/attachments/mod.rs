//! Papers of records through HTTP.

mod access;
mod adding;
mod bucket;
mod content;
mod evidence;
mod killed;
mod removal;
mod storage;
mod texts;
mod unreadable;

use crate::support::{Client, Request, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

pub const PATH: &str = "/api/v1/attachments";

/// The least that is a PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
    2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n\
    trailer<</Root 1 0 R>>\n%%EOF\n";

/// A red picture of one point.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

/// The fields that name a record and a kind of paper.
pub fn fields<'a>(owner_kind: &'a str, owner: &'a Value, kind: &'a str) -> [(&'a str, &'a str); 3] {
    [("owner_kind", owner_kind), ("owner_id", owner["id"].as_str().unwrap()), ("kind", kind)]
}

/// Sends a paper of a lead.
pub fn send(client: &Client, lead: &Value, name: &str, content: &[u8]) -> Request {
    client.upload(PATH, &fields("lead", lead, "other"), name, content)
}

/// A paper of a record that the bureau officer brought, as the API shows it.
pub async fn paper(app: &TestApp, owner_kind: &str, owner: &Value, kind: &str) -> Value {
    let officer = app.token(Role::BureauOfficer);
    let sent = officer.upload(PATH, &fields(owner_kind, owner, kind), "示例.pdf", PDF);
    sent.await.assert_status(201).json()
}

pub fn at(paper: &Value, rest: &str) -> String {
    format!("{PATH}/{}{rest}", paper["id"].as_str().unwrap())
}

/// The papers of a record.
pub async fn list(client: &Client, owner_kind: &str, owner: &Value) -> Response {
    let id = owner["id"].as_str().unwrap();
    client.get(&format!("{PATH}?owner_kind={owner_kind}&owner_id={id}&count=true")).await
}

/// A lead of the liaison's chamber, in 450721.
pub async fn lead_of_chamber(app: &TestApp) -> Value {
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    app.new_lead(json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await
}

/// A follow-up of a lead.
pub async fn follow_up(client: &Client, lead: &Value) -> Value {
    let body = json!({ "kind": "call", "at": "2025-11-20T08:00:00Z", "content": "电话联系" });
    let path = format!("/api/v1/leads/{}/follow-ups", lead["id"].as_str().unwrap());
    client.post_json(&path, body).await.assert_status(201).json()
}

/// Files in the storage.
pub fn files(app: &TestApp) -> Vec<std::path::PathBuf> {
    let folders = std::fs::read_dir(app.folder().join("attachments")).unwrap();
    let folders = folders.map(|folder| folder.unwrap().path()).filter(|path| path.is_dir());
    folders.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path())).collect()
}
