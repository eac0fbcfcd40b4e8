//! Before any right: who one is, and that nothing stands open beside the routes.

use crate::support::TestApp;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn an_address_that_leads_nowhere_is_404_for_everybody() {
    let app = TestApp::new().await;
    let clients = [app.anonymous(), app.signed_in(Role::BureauOfficer), app.token(Role::BureauOfficer)];
    for client in clients {
        client.get("/no-such-page").await.assert_status(404);
        client.post("/no-such-page").await.assert_status(404);
    }
}

#[actix_web::test]
async fn a_token_that_is_none_is_401_wherever_it_comes() {
    let app = TestApp::new().await;
    for path in ["/api/v1/me", "/api/v1/no-such-thing", "/"] {
        let answer = app
            .anonymous()
            .get(path)
            .header("authorization", "Bearer none")
            .header("accept", "application/json");
        let answer = answer.await.assert_status(401);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{path}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{path}");
    }
}

#[actix_web::test]
async fn a_write_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let officer = app.signed_in(Role::BureauOfficer);
    for site in ["cross-site", "same-site"] {
        officer.post("/leads").header("sec-fetch-site", site).await.assert_status(403);
    }
}

#[actix_web::test]
async fn figures_go_to_this_machine_and_to_an_administrators_token_only() {
    let app = TestApp::with_settings(&[("YINFENG_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let from_afar = [
        (app.anonymous(), 401),
        (app.token(Role::Admin), 200),
        (app.token(Role::BureauHead), 403),
        (app.token(Role::Auditor), 403),
    ];
    for (client, status) in from_afar {
        let asked = client.get("/metrics").header("accept", "application/json");
        asked.header("x-forwarded-for", "203.0.113.9").await.assert_status(status);
    }
    app.anonymous().get("/metrics").await.assert_status(200);
}

/// A cookie must not become a way into the API: other sites can make a browser send it.
#[actix_web::test]
async fn the_api_takes_no_cookie() {
    let app = TestApp::new().await;
    app.signed_in(Role::BureauHead).get("/api/v1/leads").await.assert_status(401);
    app.token(Role::BureauHead).get("/api/v1/leads").await.assert_status(200);
}

#[actix_web::test]
async fn who_is_disabled_is_nobody_at_once() {
    use diesel::prelude::*;
    use yinfeng::schema::users;
    let app = TestApp::new().await;
    let (browser, program) = (app.signed_in(Role::BureauHead), app.token(Role::BureauHead));
    browser.get("/leads").await.assert_status(200);
    program.get("/api/v1/leads").await.assert_status(200);
    let id = app.person(Role::BureauHead).id;
    app.write(|conn| diesel::update(users::table.find(&id)).set(users::active.eq(false)).execute(conn));
    browser.get("/leads").await.assert_status(303);
    program.get("/api/v1/leads").await.assert_status(401);
}
