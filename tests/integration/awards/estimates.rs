//! `/awards/estimates`: a ceiling, and no award.

use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

const PAGE: &str = "/awards/estimates";

#[actix_web::test]
async fn the_page_computes_a_ceiling_and_says_that_it_is_never_payable() {
    let app = TestApp::new().await;
    let client = app.signed_in(Role::CountyOfficer);
    let empty = client.get(PAGE).await.assert_status(200).text();
    assert!(empty.contains("technical_upgrade") && !empty.contains("award-steps"));
    let robots = format!("{PAGE}?kind=industrial_robots&investment=100&sets=10&above_scale=on");
    let shown = client.get(&robots).await.assert_status(200).text();
    // A fifth of 100万.
    assert!(shown.contains("value=\"20000000\"") && shown.contains("flash-near"), "{shown}");
    let few = client.get(&robots.replace("sets=10", "sets=9")).await.assert_status(200).text();
    assert!(few.contains("award-step-failed") && few.contains("value=\"0\""), "{few}");
    let bare =
        client.get(&format!("{PAGE}?kind=technical_upgrade&investment=")).await.assert_status(200).text();
    assert!(bare.contains("aria-invalid") && !bare.contains("award-steps"), "{bare}");
    client.get(&format!("{PAGE}?kind=best")).await.assert_status(400);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_told_by_field() {
    let app = TestApp::new().await;
    let client = app.token(Role::FinanceReviewer);
    for (body, fault) in [
        (json!({ "kind": "technical_upgrade" }), ("investment_fen", "required")),
        (json!({ "kind": "technical_upgrade", "investment_fen": -1 }), ("investment_fen", "negative")),
        (json!({ "kind": "green_factory", "policy": "none" }), ("policy", "unknown")),
    ] {
        let told = client.post_json("/api/v1/awards/estimates", body).await.assert_status(422).faults();
        assert_eq!(told, [(fault.0.to_owned(), fault.1.to_owned())]);
    }
}

#[actix_web::test]
async fn the_ceilings_of_a_version_are_a_list() {
    let app = TestApp::new().await;
    let client = app.token(Role::Auditor);
    let list = "/api/v1/awards/estimates?policy=qinzhou-2023-2025&count=true";
    let all = client.get(list).await.assert_status(200).json();
    assert_eq!((&all["total"], &all["next_cursor"]), (&json!(8), &json!(null)));
    let of = |kind: &str| all["items"].as_array().unwrap().iter().find(|one| one["kind"] == kind).unwrap();
    assert_eq!(
        (&of("green_factory")["amount_fen"], &of("green_factory")["clause"]),
        (&json!(30_000_000), &json!("三(六)2"))
    );
    let robots = of("industrial_robots");
    assert_eq!(
        (&robots["rate_bp"], &robots["least_sets"], &robots["above_scale"]),
        (&json!(2000), &json!(10), &json!(true))
    );
    let first = client.get(&format!("{list}&limit=7")).await.assert_status(200).json();
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = client.get(&format!("{list}&limit=7&cursor={cursor}")).await.assert_status(200).json();
    assert_eq!(rest["items"], json!([all["items"][7]]));
    client.get("/api/v1/awards/estimates?policy=none").await.assert_status(400);
}
