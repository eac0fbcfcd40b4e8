//! The trail as its readers see it.

mod verification;

use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::audit::{self, Act, By, Differences};

fn tell(app: &TestApp, kind: &'static str, id: &str, differences: Differences) {
    let act = Act {
        action: if kind == "lead" { "lead.create" } else { "user.update" },
        subject_kind: kind,
        subject_id: id,
        differences,
        reason: Some("示例原因"),
    };
    app.write(|conn| audit::record_by(conn, By::Program("test", None), act));
}

fn actions(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_auditor_reads_all_and_the_administrator_the_technical_part() {
    let app = TestApp::new().await;
    tell(&app, "lead", "l-1", Differences::default().set("title", &"示例线索"));
    tell(&app, "user", "u-1", Differences::default().set("role", &"auditor"));
    let all = app.token(Role::Auditor).get("/api/v1/audit").await.assert_status(200).json();
    assert_eq!(actions(&all), ["user.update", "lead.create"]);
    let admin = app.token(Role::Admin);
    let part = admin.get("/api/v1/audit").await.assert_status(200).json();
    assert_eq!(actions(&part), ["user.update"]);
    for query in ["subject=lead", "subject=lead:l-1", "action=lead.create"] {
        let none = admin.get(&format!("/api/v1/audit?{query}")).await.assert_status(200).json();
        assert_eq!(actions(&none), Vec::<&str>::new(), "{query}");
    }
    assert!(!app.signed_in(Role::Admin).get("/audit").await.assert_status(200).text().contains("示例线索"));
    for role in Role::ALL.iter().copied().filter(|role| !matches!(role, Role::Admin | Role::Auditor)) {
        app.token(role).get("/api/v1/audit").await.assert_status(403);
        app.signed_in(role).get("/audit").await.assert_status(403);
    }
    app.anonymous().get("/api/v1/audit").await.assert_status(401);
}

#[actix_web::test]
async fn the_page_of_the_trail_says_values_in_the_readers_words() {
    let app = TestApp::new().await;
    let act = Differences::default()
        .set("county", &"450721")
        .set("industry", &"toy_garment")
        .set("total_investment_fen", &1_234_000_000_00_i64)
        .set("role", &"county_officer")
        .set("expires_at", &"2026-12-02T18:31:40.901129Z")
        .set("public_employee", &false);
    tell(&app, "lead", "l-1", act);
    let auditor = app.signed_in(Role::Auditor);
    let html = auditor.get("/audit").await.assert_status(200).text();
    for words in ["灵山县", "玩具", "12.34 亿元", "县区经办", "2026-12-03 02:31", "公职人员", ">否<"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
    for raw in ["toy_garment", "county_officer", "expires_at", "public_employee", "901129"] {
        assert!(!html.contains(raw), "{raw}");
    }
}

#[actix_web::test]
async fn a_personal_field_only_says_that_it_changed() {
    let app = TestApp::new().await;
    let sealed = Differences::default().sealed("phone", Some("c2VhbGVkLW9sZA"), Some("c2VhbGVkLW5ldw"));
    tell(&app, "user", "u-1", sealed.set("display_name", &"示例"));
    let auditor = app.token(Role::Auditor);
    let page = auditor.get("/api/v1/audit").await.assert_status(200);
    let differences = &page.json()["items"][0]["differences"];
    assert_eq!(differences["phone"], json!({"changed": true, "encrypted": true}));
    assert_eq!(differences["display_name"], json!({"from": null, "to": "示例"}));
    assert!(!page.text().contains("c2VhbGVk"));
    let html = app.signed_in(Role::Auditor).get("/audit").await.assert_status(200).text();
    assert!(html.contains("示例") && !html.contains("c2VhbGVk"));
}

#[actix_web::test]
async fn the_trail_comes_in_pages_and_is_filtered() {
    let app = TestApp::new().await;
    for number in 0..5 {
        tell(&app, "lead", &format!("l-{number}"), Differences::default());
    }
    let auditor = app.token(Role::Auditor);
    let mut cursor = String::new();
    let mut seen = Vec::new();
    loop {
        let page = auditor.get(&format!("/api/v1/audit?limit=2{cursor}")).await.assert_status(200).json();
        for entry in page["items"].as_array().unwrap() {
            seen.push(entry["subject"]["id"].as_str().unwrap().to_owned());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["l-4", "l-3", "l-2", "l-1", "l-0"]);
    let count = |query: &str| {
        let (auditor, path) = (auditor.clone(), format!("/api/v1/audit?{query}"));
        async move { actions(&auditor.get(&path).await.assert_status(200).json()).len() }
    };
    let today = yinfeng::clock::today();
    assert_eq!(count("subject=lead:l-3").await, 1);
    assert_eq!(count(&format!("from={today}&to={today}")).await, 5);
    assert_eq!(count(&format!("to={}", today.pred_opt().unwrap())).await, 0);
    assert_eq!(count("actor=nobody-here").await, 0);
    app.signed_in(Role::Auditor).get(&format!("/audit?who=nobody&from={today}")).await.assert_status(200);
    auditor.get("/api/v1/audit?from=yesterday").await.assert_status(400);
    auditor.get("/api/v1/audit?cursor=x").await.assert_status(400);
}

#[actix_web::test]
async fn what_an_actor_did_is_found_by_his_name() {
    let app = TestApp::new().await;
    let admin = app.person(Role::Admin);
    let body = json!({"username": "zhang", "display_name": "示例", "role": "auditor"});
    app.token(Role::Admin).post_json("/api/v1/users", body).await.assert_status(201);
    let auditor = app.token(Role::Auditor);
    let by_name = format!("/api/v1/audit?actor={}", admin.username);
    let page = auditor.get(&by_name).await.assert_status(200).json();
    assert_eq!(actions(&page), ["user.create"]);
    assert_eq!(page["items"][0]["actor"]["id"], json!(admin.id));
    assert!(page["items"][0]["request_id"].as_str().is_some_and(|id| !id.is_empty()));
}
