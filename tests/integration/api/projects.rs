//! Operations on projects, milestones and quotas, each once.

use super::answers::at;
use super::contract::Contract;
use crate::projects::{new_project, paper, project_body, report};
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const PROJECTS: &str = "/api/v1/projects";
const PROJECT: &str = "/api/v1/projects/{id}";

pub async fn answers(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    // One with everything that a project can have, and one with as little as it may.
    let full = project_body(
        app,
        json!({
            "county": "QZ-FTZ", "enclave": { "county": "450721", "land_use": "county" }, "industry": "chemical",
            "origin": "440300", "project_company": "示例项目公司(虚构)", "filing_code": "2401-450721-04-01-000001",
            "supporting_project": true, "supporting_finding": "配套", "content": "一期", "jobs": 300, "land_mu": 12.5,
            "factory_m2": 8000, "key": { "basis": "plan_list", "reason": "方案点名" }, "unit": "示例局",
            "officer": app.person(Role::BureauOfficer).username, "progress": "顺利", "problems": "无",
            "coordination": "无", "next_step": "开工", "remark": "急",
            "source": { "kind": "chamber", "chamber_id": chamber, "note": "年会" },
        }),
    );
    let made = contract.sent("POST", PROJECTS, 201, officer.post_json(PROJECTS, full)).await;
    let project = made.json();
    let least = json!({ "title": "示例", "investor_name": "示例投资方(虚构)", "county": "450721", "industry": "other" });
    let spare = contract.sent("POST", PROJECTS, 201, officer.post_json(PROJECTS, least)).await;
    let spare = officer.delete(&at(PROJECT, &spare.json()["id"]), &spare.etag());
    contract.sent("DELETE", PROJECT, 204, spare).await;
    let edit = officer.patch_json(&at(PROJECT, &project["id"]), &made.etag(), json!({ "jobs": 301 }));
    let etag = contract.sent("PATCH", PROJECT, 200, edit).await.etag();
    pool(contract, &officer, &project, &etag).await;
    milestones(app, contract, &project).await;
    employment(contract, &officer, &project).await;
    let list = officer.get("/api/v1/projects?count=true&limit=1");
    contract.sent("GET", PROJECTS, 200, list).await;
    for role in [Role::BureauHead, Role::CountyOfficer, Role::ChamberLiaison, Role::Federation] {
        let client = app.token(role);
        contract.sent("GET", PROJECT, 200, client.get(&at(PROJECT, &project["id"]))).await;
        contract.sent("GET", PROJECTS, 200, client.get(PROJECTS)).await;
    }
    quota(app, contract).await;
    side_by_side(app, contract).await;
}

/// The four lists with a project and a lead in them, and the counties of a year.
async fn side_by_side(app: &TestApp, contract: &Contract) {
    let head = app.token(Role::BureauHead);
    app.new_lead(json!({ "stage": "framework" })).await;
    let planned = new_project(app, json!({})).await;
    report(app, &planned, "construction_start", json!({ "planned_on": "2024-05-06" }))
        .await
        .assert_status(200);
    let lists =
        contract.sent("GET", "/api/v1/pool/about-to", 200, head.get("/api/v1/pool/about-to")).await.json();
    let filled = lists["lists"].as_array().unwrap().iter().filter(|list| list["total"] != 0).count();
    assert!(filled >= 2, "{lists:#}");
    let comparison = "/api/v1/pool/comparison";
    contract.sent("GET", comparison, 200, head.get("/api/v1/pool/comparison?year=2024")).await;
}

/// The contract, which opens the pool, and the way in and out.
async fn pool(contract: &Contract, officer: &Client, project: &Value, etag: &str) {
    let signed = "/api/v1/projects/{id}/contract";
    let (_, example) = contract.body("PUT", signed).unwrap();
    let put = officer.put_json(&at(signed, &project["id"]), etag, example);
    contract.sent("PUT", signed, 200, put).await;
    let post = async |path: &str, status| -> Response {
        let (_, example) = contract.body("POST", path).unwrap();
        contract.sent("POST", path, status, officer.post_json(&at(path, &project["id"]), example)).await
    };
    post("/api/v1/projects/{id}/contract/supplements", 200).await;
    post("/api/v1/projects/{id}/pool-entry", 200).await;
    post("/api/v1/projects/{id}/pool-entry", 409).await;
    post("/api/v1/projects/{id}/withdrawal", 200).await;
}

async fn milestones(app: &TestApp, contract: &Contract, project: &Value) {
    let one = "/api/v1/projects/{id}/milestones/{kind}";
    let of = |path: &str| at(path, &project["id"]).replace("{kind}", "construction_start");
    let officer = app.token(Role::BureauOfficer);
    let etag = officer.get(&at(PROJECT, &project["id"])).await.etag();
    let paper = paper(app, project, "construction_permit");
    let body = json!({ "planned_on": "2024-04-20", "actual_on": "2024-05-06", "evidence": [paper] });
    contract.sent("PUT", one, 200, officer.put_json(&of(one), &etag, body)).await;
    let verification = "/api/v1/projects/{id}/milestones/{kind}/verification";
    let (head, accept) = (app.token(Role::BureauHead), json!({ "decision": "accepted" }));
    contract.sent("POST", verification, 200, head.post_json(&of(verification), accept.clone())).await;
    contract.sent("POST", verification, 409, head.post_json(&of(verification), accept)).await;
}

async fn employment(contract: &Contract, officer: &Client, project: &Value) {
    let one = "/api/v1/projects/{id}/employment/{year}";
    let etag = officer.get(&at(PROJECT, &project["id"])).await.etag();
    let (_, example) = contract.body("PUT", one).unwrap();
    let put = officer.put_json(&at(one, &project["id"]).replace("{year}", "2024"), &etag, example);
    contract.sent("PUT", one, 200, put).await;
}

/// A row with a project that counts and one that does not, and a year that no version covers.
async fn quota(app: &TestApp, contract: &Contract) {
    let (quota, head) = ("/api/v1/pool/quota", app.token(Role::BureauHead));
    let zone = new_project(app, json!({ "county": "QZ-FTZ", "industry": "chemical" })).await;
    let body = json!({ "actual_on": "2024-05-06", "evidence": [paper(app, &zone, "business_licence")] });
    report(app, &zone, "company_registered", body).await.assert_status(200);
    let verified = crate::projects::path(&zone, "/milestones/company_registered/verification");
    head.post_json(&verified, json!({ "decision": "accepted" })).await.assert_status(200);
    let year = contract.sent("GET", quota, 200, head.get("/api/v1/pool/quota?year=2024")).await.json();
    let counted = year["rows"].as_array().unwrap().iter().any(|row| row["counted"] == 1);
    assert!(counted, "{year:#}");
    let none = contract.sent("GET", quota, 200, head.get("/api/v1/pool/quota?year=2031")).await.json();
    assert_eq!(none["policy"], Value::Null);
}
