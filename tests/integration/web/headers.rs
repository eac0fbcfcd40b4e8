//! What headers ask for: language, token, version, key; and where a request comes from.

use crate::support::TestApp;
use crate::support::leads::lead_body;
use actix_web::cookie::Cookie;
use actix_web::http::Method;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_program_is_answered_in_the_language_that_it_asks_for() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let nowhere = "/api/v1/leads/00000000-0000-7000-8000-000000000000";
    let title = |language: Option<&'static str>| {
        let request = officer.get(nowhere);
        let request = match language {
            Some(language) => request.header("accept-language", language),
            None => request,
        };
        async move { request.await.assert_status(404).json()["title"].as_str().unwrap().to_owned() }
    };
    assert_eq!(title(Some("en-GB,en;q=0.9")).await, "Not found");
    assert_ne!(title(None).await, "Not found", "else in that of its user, who reads Chinese");
    assert_ne!(title(Some("fr")).await, "Not found");
    let wrong = app.anonymous().get("/api/v1/me").header("authorization", "Bearer yf_wrong");
    let problem = wrong.header("accept-language", "en").await.assert_status(401).json();
    assert_eq!(problem["title"], "Please sign in");
    assert!(problem["request_id"].as_str().is_some_and(|id| !id.is_empty()), "{problem}");
}

#[actix_web::test]
async fn the_word_bearer_counts_in_any_case() {
    let app = TestApp::new().await;
    let (_, secret) = app.new_token(&app.person(Role::BureauOfficer));
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let me = app.anonymous().get("/api/v1/me").header("authorization", &format!("{scheme} {secret}"));
        me.await.assert_status(200);
    }
    let other = app.anonymous().get("/api/v1/me").header("authorization", &format!("Basic {secret}"));
    other.await.assert_status(401);
}

#[actix_web::test]
async fn a_token_may_be_used_from_any_site() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (name, value) in [("origin", "https://elsewhere.example"), ("sec-fetch-site", "cross-site")] {
        let request = officer.post_json("/api/v1/leads", lead_body(json!({}))).header(name, value);
        request.await.assert_status(201);
        let page = app.signed_in(Role::BureauOfficer).post_form("/leads", &[]).header(name, value);
        let page = if name == "origin" { page.header("sec-fetch-site", "cross-site") } else { page };
        page.await.assert_status(403);
    }
}

#[actix_web::test]
async fn any_tag_of_if_match_may_be_the_version() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    for (version, tags) in [(1, "\"9\", \"1\""), (2, "W/\"2\""), (3, "\"x\",W/\"3\""), (4, "*")] {
        let patch = officer.patch_json(&path, tags, json!({"jobs": version * 10})).await;
        assert_eq!(patch.assert_status(200).etag(), format!("\"{}\"", version + 1), "{tags}");
    }
    for tags in ["\"1\", \"2\"", "W/\"1\"", "5", ""] {
        officer.patch_json(&path, tags, json!({"jobs": 1})).await.assert_status(412);
    }
    let without = officer.request(Method::PATCH, &path).json(json!({"jobs": 1}));
    let problem = without.header("accept-language", "en").await.assert_status(428).json();
    assert!(problem["detail"].as_str().unwrap().contains("If-Match"), "{problem}");
    assert_ne!(problem["title"], "Somebody has just changed this record");
}

#[actix_web::test]
async fn a_key_that_is_empty_or_too_long_is_said_so() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (key, code, words) in
        [("", "key-empty", "empty"), (" ", "key-empty", "empty"), (&*"k".repeat(201), "too-long", "200")]
    {
        let request = officer.post_json("/api/v1/leads", lead_body(json!({})));
        let answer = request.header("idempotency-key", key).header("accept-language", "en").await;
        let answer = answer.assert_status(400);
        assert_eq!(answer.faults(), [("idempotency-key".to_owned(), code.to_owned())]);
        let problem = answer.json();
        assert!(problem["errors"][0]["message"].as_str().unwrap().contains(words), "{problem}");
    }
    let long = officer.get(&format!("/api/v1/search?q={}", "a".repeat(501)));
    let problem = long.header("accept-language", "en").await.assert_status(400).json();
    assert!(problem["detail"].as_str().unwrap().contains("500"), "{problem}");
}

#[actix_web::test]
async fn every_cookie_of_an_https_address_is_secure() {
    let app = TestApp::with_settings(&[("YINFENG_PUBLIC_URL", "https://crm.example")]).await;
    let officer = app.signed_in(Role::BureauOfficer);
    let saved = officer.post_form("/chambers", &[("kind", "local"), ("name", "示例商会")]).await;
    let saved = saved.assert_status(303);
    let shown = officer.get(&saved.location()).await.assert_status(200);
    let language = officer.post_form("/language", &[("lang", "en")]).await;
    let cookies: Vec<&Cookie> = [&saved, &shown, &language].into_iter().flat_map(|r| r.cookies()).collect();
    assert!(cookies.len() >= 3, "{cookies:?}");
    for cookie in cookies {
        assert_eq!(cookie.secure(), Some(true), "{cookie}");
    }
    let plain = TestApp::new().await;
    let form = [("kind", "local"), ("name", "示例商会")];
    let saved = plain.signed_in(Role::BureauOfficer).post_form("/chambers", &form).await;
    assert!(saved.cookies().iter().all(|cookie| cookie.secure() != Some(true)));
}
