//! The door: right and wrong passwords, waiting, slowing, and where one is led.

use crate::support::{Client, PASSWORD, Response, TestApp};
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use yinfeng::accounts::Role;
use yinfeng::accounts::queries::{failures, users};
use yinfeng::clock;
use yinfeng::schema::{audit_entries, sessions, sign_in_failures};
use yinfeng::web::session;

async fn try_in(client: &Client, username: &str, password: &str) -> Response {
    client.post_form("/sign-in", &[("username", username), ("password", password)]).await
}

#[actix_web::test]
async fn the_right_password_opens_and_leads_back() {
    let app = TestApp::new().await;
    let user = app.user(Role::BureauOfficer).username("liming").insert();
    let browser = app.anonymous();
    let fields = [("username", " LiMing "), ("password", PASSWORD), ("next", "/account?x=1")];
    let answer = browser.post_form("/sign-in", &fields).await.assert_status(303);
    assert_eq!(answer.header("location"), Some("/account?x=1"));
    let cookie = answer.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Max-Age"), "a desk's session ends with the browser: {cookie}");
    assert!(browser.get("/account").await.assert_status(200).text().contains(&user.display_name));
    let secret = browser.cookie(session::COOKIE).unwrap();
    let kept: Vec<String> = app.read(|conn| sessions::table.select(sessions::token_hash).load(conn));
    assert!(!kept.contains(&secret), "only the hash is kept");
}

#[actix_web::test]
async fn nobody_is_led_to_another_site() {
    let app = TestApp::new().await;
    app.user(Role::BureauOfficer).username("liming").insert();
    for next in ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"] {
        let fields = [("username", "liming"), ("password", PASSWORD), ("next", next)];
        let answer = app.anonymous().post_form("/sign-in", &fields).await.assert_status(303);
        assert_eq!(answer.header("location"), Some("/"), "{next}");
    }
}

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_user_get_the_same_answer() {
    let app = TestApp::new().await;
    app.user(Role::BureauOfficer).username("liming").insert();
    let disabled = app.user(Role::BureauOfficer).username("wanglin").insert();
    app.write(|conn| {
        let gone = yinfeng::accounts::User { active: false, ..disabled.clone() };
        users::update(conn, &gone)
    });
    let mut pages = Vec::new();
    for (username, password) in [("liming", "wrong"), ("nobody", "wrong"), ("wanglin", PASSWORD)] {
        let answer = try_in(&app.anonymous(), username, password).await.assert_status(401);
        pages.push(answer.text().replace(username, "NAME"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    assert!(!pages[0].contains("wrong\""), "the password does not come back");
    let refused: Vec<(String, String)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("session.refuse"))
            .order(audit_entries::id.asc())
            .select((audit_entries::actor_name, audit_entries::subject_kind))
            .load(conn)
    });
    let named = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    let expected = [named("liming", "user"), named("?", "session"), named("wanglin", "user")];
    assert_eq!(
        refused, expected,
        "what was typed as a username may be a password: only known names are kept"
    );
}

#[actix_web::test]
async fn a_pair_waits_after_five_failures_and_others_do_not() {
    let app = TestApp::new().await;
    app.user(Role::BureauOfficer).username("liming").insert();
    app.user(Role::BureauOfficer).username("wanglin").insert();
    let browser = app.anonymous();
    for _ in 0..5 {
        try_in(&browser, "liming", "wrong").await.assert_status(401);
    }
    let answer = try_in(&browser, "liming", PASSWORD).await.assert_status(429);
    let seconds: i64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=61).contains(&seconds), "{seconds}");
    try_in(&browser, "wanglin", PASSWORD).await.assert_status(303);
    let elsewhere = app.anonymous();
    let fields = [("username", "liming"), ("password", PASSWORD)];
    let answer = elsewhere.post_form("/sign-in", &fields).from("198.51.100.7").await;
    answer.assert_status(303);
    // The minute is over: the right password opens, and the count begins anew.
    set_wait(&app, "liming", clock::now() - Duration::seconds(1));
    try_in(&browser, "liming", PASSWORD).await.assert_status(303);
    let left: i64 = app.read(|conn| sign_in_failures::table.count().get_result(conn));
    assert_eq!(left, 0);
}

fn set_wait(app: &TestApp, username: &str, until: NaiveDateTime) {
    let changed = app.write(|conn| {
        diesel::update(sign_in_failures::table.filter(sign_in_failures::username.eq(username)))
            .set(sign_in_failures::blocked_until.eq(until))
            .execute(conn)
    });
    assert_eq!(changed, 1);
}

