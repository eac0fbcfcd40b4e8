//! Leads from outside: the contract of design.md section 6, and the pages that do the same.

mod assignment;
mod closure;
mod conflict;
mod deletion;
mod disclosure;
mod editing;
mod form;
mod hold;
mod home;
mod idempotency;
mod ledgers;
mod list;
mod merger;
mod pages;
mod registering;
mod scope;
mod stage;
mod timeline;
mod trail;

use crate::support::{Client, TestApp};
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, outbox};

/// The least that registers a lead.
pub fn body(investor: &str) -> Value {
    json!({
        "title": format!("{investor}项目"),
        "investor_name": investor,
        "county": "450721",
        "industry": "toy_garment",
        "source": { "kind": "self" },
    })
}

/// The body with other fields put over it.
pub fn with(mut body: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// A lead of an investor that nobody else has.
pub async fn register(client: &Client, changes: Value) -> Value {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NUMBER: AtomicUsize = AtomicUsize::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let body = with(body(&format!("虚构{number:05}号实业有限公司")), changes);
    client.post_json("/api/v1/leads", body).await.assert_status(201).json()
}

/// `/api/v1/leads/{id}` and what follows it.
pub fn api(lead: &Value, rest: &str) -> String {
    format!("/api/v1/leads/{}{rest}", lead["id"].as_str().unwrap())
}

/// `/leads/{id}` and what follows it.
pub fn page(lead: &Value, rest: &str) -> String {
    format!("/leads/{}{rest}", lead["id"].as_str().unwrap())
}

/// The lead's ETag.
pub fn etag(lead: &Value) -> String {
    format!("\"{}\"", lead["version"])
}

/// The lead as this reader sees it now.
pub async fn read(client: &Client, lead: &Value) -> Value {
    client.get(&api(lead, "")).await.assert_status(200).json()
}

/// How many entries the trail and the outbox have.
pub fn written(app: &TestApp) -> (i64, i64) {
    app.read(|conn| {
        Ok((audit_entries::table.count().get_result(conn)?, outbox::table.count().get_result(conn)?))
    })
}

/// A bureau officer's token: sees all, works all.
pub fn officer(app: &TestApp) -> Client {
    app.token(Role::BureauOfficer)
}

/// A credit code that is right, of a number.
pub fn uscc(number: u64) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let head = format!("91450700{number:09}");
    let (mut sum, mut weight) = (0, 1);
    for character in head.bytes() {
        sum += ALPHABET.iter().position(|letter| *letter == character).unwrap() * weight;
        weight = weight * 3 % 31;
    }
    format!("{head}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// A Chinese day so many days from today.
pub fn day(from_today: i64) -> String {
    (yinfeng::clock::today() + chrono::Duration::days(from_today)).to_string()
}

/// The value of a field in a page's form.
pub fn form_value(html: &str, name: &str) -> Option<String> {
    let at = html.find(&format!("name=\"{name}\""))?;
    let start = html[..at].rfind('<')?;
    let tag = &html[start..start + html[start..].find('>')?];
    let value = tag.split_once(" value=\"")?.1.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&amp;", "&"))
}
