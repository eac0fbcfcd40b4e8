//! Removing a paper.

use super::{at, files, list, paper};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

#[actix_web::test]
async fn a_removed_paper_is_gone_from_everywhere_but_the_trail() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    officer.delete(&at(&paper, ""), "*").await.assert_status(204);
    officer.get(&at(&paper, "")).await.assert_status(404);
    officer.get(&at(&paper, "/content")).await.assert_status(404);
    officer.delete(&at(&paper, ""), "*").await.assert_status(404);
    assert_eq!(list(&officer, "lead", &lead).await.json()["total"], 0);
    assert_eq!(files(&app).len(), 1, "the file can be brought back by hand for a while");
    let told: Vec<String> = app.read(|conn| {
        let of_paper = audit_entries::table.filter(audit_entries::subject_kind.eq("attachment"));
        of_paper.order(audit_entries::id).select(audit_entries::action).load(conn)
    });
    assert_eq!(told, ["attachment.add", "attachment.remove"]);
}

#[actix_web::test]
async fn a_page_asks_before_it_removes() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    let page = format!("/attachments/{}/deletion", paper["id"].as_str().unwrap());
    assert!(browser.get(&page).await.assert_status(200).text().contains("示例.pdf"));
    let done = browser.post_form(&page, &[]).await.assert_status(303);
    assert_eq!(done.location(), format!("/leads/{}#attachments", lead["id"].as_str().unwrap()));
    browser.get(&page).await.assert_status(404);
}
