//! Events through HTTP: keeping them, who was to come, the door, what came of them.

mod attendees;
mod check_in;
mod pages;
mod record;
mod scope;
mod sources;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::clock;

pub const PATH: &str = "/api/v1/events";

/// What adds a promotion event of 450721 that is today, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    let mut body = json!({
        "kind": "promotion",
        "title": "示例玩具产业推介会",
        "county": "450721",
        "place": "示例会展中心",
        "from_on": clock::today(),
        "programme": "09:30 签到",
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

/// An event that the bureau added, as the API shows it.
pub async fn new_event(app: &TestApp, more: Value) -> Value {
    app.token(Role::BureauOfficer).post_json(PATH, body(more)).await.assert_status(201).json()
}

pub fn path(event: &Value, rest: &str) -> String {
    format!("{PATH}/{}{rest}", event["id"].as_str().unwrap())
}

/// Puts somebody on an event's list.
pub async fn invite(client: &Client, event: &Value, attendee: Value) -> Value {
    client.post_json(&path(event, "/attendees"), attendee).await.assert_status(201).json()
}

/// A day so many days from today.
pub fn day(from_today: i64) -> Value {
    json!(clock::today() + chrono::Duration::days(from_today))
}
