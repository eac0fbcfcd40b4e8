//! One's own password, and passwords that must be changed.

use crate::support::{Client, PASSWORD, Response, TestApp};
use chrono::Duration;
use diesel::prelude::*;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::credentials;

async fn change(browser: &Client, old: &str, new: &str) -> Response {
    let fields = [("password", old), ("new_password", new), ("new_password_again", new)];
    browser.post_form("/account/password", &fields).await
}

#[actix_web::test]
async fn a_password_is_changed_with_the_old_one_and_ends_other_sessions() {
    let app = TestApp::new().await;
    let user = app.person(Role::BureauOfficer);
    let (here, there) = (app.browser_of(&user), app.browser_of(&user));
    change(&here, "wrong", "Another horse 2").await.assert_status(422);
    for weak in ["short 1A", "nothing but small letters", "Bureau_Officer Horse 1"] {
        let weak = weak.replace("Bureau_Officer", &user.username);
        let page = change(&here, PASSWORD, &weak).await.assert_status(422).text();
        assert!(!page.contains("fault-"), "every fault has its sentence");
    }
    let fields = [("password", PASSWORD), ("new_password", "Another horse 2"), ("new_password_again", "x")];
    here.post_form("/account/password", &fields).await.assert_status(422);
    there.get("/account").await.assert_status(200);
    change(&here, PASSWORD, "Another horse 2").await.assert_status(303);
    here.get("/account").await.assert_status(200);
    there.get("/account").await.assert_status(303);
    let sign_in = [("username", user.username.as_str()), ("password", "Another horse 2")];
    app.anonymous().post_form("/sign-in", &sign_in).await.assert_status(303);
}

#[actix_web::test]
async fn none_of_the_last_five_passwords_comes_back() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let mut last = PASSWORD.to_owned();
    for number in 1..=4 {
        let next = format!("Another horse {number}");
        change(&browser, &last, &next).await.assert_status(303);
        last = next;
    }
    change(&browser, &last, PASSWORD).await.assert_status(422);
    change(&browser, &last, "Another horse 5").await.assert_status(303);
    change(&browser, "Another horse 5", PASSWORD).await.assert_status(303);
}

#[actix_web::test]
async fn a_signed_in_browser_is_no_place_to_guess() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    for _ in 0..5 {
        change(&browser, "wrong", "Another horse 2").await.assert_status(422);
    }
    change(&browser, PASSWORD, "Another horse 2").await.assert_status(429);
}

#[actix_web::test]
async fn a_password_of_somebody_elses_choice_is_changed_before_anything_else() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::Admin);
    app.write(|conn| diesel::update(credentials::table).set(credentials::must_change.eq(true)).execute(conn));
    for path in ["/", "/admin/users", "/audit", "/no-such-page"] {
        assert_eq!(browser.get(path).await.assert_status(303).header("location"), Some("/account"), "{path}");
    }
    let name = [("username", "sneaky"), ("display_name", "x"), ("role", "admin")];
    let answer = browser.post_form("/admin/users", &name).await.assert_status(303);
    assert_eq!(answer.header("location"), Some("/account"));
    let answer = browser.get("/leads").header("hx-request", "true").await;
    assert_eq!(answer.header("hx-redirect"), Some("/account"));
    browser.post("/account/tokens").await.assert_status(303);
    browser.get("/account").await.assert_status(200);
    change(&browser, PASSWORD, "Another horse 2").await.assert_status(303);
    browser.get("/admin/users").await.assert_status(200);
}

#[actix_web::test]
async fn a_password_of_ninety_days_is_changed_too() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let old = credentials::changed_at.eq(clock::now() - Duration::days(91));
    app.write(|conn| diesel::update(credentials::table).set(old).execute(conn));
    assert_eq!(browser.get("/").await.assert_status(303).header("location"), Some("/account"));
    app.token(Role::BureauOfficer).get("/api/v1/me").await.assert_status(200);
}
