//! The pages: from a search to its name, what is new, and back.

use super::{PATH, body};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

/// Where a redirect leads.
fn location(response: &crate::support::Response) -> String {
    response.header("location").unwrap().to_owned()
}

#[actix_web::test]
async fn a_search_is_saved_from_its_page_and_tells_of_new_leads() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    app.new_lead(json!({ "title": "旧陈皮线索" })).await;
    app.settle();
    let empty = browser.get("/saved-searches").await.assert_status(200).text();
    assert!(empty.contains("还没有保存的搜索"), "{empty}");
    let help = browser.get("/search").await.assert_status(200).text();
    assert!(!help.contains("/saved-searches/new"), "nothing is asked yet");
    let phone = browser.get("/search?q=12000000001").await.assert_status(200).text();
    assert!(!phone.contains("/saved-searches/new"), "a number is not kept");
    let found = browser.get("/search?q=%E9%99%88%E7%9A%AE+%E5%8E%BF%3A%E7%81%B5%E5%B1%B1").await.text();
    let link = found.split("href=\"").find(|part| part.starts_with("/saved-searches/new")).unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    let form = browser.get(&link).await.assert_status(200).text();
    assert!(form.contains("县区：灵山县") || form.contains("意向县区：灵山县"), "{form}");
    let query = "q=陈皮&county=450721";
    let wrong =
        browser.post_form("/saved-searches", &[("name", ""), ("query", query), ("tell", "true")]).await;
    let wrong = wrong.assert_status(422).text();
    assert!(wrong.contains("450721") && wrong.contains("这一项要填"), "{wrong}");
    let fields = [("name", "灵山陈皮"), ("query", query), ("tell", "true")];
    let saved = browser.post_form("/saved-searches", &fields).await.assert_status(303);
    let page = location(&saved);
    let nothing = browser.get(&page).await.assert_status(200).text();
    assert!(nothing.contains("没有新的") && nothing.contains("灵山陈皮"), "{nothing}");
    app.new_lead(json!({ "title": "新陈皮线索" })).await;
    app.settle();
    assert!(browser.get("/saved-searches").await.assert_status(200).text().contains("1 条新的"));
    let home = browser.get("/").await.assert_status(200).text();
    assert!(home.contains("灵山陈皮") && home.contains("1 条新的"), "{home}");
    let new = browser.get(&page).await.assert_status(200).text();
    assert!(new.contains("新陈皮线索") && !new.contains("旧陈皮线索"), "{new}");
    let through =
        new.split("name=\"through\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let seen = browser.post_form(&format!("{page}/reading"), &[("through", &through)]).await;
    assert_eq!(location(&seen.assert_status(303)), "/saved-searches");
    assert!(!browser.get("/").await.assert_status(200).text().contains("条新的"));
    browser.post_form(&format!("{page}/subscription"), &[("tell", "false")]).await.assert_status(303);
    let untold = browser.get(&page).await.assert_status(200).text();
    assert!(untold.contains("现在没有为您开启提示"), "{untold}");
    browser.post_form(&format!("{page}/subscription"), &[("tell", "true")]).await.assert_status(303);
    let edit = [("name", "灵山县陈皮"), ("shared", "true"), ("version", "7")];
    let stale = browser.post_form(&page, &edit).await;
    stale.assert_status(412);
    let edit = [("name", "灵山县陈皮"), ("shared", "true"), ("version", "1")];
    browser.post_form(&page, &edit).await.assert_status(303);
    let head = app.signed_in(Role::BureauHead);
    let shared = head.get(&page).await.assert_status(200).text();
    assert!(shared.contains("灵山县陈皮") && !shared.contains(&format!("{page}/edit")), "{shared}");
    browser.get(&format!("{page}/removal")).await.assert_status(200);
    browser.post_form(&format!("{page}/removal"), &[("version", "2")]).await.assert_status(303);
    browser.get(&page).await.assert_status(404);
}

#[actix_web::test]
async fn people_and_chambers_are_named_in_what_a_search_asks() {
    let app = TestApp::new().await;
    let (officer, leader) = (app.token(Role::BureauOfficer), app.person(Role::CountyLeader));
    let chamber = app.new_chamber("示例荔湾商会");
    let query = format!("chamber={chamber}&leader={}&officer=none&investment=50m&registered=2026", leader.id);
    officer.post_json(PATH, body(json!({ "query": query }))).await.assert_status(201);
    let page = app.signed_in(Role::BureauOfficer).get("/saved-searches").await.assert_status(200).text();
    for wanted in ["示例荔湾商会", &leader.display_name, "5000 万至 1 亿元", "2026"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}
