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

#[actix_web::test]
async fn what_waits_for_review_stands_first_page_by_page() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (name, status) in [
        ("商会A", "active"),
        ("商会B", "review"),
        ("商会C", "inactive"),
        ("商会D", "review"),
        ("商会E", "active"),
    ] {
        let body = json!({ "kind": "local", "name": name, "status": status });
        add(&officer, body).await.assert_status(201);
        let body = json!({ "kind": "person", "name": name, "status": status, "region": "450721" });
        officer.post_json("/api/v1/referrers", body).await.assert_status(201);
    }
    let expected = ["商会B", "商会D", "商会A", "商会C", "商会E"];
    for register in ["chambers", "referrers"] {
        for (sort, reversed) in [("", false), ("&sort=review", false), ("&sort=-review", true)] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/api/v1/{register}?limit=1{sort}{cursor}");
                let page = officer.get(&path).await.assert_status(200).json();
                seen.push(text(&page["items"][0], "name").to_owned());
                let Some(next) = page["next_cursor"].as_str() else { break };
                cursor = format!("&cursor={next}");
            }
            if reversed {
                seen.reverse();
            }
            assert_eq!(seen, expected, "{register}{sort}");
        }
        let page =
            app.signed_in(Role::BureauOfficer).get(&format!("/{register}")).await.assert_status(200).text();
        let at = |name: &str| page.find(&format!(">{name}<")).unwrap();
        assert!(expected.windows(2).all(|pair| at(pair[0]) < at(pair[1])), "{register}");
    }
    // Who sees names only would learn from the order what waits.
    let leader = app.token(Role::CountyLeader);
    let names = leader.get("/api/v1/referrers").await.assert_status(200).json();
    assert_eq!(text(&names["items"][0], "name"), "商会A");
    leader.get("/api/v1/referrers?sort=review").await.assert_status(400);
    // The bureau's home counts both, and each number is that of its list.
    let home = app.signed_in(Role::BureauOfficer).get("/").await.assert_status(200).text();
    let section = home.split_once("id=\"review\"").unwrap().1.split("</section>").next().unwrap();
    for register in ["chambers", "referrers"] {
        let href = format!("/{register}?status=review");
        let row = section.split_once(&href).unwrap().1.split("</a>").next().unwrap();
        assert!(row.contains(">2<"), "{row}");
        let list = app.signed_in(Role::BureauOfficer).get(&href).await.assert_status(200).text();
        assert_eq!(list.matches("<td class=\"row-name\">").count(), 2);
    }
    assert!(!app.signed_in(Role::CountyOfficer).get("/").await.text().contains("id=\"review\""));
}

#[actix_web::test]
async fn a_record_is_deleted_by_a_page_unless_leads_name_it() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let free = chamber(&app, "没人用的商会", None).await;
    let at = format!("/chambers/{}", text(&free, "id"));
    assert!(browser.get(&at).await.assert_status(200).text().contains(&format!("{at}/deletion\"")));
    let page = browser.get(&format!("{at}/deletion")).await.assert_status(200).text();
    assert!(page.contains("<form class=\"card confirm\"") && page.contains("没人用的商会"));
    browser.post_form(&format!("{at}/deletion"), &[("version", "7")]).await.assert_status(412);
    let done = browser.post_form(&format!("{at}/deletion"), &[("version", "1")]).await.assert_status(303);
    assert_eq!(done.location(), "/chambers");
    browser.get(&at).await.assert_status(404);
    let named = chamber(&app, "有线索的商会", None).await;
    lead_of(&app, &named, "甲示例公司", "450721").await;
    let at = format!("/chambers/{}", text(&named, "id"));
    let page = browser.get(&format!("{at}/deletion")).await.assert_status(200).text();
    assert!(!page.contains("<form class=\"card confirm\""), "nothing to press");
    assert!(page.contains(&format!("{at}/merger\"")) && page.contains("不能删除"), "{page}");
    let refused = browser.post_form(&format!("{at}/deletion"), &[("version", "1")]).await.assert_status(409);
    assert!(refused.text().contains(&format!("{at}/merger\"")));
    browser.get(&at).await.assert_status(200);
    let body = json!({ "kind": "person", "name": "没人用的人" });
    let person = app.token(Role::BureauOfficer).post_json("/api/v1/referrers", body).await.assert_status(201);
    let at = format!("/referrers/{}", text(&person.json(), "id"));
    browser.get(&format!("{at}/deletion")).await.assert_status(200);
    browser.post_form(&format!("{at}/deletion"), &[("version", "1")]).await.assert_status(303);
    browser.get(&at).await.assert_status(404);
}

#[actix_web::test]
async fn a_phone_is_shown_by_a_page_for_a_reason_that_is_kept() {
    use diesel::prelude::*;
    use yinfeng::schema::audit_entries;
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let browser = app.signed_in(Role::BureauOfficer);
    let body = json!({ "kind": "local", "name": "示例商会", "phone": "12000000105" });
    let made = add(&officer, body).await.assert_status(201).json();
    let person = json!({ "kind": "person", "name": "示例引荐人", "phone": "12000000105" });
    let person = officer.post_json("/api/v1/referrers", person).await.assert_status(201).json();
    for (register, record) in [("chambers", &made), ("referrers", &person)] {
        let at = format!("/{register}/{}", text(record, "id"));
        assert!(browser.get(&at).await.assert_status(200).text().contains(&format!("{at}/disclosures\"")));
        let path = format!("{at}/disclosures");
        assert!(!browser.get(&path).await.assert_status(200).text().contains("12000000105"));
        browser.post_form(&path, &[("reason", " ")]).await.assert_status(422);
        let shown = browser.post_form(&path, &[("reason", "约活动时间")]).await.assert_status(200);
        assert!(shown.text().contains("12000000105"));
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        let auditor = app.signed_in(Role::Auditor);
        assert!(!auditor.get(&at).await.assert_status(200).text().contains("/disclosures"));
    }
    let reasons: Vec<Option<String>> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("contact.disclose"))
            .select(audit_entries::reason)
            .load(conn)
    });
    assert_eq!(reasons, vec![Some("约活动时间".to_owned()); 2]);
}
