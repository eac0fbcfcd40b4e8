//! Lists of one order: both directions, page by page, with a total.

use super::{LEDGER, previewed};
use crate::filings::new_referrer;
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// The values of a field over all pages of two, and the total that each page says.
async fn walked(client: &Client, path: &str, sort: &str, field: &str) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    let separator = if path.contains('?') { '&' } else { '?' };
    let mut total = None;
    loop {
        let page = client.get(&format!("{path}{separator}sort={sort}&limit=2&count=true{cursor}")).await;
        let page = page.assert_status(200).json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        found.extend(
            items
                .iter()
                .map(|item| item[field].as_str().map_or_else(|| item[field].to_string(), str::to_owned)),
        );
        total = total.or(page["total"].as_u64());
        assert_eq!(page["total"].as_u64(), total, "{path}");
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(Some(found.len() as u64), total, "{path}");
    found
}

/// Walks a list both ways; all of it once, in the order of the field.
#[track_caller]
fn both_ways(mut up: Vec<String>, down: Vec<String>, least: usize) {
    assert!(up.len() >= least, "{up:?}");
    assert!(up.is_sorted(), "{up:?}");
    up.reverse();
    assert_eq!(up, down);
}

#[actix_web::test]
async fn every_list_goes_both_ways() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for number in 0..4 {
        bureau.post_json("/api/v1/tokens", json!({"name": format!("t{number}")})).await.assert_status(201);
        let ledger = LEDGER.replace("示例积木(", &format!("示例积木{number}号("));
        previewed(&bureau, &ledger).await;
    }
    let rows: String = (0..5).map(|n| format!("线索{n},示例{n}号(虚构)有限公司,灵山县,自荐\n")).collect();
    let import = previewed(&bureau, &format!("线索名称,投资方,县区,来源渠道\n{rows}")).await;
    // Ids are made in the order of time.
    for (path, sort, field, least) in [
        ("/api/v1/tokens".to_owned(), "created_at", "id", 5),
        ("/api/v1/imports".to_owned(), "created_at", "id", 5),
        (format!("{import}/rows"), "position", "position", 5),
        (format!("{import}/rows?outcome=new"), "position", "position", 5),
        ("/api/v1/parks".to_owned(), "code", "code", 5),
        ("/api/v1/industries".to_owned(), "code", "code", 5),
        ("/api/v1/regions?kind=county&parent=450700".to_owned(), "code", "code", 3),
    ] {
        let up = walked(&bureau, &path, sort, field).await;
        both_ways(up, walked(&bureau, &path, &format!("-{sort}"), field).await, least);
    }
    let team = new_referrer(&app, json!({ "kind": "team" })).await;
    let team = format!("/api/v1/referrers/{}", team["id"].as_str().unwrap());
    for day in 1..6 {
        let lead = app.new_lead(json!({})).await;
        let filing =
            json!({ "lead_id": lead["id"], "filed_on": format!("2024-03-0{day}"), "role": "leading" });
        bureau.post_json(&format!("{team}/filings"), filing).await.assert_status(201);
        let member = json!({ "name": format!("示例{day}"), "is_payee": false });
        bureau.post_json(&format!("{team}/members"), member).await.assert_status(201);
    }
    for (path, field) in [("filings", "filed_on"), ("members", "id")] {
        let path = format!("{team}/{path}");
        let up = walked(&bureau, &path, field, field).await;
        both_ways(up, walked(&bureau, &path, &format!("-{field}"), field).await, 5);
        bureau.get(&format!("{path}?sort=name")).await.assert_status(400);
        bureau.get(&format!("{path}?limit=0")).await.assert_status(400);
        bureau.get(&format!("{path}?cursor=x")).await.assert_status(400);
    }
    let auditor = app.token(Role::Auditor);
    let up = walked(&auditor, "/api/v1/audit", "at", "id").await;
    both_ways(up, walked(&auditor, "/api/v1/audit", "-at", "id").await, 5);
    let admin = app.token(Role::Admin);
    for role in [Role::Auditor, Role::BureauHead, Role::Federation] {
        app.person(role);
    }
    let up = walked(&admin, "/api/v1/users", "username", "username").await;
    both_ways(up, walked(&admin, "/api/v1/users", "-username", "username").await, 5);
}

#[actix_web::test]
async fn a_list_refuses_what_it_does_not_know_and_says_what_it_knows() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let told = |path: &str| {
        let request = bureau.get(path).header("accept-language", "en");
        async move { request.await.assert_status(400).json() }
    };
    let words = |problem: &Value| problem["detail"].as_str().unwrap().to_owned();
    for (path, named) in [
        ("/api/v1/tokens?sort=name", "-created_at, created_at"),
        ("/api/v1/imports?limit=abc", "1 to 200"),
        ("/api/v1/leads?limit=abc", "1 to 200"),
        ("/api/v1/search?limit=abc", "1 to 200"),
        ("/api/v1/leads?stage=wishing", "negotiation"),
        ("/api/v1/leads?sort=wishing", "registered_on"),
        ("/api/v1/search?stage=wishing", "negotiation"),
    ] {
        let problem = told(path).await;
        assert!(words(&problem).contains(named), "{path}: {problem}");
    }
    for path in [
        "/api/v1/leads?county=450722,999999",
        "/api/v1/leads?industry=gold",
        "/api/v1/search?county=999999",
        "/api/v1/search?industry=gold",
        "/api/v1/chambers?region=999999",
        "/api/v1/parks?county=999999",
        "/api/v1/regions?parent=999999",
        "/api/v1/tokens?colour=red",
    ] {
        told(path).await;
    }
    let of_one_order = bureau.get("/api/v1/imports?limit=1").await.assert_status(200).json();
    assert!(of_one_order.get("total").is_none(), "a total costs, and is there when it is asked for");
}

#[actix_web::test]
async fn a_cursor_of_one_order_is_refused_in_the_other() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let first = bureau.get("/api/v1/parks?limit=1&sort=code").await.json();
    let cursor = first["next_cursor"].as_str().unwrap();
    bureau.get(&format!("/api/v1/parks?sort=-code&cursor={cursor}")).await.assert_status(400);
    bureau.get(&format!("/api/v1/parks?cursor={cursor}")).await.assert_status(400);
}
