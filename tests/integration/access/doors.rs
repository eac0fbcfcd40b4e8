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
