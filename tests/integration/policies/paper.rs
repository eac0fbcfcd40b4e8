//! The paper of a policy document: the proposer puts it beside the text, the second person reads it, and once it was
//! decided about nobody takes it away.

use super::{PAPER, PLAN, confirm};
use crate::attachments::{PATH, PDF, fields, list};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn it_stands_beside_the_text_and_stays_once_it_was_decided_about() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let body = json!({ "body": PLAN, "document_number": PAPER[0].1, "document_name": PAPER[1].1 });
    let document = head.post_json("/api/v1/policies", body).await.assert_status(201).json();
    let brings = |client: &crate::support::Client| {
        client.upload(PATH, &fields("policy_document", &document, "other"), "plan.pdf", PDF)
    };
    brings(&app.token(Role::BureauOfficer)).await.assert_status(403);
    let wrong = brings(&head).await.assert_status(201).json();
    let removal = |paper: &serde_json::Value| format!("{PATH}/{}", paper["id"].as_str().unwrap());
    head.delete(&removal(&wrong), "\"1\"").await.assert_status(204);
    let paper = brings(&head).await.assert_status(201).json();

    let second = app.signed_in(Role::LeadingGroup);
    let at = format!("/policies/documents/{}/decision", document["id"].as_str().unwrap());
    let page = second.get(&at).await.assert_status(200).text();
    assert!(page.contains("plan.pdf") && page.contains("name=\"decision\""));
    second.get(&format!("/attachments/{}", paper["id"].as_str().unwrap())).await.assert_status(200);
    for stranger in [Role::ChamberLiaison, Role::ApprovalsOfficer] {
        list(&app.token(stranger), "policy_document", &document).await.assert_status(403);
    }

    confirm(&app).await;
    head.delete(&removal(&paper), "\"1\"").await.assert_status(409);
    let papers =
        list(&app.token(Role::Auditor), "policy_document", &document).await.assert_status(200).json();
    assert_eq!(papers["items"].as_array().unwrap().len(), 1);
}
