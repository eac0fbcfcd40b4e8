//! The register's pages: list, record, form, merger, as a browser uses them.

use super::{add, chamber, lead_of, text};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_chamber_is_added_changed_and_found_by_forms() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    browser.get("/chambers/new").await.assert_status(200);
    let typed = [
        ("name", "示例市灵山商会"),
        ("kind", "other_city"),
        ("region", "灵山县"),
        ("contact_person", "灵示会"),
        ("phone", "12000000101"),
        ("note", "会员三十四家"),
    ];
    let added = browser.post_form("/chambers", &typed).await.assert_status(303);
    let shown = browser.get(&added.location()).await.assert_status(200);
    let page = shown.text();
    for part in ["示例市灵山商会", "广西壮族自治区钦州市灵山县", "120****0101", "会员三十四家", "已登记。"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("12000000101"));
    let edit = format!("{}/edit", added.location());
    let form = browser.get(&edit).await.assert_status(200).text();
    assert!(form.contains("广西壮族自治区钦州市灵山县") && !form.contains("12000000101"), "{form}");
    assert!(!form.contains("已登记。"), "a sentence is said once");
    // An empty phone keeps what is there.
    let changed =
        [("name", "灵山商会"), ("kind", "local"), ("status", "inactive"), ("version", "1"), ("phone", "")];
    browser.post_form(&added.location(), &changed).await.assert_status(303);
    let api = app.token(Role::BureauOfficer);
    let record = api.get(&format!("/api/v1{}", added.location())).await.assert_status(200).json();
    assert_eq!((text(&record, "name"), text(&record, "phone")), ("灵山商会", "120****0101"));
    assert_eq!((text(&record, "status"), &record["region"]), ("inactive", &json!(null)));
    let list = browser.get("/chambers?status=inactive").await.assert_status(200).text();
    assert!(list.contains("灵山商会"));
    let part = browser.get("/chambers?q=nobody").header("hx-request", "true").await.assert_status(200);
    assert!(!part.text().contains("<html"), "{}", part.text());
    assert!(!part.text().contains("灵山商会"));
}

#[actix_web::test]
async fn what_was_typed_comes_back_with_its_fault() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let wrong = [("name", "示例商会"), ("kind", "local"), ("region", ""), ("contact_person", "某某某")];
    let page = browser.post_form("/chambers", &wrong).await.assert_status(422).text();
    assert!(page.contains("某某某") && page.contains("f-name-error"), "{page}");
    let nowhere = [("name", "新商会"), ("kind", "club"), ("region", "没有的地方")];
    let page = browser.post_form("/chambers", &nowhere).await.assert_status(422).text();
    assert!(page.contains("没有的地方") && page.contains("f-region-error") && page.contains("f-kind-error"));
    let at = format!("/chambers/{}", text(&made, "id"));
    let stale = [("name", "改过的名字"), ("kind", "local"), ("status", "active"), ("version", "7")];
    let page = browser.post_form(&at, &stale).await.assert_status(412).text();
    assert!(page.contains("改过的名字"), "{page}");
    let bare = [("name", "改过的名字"), ("kind", "local"), ("status", "active")];
    browser.post_form(&at, &bare).await.assert_status(428);
    let county = app.signed_in(Role::CountyOfficer);
    let foreign = [("name", "浦北示例商会"), ("kind", "local"), ("region", "浦北县")];
    let page = county.post_form("/chambers", &foreign).await.assert_status(403).text();
    assert!(page.contains("浦北示例商会") && page.contains("f-region-error"), "{page}");
}

#[actix_web::test]
async fn two_records_are_merged_by_a_form() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let (from, into) = (chamber(&app, "写错的商会", None).await, chamber(&app, "写对的商会", None).await);
    lead_of(&app, &from, "甲示例公司", "450721").await;
    let at = format!("/chambers/{}/merger", text(&from, "id"));
    let page = browser.get(&at).await.assert_status(200).text();
    let choice = format!("{} 写对的商会", text(&into, "code"));
    assert!(page.contains(&choice) && !page.contains(&format!("{} 写错的商会", text(&from, "code"))));
    let nobody = browser.post_form(&at, &[("into", "没有这家"), ("version", "1")]).await.assert_status(422);
    assert!(nobody.text().contains("没有这家"));
    browser.post_form(&at, &[("into", ""), ("version", "1")]).await.assert_status(422);
    let done =
        browser.post_form(&at, &[("into", choice.as_str()), ("version", "1")]).await.assert_status(303);
    assert_eq!(done.location(), format!("/chambers/{}", text(&into, "id")));
    assert!(browser.get(&done.location()).await.assert_status(200).text().contains("已合并"));
    browser.get(&format!("/chambers/{}", text(&from, "id"))).await.assert_status(404);
}

#[actix_web::test]
async fn pages_are_turned_both_ways() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for name in ["A", "B", "C"] {
        add(&officer, json!({ "kind": "local", "name": format!("商会{name}") })).await.assert_status(201);
    }
    let browser = app.signed_in(Role::BureauOfficer);
    let href = |page: &str, rel: &str| {
        let rest = page.split(&format!("rel=\"{rel}\" href=\"")).nth(1)?;
        Some(rest.split('"').next()?.replace("&amp;", "&").replace("&#x2F;", "/"))
    };
    let names = |page: &str| ["商会A", "商会B", "商会C"].map(|name| page.contains(&format!(">{name}<")));
    let first = browser.get("/chambers?limit=2").await.assert_status(200).text();
    assert_eq!((names(&first), href(&first, "prev")), ([true, true, false], None));
    let second = browser.get(&href(&first, "next").unwrap()).await.assert_status(200).text();
    assert_eq!((names(&second), href(&second, "next")), ([false, false, true], None));
    let back = browser.get(&href(&second, "prev").unwrap()).await.assert_status(200).text();
    assert_eq!((names(&back), href(&back, "prev")), ([true, true, false], None));
}

#[actix_web::test]
async fn a_county_leader_s_page_of_referrers_says_names_only() {
    let app = TestApp::new().await;
    let body =
        json!({ "kind": "townsman", "name": "韦示例", "region": "450721", "contact_person": "某某某" });
    let made = app.token(Role::BureauOfficer).post_json("/api/v1/referrers", body).await.assert_status(201);
    let leader = app.signed_in(Role::CountyLeader);
    for path in ["/referrers".to_owned(), format!("/referrers/{}", text(&made.json(), "id"))] {
        let page = leader.get(&path).await.assert_status(200).text();
        // The frame around it names the reader's own county.
        let page = page.split_once("<main").map(|(_, main)| main).unwrap();
        assert!(page.contains("韦示例"), "{page}");
        assert!(
            !page.contains("某某某") && !page.contains("灵山县</") && !page.contains("referrer-kind-<"),
            "{page}"
        );
    }
    let browser = app.signed_in(Role::BureauOfficer);
    let typed = [("name", "陆示例"), ("kind", "person"), ("phone", "12000000102")];
    let added = browser.post_form("/referrers", &typed).await.assert_status(303);
    assert!(browser.get(&added.location()).await.assert_status(200).text().contains("120****0102"));
    browser.get(&format!("{}/edit", added.location())).await.assert_status(200);
    browser.get(&format!("{}/merger", added.location())).await.assert_status(200);
}
