//! Every kind of problem is one that the document gives.

use super::contract::Contract;
use crate::support::TestApp;
use crate::support::leads::lead_body;
use serde_json::json;
use yinfeng::accounts::Role;

const LEADS: &str = "/api/v1/leads";
const LEAD: &str = "/api/v1/leads/{id}";

#[actix_web::test]
async fn each_kind_of_problem_is_as_the_document_says() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let path = format!("{LEADS}/{}", lead["id"].as_str().unwrap());

    contract.sent("GET", LEADS, 400, officer.get("/api/v1/leads?colour=red")).await;
    contract.sent("POST", LEADS, 400, officer.post(LEADS).body("application/json", "{")).await;
    contract.sent("GET", LEADS, 401, app.anonymous().get(LEADS)).await;
    contract.sent("GET", LEADS, 403, app.token(Role::Admin).get(LEADS)).await;
    let liaison = app.token(Role::ChamberLiaison);
    let forbidden = lead_body(json!({ "source": null, "stage": "assessment" }));
    let forbidden = contract.sent("POST", LEADS, 403, liaison.post_json(LEADS, forbidden)).await.json();
    assert_eq!(forbidden["errors"][0]["field"], "stage");
    let nowhere = "/api/v1/leads/01890000-0000-7000-8000-000000000000";
    contract.sent("GET", LEAD, 404, officer.get(nowhere)).await;
    let stale = officer.patch_json(&path, "\"7\"", json!({ "jobs": 1 }));
    let stale = contract.sent("PATCH", LEAD, 412, stale).await.json();
    assert_eq!(stale["current_version"], 1);
    let large = format!("\"{}\"", "x".repeat(1024 * 1024 + 1));
    contract.sent("POST", LEADS, 413, officer.post(LEADS).body("application/json", large)).await;
    let text = officer.post(LEADS).body("text/plain", "{}");
    contract.sent("POST", LEADS, 415, text).await;
    let faulty = contract.sent("POST", LEADS, 422, officer.post_json(LEADS, json!({}))).await.json();
    assert!(faulty["errors"].as_array().unwrap().len() >= 4, "{faulty}");
    let blind = officer.request(actix_web::http::Method::PATCH, &path).json(json!({ "jobs": 1 }));
    contract.sent("PATCH", LEAD, 428, blind).await;
    let question = "/api/v1/duplicates?investor_name=Example";
    for _ in 0..20 {
        contract.sent("GET", "/api/v1/duplicates", 200, liaison.get(question)).await;
    }
    contract.sent("GET", "/api/v1/duplicates", 429, liaison.get(question)).await;
    let key = |body: serde_json::Value| officer.post_json(LEADS, body).header("idempotency-key", "k");
    contract.sent("POST", LEADS, 201, key(lead_body(json!({})))).await;
    contract.sent("POST", LEADS, 422, key(lead_body(json!({})))).await;
}
