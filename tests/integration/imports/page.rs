//! The same by page: bring a file, look, confirm.

use super::{fixture, investors, leads, ledger};
use crate::support::{Client, Response, TestApp};
use serde_json::json;
use yinfeng::accounts::Role;

async fn uploaded(browser: &Client, name: &str, content: &[u8]) -> String {
    let answer = browser.upload("/imports", &[("kind", "leads")], name, content).await;
    answer.assert_status(303).location()
}

async fn confirm(browser: &Client, page: &str, fields: &[(&str, &str)]) -> Response {
    browser.post_form(&format!("{page}/application"), fields).await
}

#[actix_web::test]
async fn a_preview_shows_each_row_and_what_becomes_of_it() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let page = uploaded(&browser, "ledger.xlsx", &fixture("ledger.xlsx")).await;
    let shown = browser.get(&page).await.assert_status(200).text();
    // Also of a duplicate one has to see what it would be.
    for words in ["青藤绒玩具项目", "橙云陈皮加工项目", "青藤绒二期项目", "2-3亿", "填表说明", "备份"]
    {
        assert!(shown.contains(words), "{words}");
    }
    let rejected = browser.get(&format!("{page}?outcome=rejected")).await.assert_status(200).text();
    assert!(rejected.contains("2-3亿") && !rejected.contains("橙云陈皮加工项目"));
    assert!(browser.get("/imports").await.text().contains(&page));
    assert_eq!(leads(&app).await, 0);
}

#[actix_web::test]
async fn a_confirmed_one_is_imported_and_leads_to_its_leads() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let page = uploaded(&browser, "ledger.xls", &fixture("ledger.xls")).await;
    let done = confirm(&browser, &page, &[("duplicates", "none")]).await.assert_status(303);
    assert_eq!(done.location(), page);
    let shown = browser.get(&page).await.assert_status(200).text();
    let list = shown.split('"').find(|text| text.starts_with("/leads?import=")).unwrap().to_owned();
    let list = browser.get(&list).await.assert_status(200).text();
    assert!(list.contains("石湾精细化工项目") && !list.contains("青藤绒二期项目"));
    assert_eq!(leads(&app).await, 3);
    confirm(&browser, &page, &[]).await.assert_status(409);
}

#[actix_web::test]
async fn ticked_duplicates_are_imported_with_the_reason() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let names = investors(2);
    app.new_lead(json!({ "investor_name": names[0] })).await;
    app.new_lead(json!({ "investor_name": names[1] })).await;
    let content = ledger(names.iter().map(String::as_str));
    let page = uploaded(&browser, "ledger.csv", content.as_bytes()).await;
    let ticked = [("duplicates", "ticked"), ("positions", "1"), ("accept_duplicates", "")];
    let wrong = confirm(&browser, &page, &ticked).await.assert_status(422).text();
    assert!(wrong.contains("name=\"positions\""), "the preview is there again");
    assert_eq!(leads(&app).await, 2);
    let ticked = [("duplicates", "ticked"), ("positions", "1"), ("accept_duplicates", "二期项目")];
    confirm(&browser, &page, &ticked).await.assert_status(303);
    assert_eq!(leads(&app).await, 3);
    let shown = browser.get(&format!("{page}?outcome=imported")).await.text();
    assert!(shown.contains(&names[1]) && !shown.contains(&names[0]));
}

#[actix_web::test]
async fn a_discarded_one_is_gone() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let page = uploaded(&browser, "ledger.ods", &fixture("ledger.ods")).await;
    let gone = browser.post_form(&format!("{page}/discarding"), &[]).await.assert_status(303);
    assert_eq!(gone.location(), "/imports");
    browser.get(&page).await.assert_status(404);
    assert_eq!(leads(&app).await, 0);
}
