//! Papers: what is answered is what the document says.

use super::answers::at;
use super::contract::Contract;
use crate::attachments::{PATH, PDF, fields};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

pub async fn answers(app: &TestApp, contract: &Contract) {
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let sent = officer.upload(PATH, &fields("lead", &lead, "contract"), "合同.pdf", PDF);
    let paper = contract.sent("POST", PATH, 201, sent).await.json();
    let wrong = officer.upload(PATH, &fields("lead", &lead, "contract"), "合同.png", PDF);
    contract.sent("POST", PATH, 422, wrong).await;
    let list = format!("{PATH}?owner_kind=lead&owner_id={}&count=true", lead["id"].as_str().unwrap());
    contract.sent("GET", PATH, 200, officer.get(&list)).await;
    let (one, content) = ("/api/v1/attachments/{id}", "/api/v1/attachments/{id}/content");
    contract.sent("GET", one, 200, officer.get(&at(one, &paper["id"]))).await;
    let whole = || officer.get(&at(content, &paper["id"]));
    contract.sent("GET", content, 200, whole()).await;
    contract.sent("GET", content, 206, whole().header("range", "bytes=0-3")).await;
    contract.sent("GET", content, 416, whole().header("range", "bytes=99999-")).await;
    let timeline = "/api/v1/leads/{id}/timeline";
    contract.sent("GET", timeline, 200, officer.get(&at(timeline, &lead["id"]))).await;
    contract.sent("DELETE", one, 204, officer.delete(&at(one, &paper["id"]), "*")).await;
    contract.sent("GET", one, 404, officer.get(&at(one, &paper["id"]))).await;
}
