//! Filings on pages: by a form, on the pages of lead, project and referrer.

use super::{file, id, new_referrer};
use crate::projects::new_project;
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_form_files_and_comes_back_with_what_is_wrong() {
    let app = TestApp::new().await;
    let officer = app.signed_in(Role::BureauOfficer);
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let code = |record: &serde_json::Value| record["code"].as_str().unwrap().to_owned();
    let chosen = format!("{} {}", code(&referrer), referrer["name"].as_str().unwrap());
    let lead_code = code(&lead);
    let fields = |of: &'static str| {
        [
            ("referrer", chosen.clone()),
            ("of", of.to_owned()),
            ("filed_on", "2024-03-04".to_owned()),
            ("role", "leading".to_owned()),
        ]
    };
    let mut wrong = fields("QZ-1999-000001").to_vec();
    let post = async |fields: &[(&str, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        officer.post_form("/filings", &fields).await
    };
    let back = post(&wrong).await.assert_status(422).text();
    assert!(back.contains(&chosen) && back.contains("f-of-error"), "{back}");
    wrong[1].1 = lead_code;
    let made = post(&wrong).await.assert_status(303);
    let page = officer.get(&made.location()).await.assert_status(200).text();
    assert!(page.contains("BA-") && page.contains(referrer["name"].as_str().unwrap()));
    let again = post(&wrong).await.assert_status(409).text();
    assert!(again.contains("有效备案"), "{again}");
}

#[actix_web::test]
async fn the_pages_of_lead_project_and_referrer_show_them() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (lead, project) = (app.new_lead(json!({})).await, new_project(&app, json!({})).await);
    let referrer = new_referrer(&app, json!({ "region": "450721" })).await;
    for of in [json!({ "lead_id": lead["id"] }), json!({ "project_id": project["id"] })] {
        file(&officer, &referrer, of).await.assert_status(201);
    }
    for role in [Role::BureauHead, Role::CountyOfficer, Role::Auditor] {
        let browser = app.signed_in(role);
        for page in [
            format!("/leads/{}", id(&lead)),
            format!("/projects/{}", id(&project)),
            format!("/referrers/{}", id(&referrer)),
        ] {
            let text = browser.get(&page).await.assert_status(200).text();
            assert!(text.contains("/filings/") && text.contains("BA-"), "{role} {page}");
        }
    }
    // Who knows no referrers sees no card.
    let group = app.signed_in(Role::LeadingGroup).get(&format!("/projects/{}", id(&project))).await;
    assert!(!group.assert_status(200).text().contains("BA-"));
}
