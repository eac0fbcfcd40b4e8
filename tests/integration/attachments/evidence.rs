//! Papers that prove milestones.

use super::{PATH, PDF, at, fields, list, paper};
use crate::projects::{new_project, path, read, report};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn prove(app: &TestApp, project: &Value, role: Role, milestone: &str, kind: &str) -> Value {
    let mut form = fields("milestone", project, kind).to_vec();
    form.push(("milestone", milestone));
    app.token(role).upload(PATH, &form, "示例.pdf", PDF).await.assert_status(201).json()
}

fn milestone(project: &Value) -> &Value {
    &project["milestones"][0]
}

#[actix_web::test]
async fn a_paper_of_a_milestone_stands_under_it_at_once() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let brought =
        prove(&app, &project, Role::CountyOfficer, "construction_start", "construction_permit").await;
    assert_eq!(brought["milestone"], "construction_start");
    assert_eq!(brought["owner_id"], project["id"]);
    let officer = app.token(Role::BureauOfficer);
    let shown = read(&officer, &project).await.json();
    assert_eq!(milestone(&shown)["evidence"], json!([brought["id"]]));
    assert_ne!(shown["version"], project["version"], "what a project shows changed");
    assert_eq!(list(&officer, "project", &project).await.json()["items"], json!([brought]));
    let of_milestone = format!(
        "{PATH}?owner_kind=milestone&owner_id={}&milestone=construction_start",
        project["id"].as_str().unwrap()
    );
    assert_eq!(officer.get(&of_milestone).await.assert_status(200).json()["items"], json!([brought]));
}

#[actix_web::test]
async fn the_approvals_office_proves_approvals_only() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let brought = prove(&app, &project, Role::ApprovalsOfficer, "environment", "other").await;
    let approvals = app.token(Role::ApprovalsOfficer);
    let mut form = fields("milestone", &project, "construction_permit").to_vec();
    form.push(("milestone", "construction_start"));
    approvals.upload(PATH, &form, "a.pdf", PDF).await.assert_status(403);
    approvals.delete(&at(&brought, ""), "*").await.assert_status(204);
}

#[actix_web::test]
async fn what_proves_a_verified_milestone_cannot_go() {
    let app = TestApp::new().await;
    let (officer, head) = (app.token(Role::BureauOfficer), app.token(Role::BureauHead));
    let project = new_project(&app, json!({})).await;
    let permit = paper(&app, "project", &project, "construction_permit").await;
    let body = json!({ "actual_on": "2024-05-06", "evidence": [permit["id"]] });
    report(&app, &project, "construction_start", body).await.assert_status(200);
    let verification = path(&project, "/milestones/construction_start/verification");
    head.post_json(&verification, json!({ "decision": "accepted" })).await.assert_status(200);
    let kept = officer.delete(&at(&permit, ""), "*").await.assert_status(409).json();
    assert_eq!(kept["code"], "paper-verified");
    let page = format!("/attachments/{}/deletion", permit["id"].as_str().unwrap());
    app.signed_in(Role::BureauOfficer).post_form(&page, &[]).await.assert_status(409);
    officer.get(&at(&permit, "/content")).await.assert_status(200);
    // Another paper makes it a new report; then the first one may go, and the milestone has lost it.
    let photo = prove(&app, &project, Role::BureauOfficer, "construction_start", "photo").await;
    assert_eq!(milestone(&read(&officer, &project).await.json())["state"], "reported");
    officer.delete(&at(&permit, ""), "*").await.assert_status(204);
    let shown = read(&officer, &project).await.json();
    assert_eq!(milestone(&shown)["evidence"], json!([photo["id"]]));
    head.post_json(&verification, json!({ "decision": "accepted" })).await.assert_status(422);
}

/// From a milestone's form to a paper for it, and back to the form, where it stands.
#[actix_web::test]
async fn a_paper_is_brought_from_the_milestones_form_and_back() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    let project = new_project(&app, json!({})).await;
    let id = project["id"].as_str().unwrap();
    let form = format!("/projects/{id}/milestones/construction_start");
    let html = browser.get(&form).await.assert_status(200).text();
    let way =
        format!("/attachments/new?owner_kind=milestone&amp;owner_id={id}&amp;milestone=construction_start");
    assert!(html.contains(&way), "{html}");
    let html = browser.get(&way.replace("&amp;", "&")).await.assert_status(200).text();
    assert!(html.contains(&format!("href=\"{form}\"")), "cancelling goes back: {html}");
    let mut sent = fields("milestone", &project, "construction_permit").to_vec();
    sent.push(("milestone", "construction_start"));
    let done = browser.upload("/attachments", &sent, "许可证.pdf", PDF).await.assert_status(303);
    assert_eq!(done.location(), form);
    let html = browser.get(&form).await.assert_status(200).text();
    assert!(html.contains("许可证.pdf") && html.contains(" checked"), "{html}");
    let html = browser.get(&format!("/projects/{id}")).await.assert_status(200).text();
    assert!(
        html.contains("id=\"attachments\"") && html.contains("许可证.pdf"),
        "it stands with the project's papers"
    );
    let own = app.signed_in(Role::Federation).get(&format!("/projects/{id}")).await.text();
    assert!(!own.contains("许可证.pdf"));
    let html = app.signed_in(Role::BureauHead).get(&format!("{form}/verification")).await.text();
    assert!(html.contains("许可证.pdf"), "who verifies sees it");
}
