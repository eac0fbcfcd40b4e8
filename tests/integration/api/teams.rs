//! Operations on teams, their members and trips, each once.

use super::answers::at;
use super::contract::Contract;
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

/// A team with a member who leaves, and a trip that a lead came of.
pub async fn answers(app: &TestApp, contract: &Contract) {
    use crate::teams::{PATH, body, member, trip};
    let all = PATH;
    let officer = app.token(Role::BureauOfficer);
    let one = "/api/v1/teams/{id}";
    let user = app.person(Role::BureauOfficer).username;
    let made = officer.post_json(all, body(json!({ "leader": user, "note": "注" })));
    let id = contract.sent("POST", all, 201, made).await.json()["id"].clone();
    let bare = officer.post_json(all, json!({ "name": "示例市队", "kind": "city" }));
    let bare = contract.sent("POST", all, 201, bare).await;
    contract.sent("GET", all, 200, officer.get(&format!("{all}?count=true"))).await;
    let (members, trips) = ("/api/v1/teams/{id}/members", "/api/v1/teams/{id}/trips");
    let full = member(json!({ "user_id": user, "post": "队长", "to_on": "2031-01-01" }));
    contract.sent("POST", members, 201, officer.post_json(&at(members, &id), full)).await;
    let plain =
        contract.sent("POST", members, 201, officer.post_json(&at(members, &id), member(json!({})))).await;
    contract.sent("GET", members, 200, officer.get(&at(members, &id))).await;
    let (a_member, a_trip) = ("/api/v1/teams/{id}/members/{member}", "/api/v1/teams/{id}/trips/{trip}");
    let path = at(a_member, &id).replace("{member}", plain.json()["id"].as_str().unwrap());
    let edit = officer.patch_json(&path, "*", json!({ "to_on": "2026-01-01" }));
    contract.sent("PATCH", a_member, 200, edit).await;
    contract.sent("DELETE", a_member, 204, officer.delete(&path, "*")).await;
    let lead = app.new_lead(json!({})).await;
    let full =
        trip(json!({ "to_on": "2026-03-06", "people": "示例", "result": "有意向", "leads": [lead["code"]] }));
    contract.sent("POST", trips, 201, officer.post_json(&at(trips, &id), full)).await;
    let plain = contract.sent("POST", trips, 201, officer.post_json(&at(trips, &id), trip(json!({})))).await;
    contract.sent("GET", trips, 200, officer.get(&format!("{}?count=true", at(trips, &id)))).await;
    let path = at(a_trip, &id).replace("{trip}", plain.json()["id"].as_str().unwrap());
    contract.sent("PATCH", a_trip, 200, officer.patch_json(&path, "*", json!({ "result": "无" }))).await;
    contract.sent("DELETE", a_trip, 204, officer.delete(&path, "*")).await;
    let shown = contract.sent("GET", one, 200, officer.get(&at(one, &id))).await;
    contract
        .sent("PATCH", one, 200, officer.patch_json(&at(one, &id), &shown.etag(), json!({ "note": null })))
        .await;
    contract.sent("DELETE", one, 409, officer.delete(&at(one, &id), "*")).await;
    contract.sent("DELETE", one, 204, officer.delete(&at(one, &bare.json()["id"]), &bare.etag())).await;
}
