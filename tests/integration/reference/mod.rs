//! Reference data over HTTP.

use crate::support::TestApp;
use serde_json::Value;
use std::collections::BTreeSet;
use yinfeng::accounts::Role;

fn codes(answer: &Value) -> Vec<String> {
    let items = answer["items"].as_array().unwrap();
    items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn regions_are_read_to_their_end_in_code_order() {
    let app = TestApp::new().await;
    let anybody = app.token(Role::FinanceReviewer);
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    let mut total = None;
    loop {
        let path = format!("/api/v1/regions?limit=200&count=true&cursor={cursor}");
        let page = anybody.get(&path).await.assert_status(200).json();
        seen.extend(codes(&page));
        total = total.or(page["total"].as_u64());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(seen.len() as u64, total.unwrap());
    assert!(seen.len() > 3000, "{}", seen.len());
    assert!(seen.is_sorted());
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len());
}

#[actix_web::test]
async fn regions_are_found_by_kind_and_parent() {
    let app = TestApp::new().await;
    let anybody = app.token(Role::ChamberLiaison);
    let children = anybody.get("/api/v1/regions?parent=450700").await.assert_status(200).json();
    let found = codes(&children);
    for code in ["450702", "450703", "450721", "450722", "QZ-FTZ"] {
        assert!(found.iter().any(|one| one == code), "{code}");
    }
    let zones = anybody.get("/api/v1/regions?kind=zone").await.assert_status(200).json();
    assert_eq!(codes(&zones), ["QZ-FTZ"]);
    let lingshan = children["items"].as_array().unwrap().iter().find(|item| item["code"] == "450721");
    let lingshan = lingshan.unwrap();
    assert_eq!((&lingshan["zh"], &lingshan["en"]), (&"灵山县".into(), &"Lingshan County".into()));
    assert_eq!((&lingshan["kind"], &lingshan["parent"]), (&"county".into(), &"450700".into()));
    let refused = anybody.get("/api/v1/regions?kind=planet").await.assert_status(400);
    assert_eq!(refused.faults()[0].0, "kind");
    anybody.get("/api/v1/regions?colour=red").await.assert_status(400);
    anybody.get("/api/v1/regions?cursor=x").await.assert_status(400);
}

#[actix_web::test]
async fn parks_industries_and_units_say_their_names() {
    let app = TestApp::new().await;
    let anybody = app.token(Role::Admin);
    let parks = anybody.get("/api/v1/parks?county=450721").await.assert_status(200).json();
    assert!(codes(&parks).contains(&"luwu".to_owned()));
    assert!(parks["items"].as_array().unwrap().iter().all(|park| park["county"] == "450721"));
    let industries = anybody.get("/api/v1/industries").await.assert_status(200).json();
    for code in ["toy_garment", "chenpi", "wood_home", "chemical", "other"] {
        assert!(codes(&industries).contains(&code.to_owned()), "{code}");
    }
    assert!(!industries["items"][0]["classes"].as_array().unwrap().is_empty());
    let units = anybody.get("/api/v1/units?limit=200").await.assert_status(200).json();
    assert!(codes(&units).contains(&"investment_promotion".to_owned()));
    assert!(units["next_cursor"].is_null());
    for list in [&parks, &industries, &units] {
        for item in list["items"].as_array().unwrap() {
            assert!(item["zh"].is_string() && item["en"].is_string(), "{item}");
        }
    }
    for path in ["/api/v1/regions", "/api/v1/parks", "/api/v1/industries", "/api/v1/units"] {
        app.anonymous().get(path).await.assert_status(401);
    }
}

#[actix_web::test]
async fn who_has_them_already_is_told_so() {
    let app = TestApp::new().await;
    let anybody = app.token(Role::CountyLeader);
    let first = anybody.get("/api/v1/industries").await.assert_status(200);
    assert!(first.header("cache-control").unwrap().starts_with("private"));
    let again = anybody.get("/api/v1/industries").header("if-none-match", &first.etag()).await;
    assert_eq!(again.assert_status(304).bytes(), b"");
    let other = anybody.get("/api/v1/parks").header("if-none-match", &first.etag()).await;
    other.assert_status(200);
}
