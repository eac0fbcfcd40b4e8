//! The ledger of the list: in scope, with the list's filters, for a reason, logged.

use super::{new_project, sign};
use crate::support::{Response, TestApp};
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::audit::queries::{AuditFilter, list};
use yinfeng::projects::ledger::reading::read;
use yinfeng::reference::Reference;

/// Titles in the file.
fn titles(answer: &Response, name: &str) -> Vec<String> {
    let reference = Reference::load(None).unwrap();
    let rows = read(answer.bytes(), name, &reference).unwrap();
    rows.into_iter().map(|row| row.result.unwrap().body.title.unwrap()).collect()
}

#[actix_web::test]
async fn the_list_becomes_the_bureaus_ledger() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let signed = new_project(&app, json!({ "title": "甲项目", "remark": "=1+1" })).await;
    sign(&app, &signed, "2024-01-05").await;
    new_project(&app, json!({ "title": "乙项目", "county": "450722" })).await;
    let form = browser.get("/projects/export?county=450722&sort=-code").await.assert_status(200).text();
    assert!(form.contains("1 个项目") && form.contains("action=\"/projects/export?county=450722"), "{form}");
    let html = browser.get("/projects?county=450722").await.text();
    assert!(html.contains("href=\"/projects/export?county=450722\""), "the list has the way: {html}");

    let reason = [("reason", "周五调度会"), ("format", "xlsx")];
    let all = browser.post_form("/projects/export", &reason).await.assert_status(200);
    assert!(all.header("content-disposition").unwrap().contains(".xlsx\""));
    assert_eq!(titles(&all, "a.xlsx"), ["甲项目", "乙项目"]);
    let reason = [("reason", "周五调度会"), ("format", "csv")];
    let some = browser.post_form("/projects/export?county=450722", &reason).await.assert_status(200);
    assert_eq!(titles(&some, "a.csv"), ["乙项目"]);
    assert!(some.text().contains("周五调度会"), "who, when and why stand in the file");
    let all = browser.post_form("/projects/export", &reason).await.assert_status(200).text();
    assert!(all.contains("'=1+1"), "no cell of a text file is a formula");
    assert!(all.contains("灵山县小计") && all.contains("合计"));
    assert!(all.contains("第1年 10000 土地出让金 0"), "{all}");

    let filter = AuditFilter { action: Some("project.export".to_owned()), ..AuditFilter::default() };
    let told = app.read(|conn| list(conn, &filter, None, 9));
    assert_eq!(told.iter().map(|entry| entry.reason.as_deref()).collect::<Vec<_>>(), [Some("周五调度会"); 3]);
}

#[actix_web::test]
async fn nobody_takes_more_than_he_sees_and_nobody_without_a_reason() {
    let app = TestApp::new().await;
    new_project(&app, json!({ "title": "甲项目" })).await;
    new_project(&app, json!({ "title": "乙项目", "county": "450722" })).await;
    let county = app.signed_in(Role::CountyOfficer);
    let answer = county.post_form("/projects/export", &[("reason", "周报")]).await.assert_status(200);
    assert_eq!(titles(&answer, "a.xlsx"), ["甲项目"]);
    let blank = county.post_form("/projects/export", &[("reason", " ")]).await.assert_status(422).text();
    assert!(blank.contains("field-error"), "{blank}");
    county.get("/projects/export?colour=red").await.assert_status(400);
    county.post_form("/projects/export?colour=red", &[("reason", "周报")]).await.assert_status(400);
    for role in [Role::CountyLeader, Role::Federation, Role::Auditor] {
        let client = app.signed_in(role);
        client.post_form("/projects/export", &[("reason", "周报")]).await.assert_status(403);
        assert!(!client.get("/projects").await.text().contains("/projects/export"));
    }
}
