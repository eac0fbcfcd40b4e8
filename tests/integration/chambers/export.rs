//! The register as a file: in scope, with the list's filters, masked, for a reason, logged.

use super::{chamber, path};
use crate::support::{Response, TestApp};
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::chambers::ledger::reading::read;
use yinfeng::imports::ledger::open;
use yinfeng::reference::Reference;

/// Names in the file.
fn names(answer: &Response, name: &str) -> Vec<String> {
    let reference = Reference::load(None).unwrap();
    let (format, workbook) = open(answer.bytes(), name).unwrap();
    let rows = read(format, workbook, answer.bytes(), &reference).unwrap().0;
    rows.into_iter().map(|row| row.result.unwrap().name.unwrap()).collect()
}

#[actix_web::test]
async fn the_list_becomes_a_file_that_says_who_took_it_and_shows_no_number() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = chamber(&app, "甲商会", Some("450721")).await;
    chamber(&app, "乙商会", Some("450722")).await;
    let phone = json!({ "phone": "12000000109" });
    officer.patch_json(&path(&first), "*", phone).await.assert_status(200);
    let browser = app.signed_in(Role::BureauOfficer);
    let html = browser.get("/chambers?region=450721&sort=name").await.assert_status(200).text();
    assert!(html.contains("href=\"/chambers/export?region=450721\""), "{html}");
    let form = browser.get("/chambers/export?region=450721").await.assert_status(200).text();
    assert!(
        form.contains("共 1 家商会") && form.contains("action=\"/chambers/export?region=450721\""),
        "{form}"
    );
    browser.post_form("/chambers/export", &[("reason", " ")]).await.assert_status(422);
    let taken = browser
        .post_form("/chambers/export?region=450721", &[("reason", "周五例会"), ("format", "csv")])
        .await;
    let taken = taken.assert_status(200);
    assert_eq!(names(&taken, "a.csv"), ["甲商会"]);
    assert!(taken.text().contains("周五例会") && taken.text().contains("120****0109"), "{}", taken.text());
    assert!(!taken.text().contains("12000000109"), "{}", taken.text());
    officer.get("/api/v1/chambers/export").await.assert_status(400);
    officer.get("/api/v1/chambers/export?reason=x&sort=name").await.assert_status(400);
    let all = officer.get("/api/v1/chambers/export?reason=x").await.assert_status(200);
    assert!(all.header("content-disposition").unwrap().contains(".xlsx"));
    assert!(names(&all, "a.xlsx").contains(&"乙商会".to_owned()));
    let trail =
        app.token(Role::Auditor).get("/api/v1/audit?action=chamber.export").await.assert_status(200).json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 2);
    assert_eq!(trail["items"][1]["reason"], "周五例会");
}

#[actix_web::test]
async fn every_agreement_and_recognition_that_holds_leaves_and_comes_back() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let made = chamber(&app, "甲商会", Some("450721")).await;
    let entries = format!("{}/entries", path(&made));
    for (kind, word, name, from_on) in [
        ("agreement", "memorandum", "示例备忘录", "2025-01-01"),
        ("agreement", "other", "示例合作协议", "2026-01-01"),
        ("agreement", "other", "示例委托协议", "2025-06-01"),
        ("recognition", "political_guidance", "示例市工商联", "2024-01-01"),
        ("recognition", "team_building", "示例市工商联", "2026-01-01"),
    ] {
        let entry =
            json!({ "kind": kind, "word": word, "name": name, "from_on": from_on, "to_on": "2099-12-31" });
        officer.post_json(&entries, entry).await.assert_status(201);
    }
    let file = officer.get("/api/v1/chambers/export?reason=x").await.assert_status(200);
    let reference = Reference::load(None).unwrap();
    let (format, workbook) = open(file.bytes(), "a.xlsx").unwrap();
    let rows = read(format, workbook, file.bytes(), &reference).unwrap().0;
    let lines = rows.into_iter().map(|row| row.result.unwrap());
    let mut told: Vec<(String, Option<String>)> = lines
        .flat_map(|line| line.entries)
        .map(|entry| (entry.name.unwrap(), entry.from_on.map(|day| day.to_string())))
        .collect();
    told.sort();
    let wanted = [
        ("示例合作协议", "2026-01-01"),
        ("示例备忘录", "2025-01-01"),
        ("示例委托协议", "2025-06-01"),
        ("示例市工商联", "2024-01-01"),
        ("示例市工商联", "2026-01-01"),
    ];
    assert_eq!(told, wanted.map(|(name, day)| (name.to_owned(), Some(day.to_owned()))));
}
