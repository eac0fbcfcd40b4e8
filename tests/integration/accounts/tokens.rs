//! API tokens: made, shown once, used, revoked.

use crate::support::TestApp;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::api_tokens;

#[actix_web::test]
async fn a_token_says_who_it_acts_for() {
    let app = TestApp::new().await;
    let user = app.person(Role::CountyOfficer);
    let me = app.token(Role::CountyOfficer).get("/api/v1/me").await.assert_status(200).json();
    assert_eq!(me["username"], json!(user.username));
    assert_eq!((&me["role"], &me["region"]), (&json!("county_officer"), &json!("450721")));
    app.anonymous().get("/api/v1/me").await.assert_status(401);
}

#[actix_web::test]
async fn a_browsers_cookie_is_no_token() {
    let app = TestApp::new().await;
    app.signed_in(Role::BureauOfficer).get("/api/v1/me").await.assert_status(401);
}

#[actix_web::test]
async fn a_token_is_told_once_and_works_until_it_is_revoked() {
    let app = TestApp::new().await;
    let program = app.token(Role::BureauOfficer);
    let answer = program.post_json("/api/v1/tokens", json!({"name": "台账导出", "days": 30})).await;
    let answer = answer.assert_status(201);
    let made = answer.json();
    let secret = made["token"].as_str().unwrap().to_owned();
    let path = answer.location();
    assert_eq!(path, format!("/api/v1/tokens/{}", made["id"].as_str().unwrap()));
    let kept: Vec<String> = app.read(|conn| api_tokens::table.select(api_tokens::token_hash).load(conn));
    assert!(!kept.contains(&secret), "only the hash is kept");
    let list = program.get("/api/v1/tokens").await.assert_status(200).text();
    assert!(list.contains("台账导出") && !list.contains(&secret));
    let bearer = format!("Bearer {secret}");
    let with_new = || app.anonymous().get("/api/v1/me").header("authorization", &bearer);
    with_new().await.assert_status(200);
    let other = app.token(Role::Auditor);
    other.delete(&path, "*").await.assert_status(404);
    program.delete(&path, "*").await.assert_status(204);
    with_new().await.assert_status(401);
    program.delete(&path, "*").await.assert_status(404);
}

#[actix_web::test]
async fn a_token_lives_for_a_year_at_most_and_ends() {
    let app = TestApp::new().await;
    let program = app.token(Role::BureauOfficer);
    for body in [json!({"name": "x", "days": 366}), json!({"name": "x", "days": 0})] {
        let answer = program.post_json("/api/v1/tokens", body).await.assert_status(422);
        assert_eq!(answer.faults(), [("days".to_owned(), "token-days".to_owned())]);
    }
    let answer = program.post_json("/api/v1/tokens", json!({"days": 1})).await.assert_status(422);
    assert_eq!(answer.faults(), [("name".to_owned(), "required".to_owned())]);
    let over = api_tokens::expires_at.eq(clock::now() - Duration::seconds(1));
    app.write(|conn| diesel::update(api_tokens::table).set(over).execute(conn));
    program.get("/api/v1/me").await.assert_status(401);
}

#[actix_web::test]
async fn the_page_makes_shows_and_revokes_tokens() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let faulty = [("name", ""), ("days", "many")];
    browser.post_form("/account/tokens", &faulty).await.assert_status(422);
    let page = browser.post_form("/account/tokens", &[("name", "试用"), ("days", "7")]).await;
    let page = page.assert_status(200).text();
    let secret = page.split("yf_").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert!(!browser.get("/account").await.text().contains(&secret), "it is shown once");
    let (id, expires, created): (String, chrono::NaiveDateTime, chrono::NaiveDateTime) = app.read(|conn| {
        api_tokens::table.select((api_tokens::id, api_tokens::expires_at, api_tokens::created_at)).first(conn)
    });
    assert_eq!((expires - created).num_days(), 7);
    browser.post(&format!("/account/tokens/{id}/revocation")).await.assert_status(303);
    let bearer = format!("Bearer yf_{secret}");
    app.anonymous().get("/api/v1/me").header("authorization", &bearer).await.assert_status(401);
}
