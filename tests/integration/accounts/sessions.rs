//! How long a session lasts, and how it is ended.

use crate::support::{PASSWORD, TestApp};
use chrono::Duration;
use diesel::prelude::*;
use yinfeng::accounts::{Role, User};
use yinfeng::clock;
use yinfeng::schema::sessions;

fn seen_ago(app: &TestApp, user: &User, ago: Duration) {
    let of_user = sessions::table.filter(sessions::user_id.eq(&user.id));
    let at = clock::now() - ago;
    app.write(|conn| diesel::update(of_user).set(sessions::last_seen_at.eq(at)).execute(conn));
}

#[actix_web::test]
async fn a_desk_may_lie_idle_for_fifteen_minutes() {
    let app = TestApp::new().await;
    let user = app.person(Role::BureauOfficer);
    let browser = app.signed_in(Role::BureauOfficer);
    seen_ago(&app, &user, Duration::minutes(14));
    browser.get("/account").await.assert_status(200);
    seen_ago(&app, &user, Duration::minutes(16));
    let answer = browser.get("/account").await.assert_status(303);
    assert_eq!(answer.header("location"), Some("/sign-in?next=/account"));
}

#[actix_web::test]
async fn a_named_phone_may_lie_idle_for_twelve_hours() {
    let app = TestApp::new().await;
    let user = app.person(Role::CountyLeader);
    let browser = app.signed_in(Role::CountyLeader);
    let phone = sessions::device_name.eq(Some("示例手机"));
    app.write(|conn| diesel::update(sessions::table).set(phone).execute(conn));
    seen_ago(&app, &user, Duration::hours(11));
    browser.get("/account").await.assert_status(200);
    seen_ago(&app, &user, Duration::hours(13));
    browser.get("/account").await.assert_status(303);
}

#[actix_web::test]
async fn a_session_ends_at_its_time_however_busy() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let over = sessions::expires_at.eq(clock::now() - Duration::seconds(1));
    app.write(|conn| diesel::update(sessions::table).set(over).execute(conn));
    browser.get("/account").await.assert_status(303);
}

#[actix_web::test]
async fn the_last_seen_time_is_written_at_most_once_a_minute() {
    let app = TestApp::new().await;
    let user = app.person(Role::BureauOfficer);
    let browser = app.signed_in(Role::BureauOfficer);
    let seen = || app.read(|conn| sessions::table.select(sessions::last_seen_at).first(conn));
    let first: chrono::NaiveDateTime = seen();
    browser.get("/account").await.assert_status(200);
    assert_eq!(seen(), first);
    seen_ago(&app, &user, Duration::seconds(61));
    browser.get("/account").await.assert_status(200);
    assert!(seen() > first);
}

#[actix_web::test]
async fn another_device_is_signed_out_at_once() {
    let app = TestApp::new().await;
    let user = app.person(Role::BureauOfficer);
    let (here, there) = (app.browser_of(&user), app.browser_of(&user));
    let stranger = app.signed_in(Role::Auditor);
    let ids: Vec<String> = app.read(|conn| {
        sessions::table
            .filter(sessions::user_id.eq(&user.id))
            .order(sessions::id.asc())
            .select(sessions::id)
            .load(conn)
    });
    let path = format!("/account/sessions/{}/revocation", ids[1]);
    stranger.post(&path).await.assert_status(404);
    there.get("/account").await.assert_status(200);
    here.post(&path).await.assert_status(303);
    there.get("/account").await.assert_status(303);
    here.get("/account").await.assert_status(200);
    here.post(&path).await.assert_status(404);
    let again = app.browser_of(&user);
    here.post("/account/sessions/revocation").await.assert_status(303);
    again.get("/account").await.assert_status(303);
    here.get("/account").await.assert_status(200);
}

#[actix_web::test]
async fn a_cookie_is_marked_secure_behind_https() {
    let app = TestApp::with_settings(&[("YINFENG_PUBLIC_URL", "https://crm.example")]).await;
    app.user(Role::BureauOfficer).username("liming").insert();
    let fields = [("username", "liming"), ("password", PASSWORD)];
    let answer = app.anonymous().post_form("/sign-in", &fields).await.assert_status(303);
    assert!(answer.header("set-cookie").unwrap().contains("Secure"));
}
