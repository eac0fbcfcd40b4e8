//! Operations on policy versions and their documents, each once.

use super::answers::at;
use super::contract::Contract;
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

const POLICIES: &str = "/api/v1/policies";
const DOCUMENTS: &str = "/api/v1/policies/documents";

pub async fn answers(app: &TestApp, contract: &Contract) {
    let head = app.token(Role::BureauHead);
    let list = contract.sent("GET", POLICIES, 200, head.get("/api/v1/policies?count=true&limit=1")).await;
    assert_eq!(list.json()["total"], 1);
    let named = |path: &str| path.replace("{code}", "qinzhou-2023-2025").replace("{year}", "2025");
    let version = "/api/v1/policies/{code}";
    contract.sent("GET", version, 200, head.get(&named(version))).await;
    let mut proposed = Vec::new();
    for path in
        [POLICIES, "/api/v1/policies/{code}/extension", "/api/v1/policies/{code}/decomposition/{year}"]
    {
        let (_, example) = contract.body("POST", path).unwrap();
        let made = contract.sent("POST", path, 201, head.post_json(&named(path), example)).await;
        assert!(made.location().ends_with(made.json()["id"].as_str().unwrap()));
        proposed.push(made.json());
    }
    let (decision, second) = ("/api/v1/policies/documents/{id}/decision", app.token(Role::LeadingGroup));
    let (_, example) = contract.body("POST", decision).unwrap();
    // The version stays a proposal: in force it would be the one that awards are computed by.
    for (document, status) in [(&proposed[1], 200), (&proposed[1], 409), (&proposed[2], 200)] {
        let decided = second.post_json(&at(decision, &document["id"]), example.clone());
        contract.sent("POST", decision, status, decided).await;
    }
    contract.sent("GET", DOCUMENTS, 200, head.get("/api/v1/policies/documents?count=true")).await;
    let document = "/api/v1/policies/documents/{id}";
    contract.sent("GET", document, 200, head.get(&at(document, &proposed[2]["id"]))).await;
    let extended = head.get(&named(version)).await.assert_status(200).json();
    assert_eq!(extended["extensions"][0]["until"], json!("2026-12-31"));
}