#[actix_web::test]
async fn the_wait_grows_from_one_to_five_to_thirty_minutes() {
    let app = TestApp::new().await;
    let now = clock::now();
    let mut minutes = Vec::new();
    for _ in 0..8 {
        let until = app.write(|conn| failures::record(conn, "liming", "192.0.2.1", now));
        minutes.push(until.map(|until| (until - now).num_minutes()));
    }
    assert_eq!(minutes, [None, None, None, None, Some(1), Some(5), Some(30), Some(30)]);
    let next_day = now + Duration::days(1) + Duration::seconds(1);
    let until = app.write(|conn| failures::record(conn, "liming", "192.0.2.1", next_day));
    assert_eq!(until, None, "after a quiet day the count begins anew");
}

#[actix_web::test]
async fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
    for (settings, kept) in
        [(vec![], "127.0.0.1"), (vec![("YINFENG_TRUSTED_PROXIES", "127.0.0.1")], "198.51.100.7")]
    {
        let app = TestApp::with_settings(&settings).await;
        app.user(Role::BureauOfficer).username("liming").insert();
        let fields = [("username", "liming"), ("password", PASSWORD)];
        let request = app.anonymous().post_form("/sign-in", &fields);
        request.header("x-forwarded-for", "203.0.113.9, 198.51.100.7").await.assert_status(303);
        let address: String = app.read(|conn| sessions::table.select(sessions::address).first(conn));
        assert_eq!(address, kept);
    }
}

#[actix_web::test]
async fn another_site_cannot_sign_anybody_in() {
    let app = TestApp::new().await;
    app.user(Role::BureauOfficer).username("liming").insert();
    let fields = [("username", "liming"), ("password", PASSWORD)];
    let request = app.anonymous().post_form("/sign-in", &fields).header("sec-fetch-site", "cross-site");
    request.await.assert_status(403);
}

#[actix_web::test]
async fn a_named_phone_stays_signed_in_for_longer() {
    let app = TestApp::new().await;
    app.user(Role::CountyLeader).username("huang").insert();
    let browser = app.anonymous();
    let fields = [
        ("username", "huang"),
        ("password", PASSWORD),
        ("named_device", "true"),
        ("device_name", "示例手机"),
    ];
    let answer = browser.post_form("/sign-in", &fields).await.assert_status(303);
    assert!(answer.header("set-cookie").unwrap().contains("Max-Age="));
    let (name, created, expires): (Option<String>, NaiveDateTime, NaiveDateTime) = app.read(|conn| {
        sessions::table
            .select((sessions::device_name, sessions::created_at, sessions::expires_at))
            .first(conn)
    });
    assert_eq!((name.as_deref(), (expires - created).num_days()), (Some("示例手机"), 30));
}

#[actix_web::test]
async fn signing_in_makes_a_new_session_and_ends_the_one_before() {
    let app = TestApp::new().await;
    app.user(Role::BureauOfficer).username("liming").insert();
    let browser = app.anonymous().with_session("prepared-by-somebody");
    try_in(&browser, "liming", PASSWORD).await.assert_status(303);
    let first = browser.cookie(session::COOKIE).unwrap();
    assert_ne!(first, "prepared-by-somebody");
    try_in(&browser, "liming", PASSWORD).await.assert_status(303);
    let old = app.anonymous().with_session(&first);
    assert_eq!(
        old.get("/account").await.assert_status(303).header("location"),
        Some("/sign-in?next=/account")
    );
}

#[actix_web::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let secret = browser.cookie(session::COOKIE).unwrap();
    browser.post("/sign-out").await.assert_status(303);
    assert_eq!(browser.cookie(session::COOKIE), None);
    app.anonymous().with_session(&secret).get("/account").await.assert_status(303);
}

#[actix_web::test]
async fn the_language_is_kept_in_the_cookie_and_with_the_user() {
    let app = TestApp::new().await;
    let stranger = app.anonymous();
    let fields = [("lang", "en"), ("back", "/sign-in?next=/leads")];
    let answer = stranger.post_form("/language", &fields).await.assert_status(303);
    assert_eq!(answer.header("location"), Some("/sign-in?next=/leads"));
    assert!(stranger.get("/sign-in").await.text().contains("lang=\"en\""));
    let user = app.person(Role::BureauOfficer);
    app.signed_in(Role::BureauOfficer).post_form("/language", &fields).await.assert_status(303);
    let locale = app.read(|conn| users::find(conn, &user.id)).unwrap().locale;
    assert_eq!(locale.as_str(), "en");
}
