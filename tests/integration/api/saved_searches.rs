//! Operations on saved searches, each once.

use super::answers::at;
use super::contract::Contract;
use crate::saved_searches::{PATH, body};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

/// A search is kept, finds something new, is shared, told of, looked at, and removed.
pub async fn answers(app: &TestApp, contract: &Contract) {
    let (officer, head) = (app.token(Role::BureauOfficer), app.token(Role::BureauHead));
    let one = "/api/v1/saved-searches/{id}";
    let subscription = "/api/v1/saved-searches/{id}/subscription";
    let (matches, reading) = ("/api/v1/saved-searches/{id}/matches", "/api/v1/saved-searches/{id}/reading");
    let kept = body(json!({ "query": "q=山竹", "shared": true, "tell": true }));
    let made = contract.sent("POST", PATH, 201, officer.post_json(PATH, kept)).await;
    let (id, etag) = (made.json()["id"].clone(), made.etag());
    app.new_lead(json!({ "title": "示例山竹线索" })).await;
    app.settle();
    contract.sent("GET", PATH, 200, head.get(&format!("{PATH}?count=true"))).await;
    contract.sent("GET", one, 200, officer.get(&at(one, &id))).await;
    let path = format!("{}?count=true", at(matches, &id));
    let new = contract.sent("GET", matches, 200, officer.get(&path)).await.json();
    assert_eq!(new["total"], 1, "{new}");
    contract.sent("POST", subscription, 200, head.post(&at(subscription, &id))).await;
    contract.sent("DELETE", subscription, 200, head.delete(&at(subscription, &id), &etag)).await;
    let through = json!({ "through": new["items"][0]["id"] });
    contract.sent("POST", reading, 200, officer.post_json(&at(reading, &id), through)).await;
    contract.sent("POST", reading, 200, officer.post(&at(reading, &id))).await;
    let edit = officer.patch_json(&at(one, &id), &etag, json!({ "shared": false }));
    let etag = contract.sent("PATCH", one, 200, edit).await.etag();
    contract.sent("DELETE", one, 204, officer.delete(&at(one, &id), &etag)).await;
}
