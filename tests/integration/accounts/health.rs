//! What watches the server.

use crate::support::TestApp;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn the_server_says_that_it_lives_and_is_ready() {
    let app = TestApp::new().await;
    assert_eq!(app.anonymous().get("/healthz").await.assert_status(200).text(), "ok\n");
    app.anonymous().get("/readyz").await.assert_status(200);
}

#[actix_web::test]
async fn figures_are_for_this_machine_or_an_administrators_token() {
    let app = TestApp::new().await;
    app.anonymous().get("/healthz").await.assert_status(200);
    let page = app.anonymous().get("/metrics").await.assert_status(200).text();
    assert!(page.contains("http_request_seconds") && page.contains("route=\"/healthz\""), "{page}");
    let outside = "198.51.100.7";
    app.anonymous().get("/metrics").from(outside).await.assert_status(401);
    app.token(Role::BureauHead).get("/metrics").from(outside).await.assert_status(403);
    app.token(Role::Admin).get("/metrics").from(outside).await.assert_status(200);
    let forwarded = app.anonymous().get("/metrics").header("x-forwarded-for", outside);
    forwarded.await.assert_status(401);
}

#[actix_web::test]
async fn every_answer_names_its_request() {
    let app = TestApp::new().await;
    let answer = app.token(Role::Auditor).get("/api/v1/none").await.assert_status(404);
    let id = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(answer.json()["request_id"].as_str(), Some(id.as_str()));
}
