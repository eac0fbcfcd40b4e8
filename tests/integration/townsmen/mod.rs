//! The list of townsmen, through HTTP.

mod pages;
mod record;
mod scope;

use crate::support::{Client, Response};
use serde_json::{Value, json};

pub const PATH: &str = "/api/v1/townsmen";

/// What lists somebody of 450721, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    let mut body = json!({
        "name": "示例乡贤",
        "post": "示例公司董事长",
        "region": "441900",
        "home": "450721",
        "introducer": "示例同乡",
        "companies": "示例玩具公司",
        "help": "介绍玩具企业",
        "consent_on": "2026-01-05",
        "consent": "同意列入名录，用于招商联系。",
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

pub async fn list(client: &Client, more: Value) -> Response {
    client.post_json(PATH, body(more)).await
}

fn path(townsman: &Value) -> String {
    format!("{PATH}/{}", townsman["id"].as_str().unwrap())
}
