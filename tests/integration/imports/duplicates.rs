//! Duplicates stay out unless somebody says why not.

use super::{apply, investors, leads, ledger, made, outcomes, path, preview, rows};
use crate::support::leads::lead_body;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// New, a duplicate of a lead, a duplicate of the first row, new.
async fn four_rows(app: &TestApp, client: &Client) -> (Value, Value) {
    let names = investors(3);
    let known = app.new_lead(json!({ "investor_name": names[1] })).await;
    let rows = [&names[0], &names[1], &names[0], &names[2]];
    let import = preview(client, "ledger.csv", ledger(rows.map(String::as_str)).as_bytes()).await;
    (import, known)
}

#[actix_web::test]
async fn each_names_what_it_duplicates_and_stays_out() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (import, known) = four_rows(&app, &officer).await;
    let found = rows(&officer, &import).await;
    assert_eq!(outcomes(&found), ["new", "duplicate", "duplicate", "new"]);
    assert_eq!(found[1]["of_lead"], known["id"]);
    assert_eq!(found[2]["of_row"], found[0]["row"]);
    assert_eq!(apply(&officer, &import, json!({})).await["imported"], 2);
    assert_eq!(outcomes(&rows(&officer, &import).await), ["imported", "duplicate", "duplicate", "imported"]);
    assert_eq!(leads(&app).await, 3);
}

#[actix_web::test]
async fn all_are_accepted_with_a_reason_and_reported_as_leads() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (import, known) = four_rows(&app, &officer).await;
    let applied = apply(&officer, &import, json!({ "accept_duplicates": "同一企业的二期项目" })).await;
    assert_eq!((applied["imported"].as_i64(), applied["duplicate"].as_i64()), (Some(4), Some(0)));
    let found = rows(&officer, &import).await;
    assert_eq!(outcomes(&found), ["imported"; 4]);
    assert_eq!(found[1]["investor"], known["investor_name"]);
    let made = made(&officer, &import).await;
    for row in &found {
        assert!(made.contains_key(row["title"].as_str().unwrap()), "{row}");
        assert_eq!((&row["of_row"], &row["of_lead"]), (&json!(null), &json!(null)));
    }
    let trail = app.token(Role::Auditor).get("/api/v1/audit?action=import.apply").await.json();
    assert_eq!(trail["items"][0]["reason"], "同一企业的二期项目");
    assert_eq!(leads(&app).await, 5);
}

#[actix_web::test]
async fn those_named_by_position_are_accepted_and_no_others() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (import, _) = four_rows(&app, &officer).await;
    apply(&officer, &import, json!({ "accept_duplicates": "二期", "positions": [2] })).await;
    assert_eq!(outcomes(&rows(&officer, &import).await), ["imported", "duplicate", "imported", "imported"]);
}

#[actix_web::test]
async fn none_is_accepted_without_a_reason() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (import, _) = four_rows(&app, &officer).await;
    for body in [json!({ "accept_duplicates": "  " }), json!({ "positions": [1] })] {
        let refused =
            officer.post_json(&format!("{}/application", path(&import)), body).await.assert_status(422);
        assert_eq!(refused.faults(), [("accept_duplicates".to_owned(), "reason-required".to_owned())]);
    }
    for position in [9999, -1, 0] {
        let body = json!({ "accept_duplicates": "二期", "positions": [1, position] });
        let refused =
            officer.post_json(&format!("{}/application", path(&import)), body).await.assert_status(422);
        assert_eq!(refused.faults(), [("positions".to_owned(), "not-a-duplicate".to_owned())], "{position}");
    }
    assert_eq!(officer.get(&path(&import)).await.json()["status"], "previewed");
    assert_eq!(leads(&app).await, 1);
}

/// A county officer is told that a company is known, not by whom: another county's lead does not exist for him.
#[actix_web::test]
async fn a_lead_out_of_sight_is_not_named() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let names = investors(2);
    let elsewhere = json!({ "investor_name": names[0], "county": "450722" });
    app.new_lead(elsewhere.clone()).await;
    let content = ledger(names.iter().map(String::as_str));
    let import = preview(&county, "ledger.csv", content.as_bytes()).await;
    // The second becomes known between preview and application.
    let body = lead_body(json!({ "investor_name": names[1], "county": "450722" }));
    app.token(Role::BureauOfficer).post_json("/api/v1/leads", body).await.assert_status(201);
    apply(&county, &import, json!({})).await;
    for row in rows(&county, &import).await {
        assert_eq!((&row["outcome"], &row["of_lead"]), (&json!("duplicate"), &json!(null)), "{row}");
    }
}
