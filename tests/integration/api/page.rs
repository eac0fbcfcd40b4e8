//! The page to read it.

use crate::support::TestApp;
use yinfeng::accounts::Role;
use yinfeng::routes::ROUTES;

#[actix_web::test]
async fn it_shows_every_operation_and_where_to_send_it() {
    let app = TestApp::with_settings(&[("YINFENG_PUBLIC_URL", "https://crm.example")]).await;
    let html = app.signed_in(Role::ChamberLiaison).get("/api").await.assert_status(200).text();
    for (method, path) in ROUTES.iter().filter(|(_, path)| path.starts_with("/api/v1/")) {
        let line = format!(">{method}</span><code class=\"operation-path\">{path}</code>");
        assert!(html.contains(&line), "{method} {path}");
    }
    assert!(html.contains("https://crm.example/api/v1/leads/$ID"));
    assert!(html.contains("href=\"/api/v1/openapi.json\""));
}

/// A link to a record or an operation leads somewhere.
#[actix_web::test]
async fn its_links_lead_somewhere() {
    let app = TestApp::new().await;
    let html = app.signed_in(Role::Auditor).get("/api").await.assert_status(200).text();
    let places: Vec<&str> = after(&html, "id=\"");
    for link in after(&html, "href=\"#") {
        assert!(places.contains(&link), "#{link}");
    }
    for (at, id) in places.iter().enumerate() {
        assert!(!places[..at].contains(id), "two places are called {id}");
    }
}

fn after<'a>(html: &'a str, opening: &str) -> Vec<&'a str> {
    html.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[actix_web::test]
async fn it_speaks_both_languages_and_is_found_from_the_tokens() {
    let app = TestApp::new().await;
    let client = app.signed_in(Role::BureauOfficer);
    let chinese = client.get("/api").await.text();
    assert!(chinese.contains("登记线索") && chinese.contains("lang=\"zh-CN\""));
    assert!(!chinese.contains(">api-"), "a message is missing");
    assert!(client.get("/account").await.text().contains("href=\"/api\""));
}
