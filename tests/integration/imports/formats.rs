//! One ledger in every format is one ledger.

use super::{fixture, leads, outcomes, preview, rows};
use crate::support::TestApp;
use crate::support::leads::lead_body;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// What LibreOffice wrote, with merged cells, dates, formulas, notes and a hidden sheet.
#[actix_web::test]
async fn what_libreoffice_saves_reads_the_same_as_xlsx_xls_and_ods() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let mut first: Option<(Vec<Value>, Value)> = None;
    for name in ["ledger.xlsx", "ledger.xls", "ledger.ods"] {
        let import = preview(&officer, name, &fixture(name)).await;
        let found = rows(&officer, &import).await;
        assert_eq!(outcomes(&found), ["new", "new", "rejected", "duplicate", "new"], "{name}");
        let mut skipped = import["skipped_sheets"].as_array().unwrap().clone();
        skipped.sort_by_key(Value::to_string);
        assert_eq!(json!(skipped), json!([["填表说明", "no_header"], ["备份", "hidden"]]), "{name}");
        let (of_first, skipped_first) = first.get_or_insert_with(|| (found.clone(), json!(skipped)));
        assert_eq!((&found, &json!(skipped)), (&*of_first, &*skipped_first), "{name}");
    }
    let (found, _) = first.unwrap();
    let told = |row: &Value| {
        ["row", "county", "total_investment_fen", "registered_on", "phone"].map(|name| row[name].clone())
    };
    assert_eq!(
        told(&found[0]),
        [json!(3), json!("450721"), json!(12_000_500_000_i64), json!("2026-09-02"), json!("12000000101")]
    );
    assert_eq!(
        told(&found[1]),
        [json!(4), json!("450721"), json!(24_001_000_000_i64), json!("2026-09-15"), json!("12000000102")]
    );
    assert_eq!((&found[2]["row"], &found[2]["field"]), (&json!(6), &json!("total_investment")));
    assert_eq!((&found[3]["row"], &found[3]["of_row"]), (&json!(7), &json!(3)));
    assert_eq!(
        told(&found[4]),
        [json!(8), json!("450722"), json!(35_000_000_000_i64), json!("2026-10-12"), json!("12000000103")]
    );
}

#[actix_web::test]
async fn a_text_is_read_in_the_encodings_that_excel_writes() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let text = "项目名称,投资方,县区,产业,总投资(万元),来源\n青瓷项目,东莞市青瓷（虚构）有限公司,灵山县,玩具服装,1200,自主招商\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let marked = format!("\u{FEFF}{text}");
    let mut found = Vec::new();
    for content in [text.as_bytes(), marked.as_bytes(), &*gb18030] {
        let import = preview(&officer, "ledger.csv", content).await;
        found.push(rows(&officer, &import).await);
    }
    assert_eq!(found[0][0]["investor"], "东莞市青瓷（虚构）有限公司");
    assert_eq!(found[0][0]["total_investment_fen"], json!(1_200_000_000_i64));
    assert!(found.iter().all(|rows| *rows == found[0]), "{found:?}");
}

#[actix_web::test]
async fn bodies_of_the_api_are_taken_one_a_line_and_a_malformed_one_is_a_rejected_row() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (first, last) = (lead_body(json!({})), lead_body(json!({ "total_investment_fen": 100 })));
    let lines = format!("{first}\n{{\"title\": \"half\n{last}\n");
    let import = preview(&officer, "leads.jsonl", lines.as_bytes()).await;
    let found = rows(&officer, &import).await;
    assert_eq!(outcomes(&found), ["new", "rejected", "new"]);
    assert_eq!((&found[1]["row"], &found[1]["field"]), (&json!(2), &json!("line")));
    let applied = super::apply(&officer, &import, json!({})).await;
    assert_eq!((applied["imported"].as_i64(), applied["rejected"].as_i64()), (Some(2), Some(1)));
    let page = officer.get("/api/v1/leads?sort=code").await.assert_status(200).json();
    assert_eq!(page["items"][0]["investor_name"], first["investor_name"]);
    assert_eq!(leads(&app).await, 2);
}
