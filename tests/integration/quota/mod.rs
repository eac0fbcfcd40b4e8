//! The year's quota through HTTP: the situations of domain/rules.md, Q1 and Q2 (`cases`), and what the rows say together.

mod cases;

use crate::projects::{new_project, paper, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// The row of a year and a metric.
async fn row(app: &TestApp, role: Role, year: i32, metric: &str) -> Value {
    let quota =
        app.token(role).get(&format!("/api/v1/pool/quota?year={year}")).await.assert_status(200).json();
    let rows = quota["rows"].as_array().unwrap();
    rows.iter()
        .find(|row| row["metric"] == metric)
        .unwrap_or_else(|| panic!("no {metric} in {quota}"))
        .clone()
}

/// A project that entered the pool on a day.
async fn in_pool(app: &TestApp, entered_on: &str, changes: Value) -> Value {
    let project = new_project(app, changes).await;
    sign(app, &project, "2023-06-01").await;
    let enter = json!({ "entered_on": entered_on });
    app.token(Role::BureauOfficer).post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
    project
}

/// Reports the start with a permit, and has it verified.
async fn start(app: &TestApp, project: &Value, on: &str) {
    let permit = paper(app, project, "construction_permit");
    let body = json!({ "actual_on": on, "evidence": [permit] });
    report(app, project, "construction_start", body).await.assert_status(200);
    verify(app, project, "construction_start").await;
}

async fn verify(app: &TestApp, project: &Value, kind: &str) {
    let at = path(project, &format!("/milestones/{kind}/verification"));
    app.token(Role::BureauHead).post_json(&at, json!({ "decision": "accepted" })).await.assert_status(200);
}

async fn withdraw(app: &TestApp, project: &Value, on: &str) {
    let body = json!({ "withdrawn_on": on, "reason": "终止" });
    app.token(Role::BureauOfficer).post_json(&path(project, "/withdrawal"), body).await.assert_status(200);
}

/// Whether the project counts in the row: yes, or why not.
fn outcome(row: &Value, project: &Value) -> String {
    let of =
        |list: &str| row[list].as_array().unwrap().iter().find(|one| one["id"] == project["id"]).cloned();
    match (of("projects"), of("not_counted")) {
        (Some(_), None) => "yes".to_owned(),
        (None, Some(one)) => one["reason"].as_str().unwrap().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Q1-11: the city's figure is met, whichever county the projects are in.
#[actix_web::test]
async fn three_starts_of_one_county_meet_the_citys_quota() {
    let app = TestApp::new().await;
    for _ in 0..3 {
        let project = in_pool(&app, "2024-03-01", json!({})).await;
        start(&app, &project, "2024-05-06").await;
    }
    let small = in_pool(&app, "2024-03-01", json!({})).await;
    report(&app, &small, "construction_start", json!({ "actual_on": "2024-05-06" })).await.assert_status(200);
    let row = row(&app, Role::BureauOfficer, 2024, "construction_starts").await;
    assert_eq!(
        (&row["counted"], &row["target"], &row["gap"], &row["met"]),
        (&json!(3), &json!(3), &json!(0), &json!(true))
    );
    assert_eq!(row["by_county"], json!([{ "county": "450721", "counted": 3, "forecast": 0 }]));
    assert_eq!(row["scope"], json!({ "kind": "city", "region": null }));
}

#[actix_web::test]
async fn the_version_is_called_in_the_language_that_is_asked_for() {
    let app = TestApp::new().await;
    for (language, title) in [("en", "One county, one industry"), ("zh-CN", "一县一业")] {
        let quota = app.token(Role::BureauOfficer).get("/api/v1/pool/quota?year=2024");
        let quota = quota.header("accept-language", language).await.assert_status(200).json();
        assert!(quota["policy"]["title"].as_str().unwrap().contains(title), "{language}: {quota}");
    }
}

#[actix_web::test]
async fn the_forecast_is_what_is_planned_and_not_started() {
    let app = TestApp::new().await;
    let plan = json!({ "planned_on": "2025-06-01" });
    let planned = in_pool(&app, "2024-03-01", json!({})).await;
    report(&app, &planned, "construction_start", plan.clone()).await.assert_status(200);
    let withdrawn = in_pool(&app, "2024-03-01", json!({})).await;
    report(&app, &withdrawn, "construction_start", plan.clone()).await.assert_status(200);
    withdraw(&app, &withdrawn, "2024-04-01").await;
    let started = in_pool(&app, "2024-03-01", json!({})).await;
    report(&app, &started, "construction_start", plan).await.assert_status(200);
    start(&app, &started, "2025-05-01").await;
    let row = row(&app, Role::BureauOfficer, 2025, "construction_starts").await;
    assert_eq!((&row["forecast"], &row["counted"]), (&json!(1), &json!(1)));
}

#[actix_web::test]
async fn chain_enterprises_of_the_zone_are_counted_by_registration() {
    let app = TestApp::new().await;
    let zone = |changes: Value| {
        let mut body = json!({ "county": "QZ-FTZ", "industry": "chemical", "leader": null });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        body
    };
    let own = new_project(&app, zone(json!({}))).await;
    let enclave = json!({ "enclave": { "county": "450703", "land_use": "none" } });
    let enclave = new_project(&app, zone(enclave)).await;
    let elsewhere = new_project(&app, json!({ "industry": "chemical" })).await;
    for project in [&own, &enclave, &elsewhere] {
        let licence = paper(&app, project, "business_licence");
        let body = json!({ "actual_on": "2024-05-06", "evidence": [licence] });
        report(&app, project, "company_registered", body).await.assert_status(200);
        verify(&app, project, "company_registered").await;
    }
    let row = row(&app, Role::BureauOfficer, 2024, "chain_enterprises").await;
    assert_eq!((&row["counted"], &row["target"], &row["met"]), (&json!(2), &json!(2), &json!(true)));
    assert_eq!(row["scope"], json!({ "kind": "zone", "region": "QZ-FTZ" }));
}

#[actix_web::test]
async fn a_year_without_a_version_has_no_rows() {
    let app = TestApp::new().await;
    let quota =
        app.token(Role::BureauOfficer).get("/api/v1/pool/quota?year=2026").await.assert_status(200).json();
    assert_eq!((&quota["policy"], &quota["rows"]), (&Value::Null, &json!([])));
    app.token(Role::BureauOfficer).get("/api/v1/pool/quota?year=x").await.assert_status(400);
    app.token(Role::Admin).get("/api/v1/pool/quota?year=2024").await.assert_status(403);
}

#[actix_web::test]
async fn a_county_sees_the_citys_figure_and_its_own_projects() {
    let app = TestApp::new().await;
    let own = in_pool(&app, "2024-03-01", json!({})).await;
    let other = in_pool(&app, "2024-03-01", json!({ "county": "450722" })).await;
    start(&app, &own, "2024-05-06").await;
    start(&app, &other, "2024-05-06").await;
    let row = row(&app, Role::CountyOfficer, 2024, "construction_starts").await;
    assert_eq!(row["counted"], 2);
    let named: Vec<&Value> = row["projects"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(named, [&own["id"]]);
}
