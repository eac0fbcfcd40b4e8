//! Papers of an application through HTTP: who gets which, when, and with how much of an account.

use super::{draft, path, people, read, step, walk};
use crate::support::{Client, Response, TestApp};
use calamine::{Data, Reader, Xlsx};
use diesel::prelude::*;
use serde_json::Value;
use std::io::Cursor;
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

/// Made up; no bank has it.
const ACCOUNT: &str = "6222000000001234";

async fn paper(client: &Client, application: &Value, name: &str) -> Response {
    client.get(&path(application, &format!("/papers/{name}"))).await
}

/// The cells of a spreadsheet's only sheet, as texts.
pub fn cells(xlsx: &[u8]) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::String(text) => text.clone(),
        other => other.to_string(),
    };
    range.used_cells().map(|(_, _, cell)| text(cell)).collect()
}

/// Gives the payee of an application an account, as the county enters it.
async fn enter_account(county: &Client, application: &Value) {
    let payee = application["payees"][0]["referrer_id"].as_str().unwrap();
    let at = format!("/api/v1/referrers/{payee}");
    let etag = county.get(&at).await.assert_status(200).etag();
    let change = serde_json::json!({ "bank_name": "示例银行", "bank_account": ACCOUNT });
    county.patch_json(&at, &etag, change).await.assert_status(200);
}

fn disclosures(app: &TestApp, reason: &str) -> i64 {
    app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("contact.disclose"))
            .filter(audit_entries::reason.eq(reason))
            .count()
            .get_result(conn)
    })
}

#[actix_web::test]
async fn each_paper_is_there_once_the_application_has_come_that_far() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    for (name, status) in [
        ("application_form.pdf", 200),
        ("computation_sheet.pdf", 200),
        ("computation_sheet.xlsx", 200),
        ("review_form.pdf", 409),
        ("public_notice.pdf", 409),
        ("payment_list.xlsx", 409),
        ("application_form.xlsx", 404),
        ("diploma.pdf", 404),
    ] {
        let answer = paper(&people.creator, &application, name).await.assert_status(status);
        assert_eq!(status == 200 && name.ends_with("pdf"), answer.bytes().starts_with(b"%PDF-"), "{name}");
    }
    walk(&app, &people, &application, "in_notice").await;
    for name in ["application_form", "computation_sheet", "review_form", "public_notice", "payment_list"] {
        let answer = paper(&people.bureau, &application, &format!("{name}.pdf")).await.assert_status(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.header("content-disposition").unwrap().contains("JL-"), "{name}");
        let page = format!("/award-applications/{}", application["id"].as_str().unwrap());
        let browser = app.signed_in(Role::Auditor);
        let shown = browser.get(&page).await.assert_status(200).text();
        assert!(shown.contains(&format!("{page}/papers/{name}.pdf")), "{name}");
        browser.get(&format!("{page}/papers/{name}.pdf")).await.assert_status(200);
    }
    let leader = app.token(Role::CountyLeader);
    paper(&leader, &application, "application_form.pdf").await.assert_status(403);
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    paper(&elsewhere, &application, "application_form.pdf").await.assert_status(404);
}

#[actix_web::test]
async fn the_computation_sheet_has_each_step_and_the_amount_as_a_figure() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let shown = read(&people.bureau, &application).await;
    let sheet = paper(&people.bureau, &application, "computation_sheet.xlsx").await.assert_status(200);
    let cells = cells(sheet.bytes());
    for step in shown["award"]["steps"].as_array().unwrap() {
        assert!(cells.iter().any(|cell| cell == step["text"].as_str().unwrap()), "{step}");
    }
    let yuan = (shown["amount_fen"].as_i64().unwrap() / 100).to_string();
    assert!(yuan != "0" && cells.contains(&yuan), "{yuan}: {cells:?}");
}

#[actix_web::test]
async fn an_account_is_told_to_who_pays_and_who_entered_it_and_each_time_is_in_the_trail() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    enter_account(&people.creator, &application).await;
    walk(&app, &people, &application, "finance_reviewed").await;
    let code = application["code"].as_str().unwrap();
    let told = async |client: &Client| {
        let sheet = paper(client, &application, "payment_list.xlsx").await.assert_status(200);
        cells(sheet.bytes()).join("\n")
    };
    for (client, number) in [(&people.finance, 1), (&people.creator, 2)] {
        assert!(told(client).await.contains(ACCOUNT));
        assert_eq!(disclosures(&app, code), number);
    }
    let auditor = told(&app.token(Role::Auditor)).await;
    assert!(auditor.contains("****1234") && !auditor.contains(ACCOUNT), "{auditor}");
    for client in [&people.bureau, &people.head] {
        let list = told(client).await;
        assert!(!list.contains("1234") && !list.contains("示例银行") && list.contains("********"), "{list}");
    }
    assert_eq!(disclosures(&app, code), 2, "what is not told is no disclosure");
}
