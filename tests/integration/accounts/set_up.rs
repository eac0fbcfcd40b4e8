//! The first account.

use crate::support::TestApp;
use chrono::Duration;
use diesel::prelude::*;
use yinfeng::accounts::queries::users;
use yinfeng::accounts::{Role, set_up};
use yinfeng::clock;
use yinfeng::schema::set_up_links;

const ADMIN: [(&str, &str); 4] = [
    ("username", "admin"),
    ("display_name", "系统管理员"),
    ("password", "First of all 1"),
    ("password_again", "First of all 1"),
];
const HEAD: [(&str, &str); 3] =
    [("head_username", "head"), ("head_display_name", "王局长"), ("head_password", "Second of all 2")];

fn link(app: &TestApp) -> String {
    let secret = app.db().write(|conn| set_up::link_if_needed(conn, clock::now())).unwrap();
    format!("/set-up/{}", secret.expect("there is nobody yet"))
}

#[actix_web::test]
async fn the_link_makes_the_first_account_once() {
    let app = TestApp::new().await;
    let path = link(&app);
    let browser = app.anonymous();
    browser.get(&path).await.assert_status(200);
    let fields: Vec<_> = ADMIN.into_iter().chain(HEAD).collect();
    let answer = browser.post_form(&path, &fields).await.assert_status(303);
    assert_eq!(answer.header("location"), Some("/sign-in"));
    let all = app.read(users::all);
    let seen: Vec<_> = all.iter().map(|user| (user.username.as_str(), user.role)).collect();
    assert_eq!(seen, [("admin", Role::Admin), ("head", Role::BureauHead)]);
    browser.get(&path).await.assert_status(404);
    browser.post_form(&path, &ADMIN).await.assert_status(404);
    assert_eq!(app.db().write(|conn| set_up::link_if_needed(conn, clock::now())).unwrap(), None);
    let fields = [("username", "admin"), ("password", "First of all 1")];
    browser.post_form("/sign-in", &fields).await.assert_status(303);
    browser.get("/admin/users").await.assert_status(200);
}

#[actix_web::test]
async fn a_fault_keeps_the_link_and_what_was_typed() {
    let app = TestApp::new().await;
    let path = link(&app);
    let mut fields = ADMIN.to_vec();
    fields[2] = ("password", "short");
    let answer = app.anonymous().post_form(&path, &fields).await.assert_status(422);
    let page = answer.text();
    assert!(page.contains("系统管理员") && !page.contains("First of all 1"), "{page}");
    assert!(!page.contains("fault-"), "every fault has its sentence: {page}");
    let twice: Vec<_> =
        ADMIN.into_iter().chain([("head_username", "admin"), ("head_display_name", "x"), HEAD[2]]).collect();
    app.anonymous().post_form(&path, &twice).await.assert_status(422);
    assert!(app.read(users::all).is_empty());
    app.anonymous().post_form(&path, &ADMIN).await.assert_status(303);
}

#[actix_web::test]
async fn a_link_of_yesterday_or_nobodys_opens_nothing() {
    let app = TestApp::new().await;
    let path = link(&app);
    app.anonymous().get("/set-up/guessed").await.assert_status(404);
    let over = set_up_links::expires_at.eq(clock::now() - Duration::seconds(1));
    app.write(|conn| diesel::update(set_up_links::table).set(over).execute(conn));
    app.anonymous().get(&path).await.assert_status(404);
    app.anonymous().post_form(&path, &ADMIN).await.assert_status(404);
}
