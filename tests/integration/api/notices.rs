//! Operations on notices, each once.

use super::answers::at;
use super::contract::Contract;
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

/// A notice is written, read, given out again, and retracted.
pub async fn answers(app: &TestApp, contract: &Contract) {
    let (all, one, reading) = (crate::notices::PATH, "/api/v1/notices/{id}", "/api/v1/notices/{id}/reading");
    let (bureau, liaison) = (app.token(Role::BureauOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id;
    let body =
        crate::notices::body(json!({ "audience": "chosen", "chambers": [own], "until_on": "2031-01-01" }));
    let made = contract.sent("POST", all, 201, bureau.post_json(all, body)).await;
    let (id, etag) = (made.json()["id"].clone(), made.etag());
    let kinds = crate::notices::body(json!({ "audience": "kinds", "kinds": ["abroad"] }));
    contract.sent("POST", all, 201, bureau.post_json(all, kinds)).await;
    contract.sent("POST", reading, 200, liaison.post(&at(reading, &id))).await;
    contract.sent("GET", one, 200, liaison.get(&at(one, &id))).await;
    contract.sent("GET", reading, 200, bureau.get(&format!("{}?count=true", at(reading, &id)))).await;
    contract.sent("GET", all, 200, bureau.get(&format!("{all}?count=true"))).await;
    contract.sent("GET", all, 200, liaison.get(all)).await;
    let edit = bureau.patch_json(&at(one, &id), &etag, json!({ "read_again": true }));
    let etag = contract.sent("PATCH", one, 200, edit).await.etag();
    contract.sent("DELETE", one, 200, bureau.delete(&format!("{}?reason=x", at(one, &id)), &etag)).await;
    contract.sent("DELETE", one, 409, bureau.delete(&format!("{}?reason=x", at(one, &id)), "*")).await;
}
