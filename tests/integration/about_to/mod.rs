//! The four about-to lists through HTTP.

use crate::projects::{new_project, path, report, sign};
use crate::support::TestApp;
use chrono::Days;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn titles(app: &TestApp, role: Role, step: &str) -> Vec<String> {
    let lists = app.token(role).get("/api/v1/pool/about-to").await.assert_status(200).json();
    let list = lists["lists"].as_array().unwrap().iter().find(|list| list["step"] == step).unwrap().clone();
    assert_eq!(list["total"], list["items"].as_array().unwrap().len());
    list["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn what_is_planned_soon_or_overdue_stands_there_and_what_is_done_or_far_does_not() {
    let app = TestApp::new().await;
    let today = yinfeng::clock::today();
    let soon = |days: u64| json!({ "planned_on": today.checked_add_days(Days::new(days)).unwrap() });
    let plan = async |title: &str, changes: Value, kind: &str, body: Value| {
        let mut changes = changes;
        changes["title"] = json!(title);
        let project = new_project(&app, changes).await;
        report(&app, &project, kind, body).await.assert_status(200);
        project
    };
    plan("近", json!({}), "construction_start", soon(20)).await;
    plan("远", json!({}), "construction_start", soon(400)).await;
    plan("过", json!({}), "construction_start", json!({ "planned_on": "2024-01-01" })).await;
    plan("别县", json!({ "county": "450722" }), "construction_start", soon(10)).await;
    let made = json!({ "planned_on": "2024-01-01", "actual_on": "2024-01-02" });
    plan("已开工", json!({}), "construction_start", made).await;
    plan("投产", json!({}), "production", soon(30)).await;
    plan("入统", json!({}), "above_scale", soon(30)).await;
    let out = plan("出库", json!({}), "construction_start", soon(5)).await;
    sign(&app, &out, "2024-01-01").await;
    let officer = app.token(Role::BureauOfficer);
    officer.post_json(&path(&out, "/pool-entry"), json!({ "entered_on": today })).await.assert_status(200);
    let left = json!({ "withdrawn_on": today, "reason": "终止" });
    officer.post_json(&path(&out, "/withdrawal"), left).await.assert_status(200);

    assert_eq!(titles(&app, Role::BureauOfficer, "start").await, ["过", "别县", "近"]);
    assert_eq!(titles(&app, Role::CountyOfficer, "start").await, ["过", "近"], "in scope only");
    assert_eq!(titles(&app, Role::BureauHead, "produce").await, ["投产"]);
    assert_eq!(titles(&app, Role::BureauHead, "register").await, ["入统"]);
    assert!(titles(&app, Role::FinanceReviewer, "start").await.is_empty());
    let page = app.signed_in(Role::CountyOfficer).get("/about-to").await.assert_status(200).text();
    assert!(page.contains("近") && !page.contains("别县"));
}

#[actix_web::test]
async fn leads_with_a_framework_agreement_are_about_to_sign() {
    let app = TestApp::new().await;
    app.new_lead(json!({ "title": "框架", "stage": "framework" })).await;
    app.new_lead(json!({ "title": "在谈", "stage": "negotiation" })).await;
    let other = json!({ "title": "别县框架", "stage": "framework", "county": "450722" });
    app.new_lead(other).await;
    let mut all = titles(&app, Role::BureauOfficer, "sign").await;
    all.sort();
    assert_eq!(all, ["别县框架", "框架"]);
    assert_eq!(titles(&app, Role::CountyOfficer, "sign").await, ["框架"]);
    assert!(titles(&app, Role::ApprovalsOfficer, "sign").await.is_empty(), "he knows no leads");
}
