//! Rows that cannot be read come back as a spreadsheet: put right there, they are imported from it.

use super::{apply, investors, leads, path, preview, rows};
use crate::support::{Client, TestApp};
use calamine::{Data, Reader, Xlsx};
use serde_json::json;
use std::io::Cursor;
use yinfeng::accounts::Role;

/// The first sheet, row by row.
fn sheet(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

/// Three rows: of an impossible amount, a good one, of a place that is none here.
async fn import(client: &Client) -> serde_json::Value {
    let names = investors(3);
    let content = format!(
        "项目名称,投资方,县区,产业,总投资(万元),来源\n甲,{},灵山县,其他,2-3亿,自主招商\n乙,{},灵山县,其他,500,自主招商\n丙,{},=火星,其他,500,自主招商\n",
        names[0], names[1], names[2]
    );
    preview(client, "线索.csv", content.as_bytes()).await
}

#[actix_web::test]
async fn rejected_rows_come_back_with_the_reason_in_the_last_column() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = import(&officer).await;
    let before = rows(&officer, &import).await;
    let fields: Vec<_> = before.iter().map(|row| row["field"].clone()).collect();
    assert_eq!(fields, [json!("total_investment"), json!(null), json!("county")]);
    let download = officer.get(&format!("{}/rejected", path(&import))).await.assert_status(200);
    assert!(download.header("content-disposition").unwrap().starts_with("attachment"));
    let found = sheet(download.bytes());
    assert_eq!(found[0], ["项目名称", "投资方", "县区", "产业", "总投资(万元)", "来源", "原因"]);
    assert_eq!(found.len(), 3);
    assert_eq!((found[1][0].as_str(), found[1][4].as_str()), ("甲", "2-3亿"));
    assert!(found[1][6].contains("2-3亿"), "{:?}", found[1]);
    assert_eq!((found[2][0].as_str(), found[2][2].as_str()), ("丙", "=火星"), "a formula stays a text");
    assert!(found[2][6].contains("火星"), "{:?}", found[2]);
    let by_page = app.browser_of(&app.person(Role::BureauOfficer));
    let by_page = by_page.get(&format!("/imports/{}/rejected", import["id"].as_str().unwrap())).await;
    assert_eq!(sheet(by_page.assert_status(200).bytes()), found);
}

#[actix_web::test]
async fn put_right_they_are_imported_from_the_same_sheet() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = import(&officer).await;
    apply(&officer, &import, json!({})).await;
    let download = officer.get(&format!("{}/rejected", path(&import))).await.assert_status(200);
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, cells) in (0..).zip(sheet(download.bytes())) {
        for (column, text) in (0..).zip(cells) {
            let text = match text.as_str() {
                "2-3亿" => "2.5亿",
                "=火星" => "浦北县",
                text => text,
            };
            page.write_string(row, column, text).unwrap();
        }
    }
    let again = preview(&officer, "again.xlsx", &book.save_to_buffer().unwrap()).await;
    assert_eq!((again["new"].as_i64(), again["rejected"].as_i64()), (Some(2), Some(0)));
    apply(&officer, &again, json!({})).await;
    assert_eq!(leads(&app).await, 3);
}
