//! The counties' parts of the city's quota: proposed on the quota page, counted when confirmed.

use super::{confirm, quota};
use crate::projects::{new_project, paper, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const AT: &str = "/policies/qinzhou-2023-2025/decomposition/2024";
const NAME: (&str, &str) = ("document_name", "关于分解年度任务的通知");

/// Target, counted, gap and forecast of the counties' rows, by county.
fn counties(quota: &Value) -> Vec<(String, [i64; 4])> {
    let rows = quota["rows"].as_array().unwrap().iter().filter(|row| row["scope"]["kind"] == "county");
    let figures =
        |row: &Value| ["target", "counted", "gap", "forecast"].map(|name| row[name].as_i64().unwrap());
    rows.map(|row| (row["scope"]["region"].as_str().unwrap().to_owned(), figures(row))).collect()
}

#[actix_web::test]
async fn county_rows_stand_beside_the_citys_and_need_not_add_up() {
    let app = TestApp::new().await;
    let head = app.signed_in(Role::BureauHead);
    let started = new_project(&app, json!({})).await;
    sign(&app, &started, "2023-06-01").await;
    let enter = json!({ "entered_on": "2024-01-08" });
    app.token(Role::BureauOfficer).post_json(&path(&started, "/pool-entry"), enter).await.assert_status(200);
    let body =
        json!({ "actual_on": "2024-05-06", "evidence": [paper(&app, &started, "construction_permit")] });
    report(&app, &started, "construction_start", body).await.assert_status(200);
    let verified = path(&started, "/milestones/construction_start/verification");
    let accept = json!({ "decision": "accepted" });
    app.token(Role::BureauHead).post_json(&verified, accept).await.assert_status(200);
    // Registered in the zone, on the land of 450703: the county's start.
    let enclave = json!({ "county": "QZ-FTZ", "industry": "chemical",
        "enclave": { "county": "450703", "land_use": "county" } });
    let enclave = new_project(&app, enclave).await;
    report(&app, &enclave, "construction_start", json!({ "planned_on": "2024-09-01" }))
        .await
        .assert_status(200);

    let page = head.get("/quota?year=2024").await.assert_status(200).text();
    assert!(page.contains(AT));
    let officer = app.signed_in(Role::BureauOfficer).get("/quota?year=2024").await.text();
    assert!(!officer.contains(AT));
    for (value, status) in [("x", 422), ("-1", 422), ("2", 303)] {
        let fields = [("target_450721", "2"), ("target_450703", value), NAME];
        let answer = head.post_form(AT, &fields).await.assert_status(status);
        if status == 422 {
            assert!(answer.text().contains("value=\"2\""), "what was typed stays");
        }
    }
    assert_eq!(counties(&quota(&app, 2024).await), [], "it waits for the second person");
    let second = app.signed_in(Role::LeadingGroup);
    let document = second.get(&super::waiting(&second).await).await.assert_status(200).text();
    assert!(
        document.contains("2024")
            && document.contains("灵山县")
            && document.contains("关于分解年度任务的通知")
    );
    confirm(&app).await;

    let year = quota(&app, 2024).await;
    let city = &year["rows"][0];
    assert_eq!((&city["scope"]["kind"], &city["target"]), (&json!("city"), &json!(3)), "the formal figure");
    assert_eq!(
        counties(&year),
        [("450703".to_owned(), [2, 0, 2, 1]), ("450721".to_owned(), [2, 1, 1, 0])],
        "target, counted, gap, forecast"
    );
    assert_eq!(counties(&quota(&app, 2025).await), [], "it is of one year");
    let page = head.get("/quota?year=2024").await.assert_status(200).text();
    assert!(page.contains("县区合计 4，全市目标 3"));
    let form = head.get(AT).await.assert_status(200).text();
    assert!(form.contains("name=\"target_450721\"") && form.contains("value=\"2\""));

    // A later one takes its place.
    head.post_form(AT, &[("target_450722", "3"), NAME]).await.assert_status(303);
    confirm(&app).await;
    assert_eq!(counties(&quota(&app, 2024).await), [("450722".to_owned(), [3, 0, 3, 0])]);
    head.get("/policies/qinzhou-2023-2025/decomposition/2031").await.assert_status(404);
    head.get("/policies/nothing/decomposition/2024").await.assert_status(404);
}

#[actix_web::test]
async fn targets_that_do_not_fit_are_told_by_county() {
    let app = TestApp::new().await;
    let head = app.token(Role::BureauHead);
    let at = format!("/api/v1{AT}");
    for (targets, field, code) in [
        (json!({}), "targets", "no-target"),
        (json!({ "450721": -1 }), "targets.450721", "negative"),
        (json!({ "450721": 10_001 }), "targets.450721", "target-too-large"),
        (json!({ "QZ-FTZ": 1 }), "targets.QZ-FTZ", "unknown"),
        (json!({ "1": 1 }), "targets.1", "unknown"),
    ] {
        let body = json!({ "targets": targets, "document_name": "通知" });
        let refused = head.post_json(&at, body).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    let none = app.signed_in(Role::BureauHead).post_form(AT, &[NAME]).await.assert_status(422).text();
    assert!(none.contains("请至少给一个县区定目标"));
    let body = json!({ "targets": { "450721": 0 }, "document_name": "通知" });
    head.post_json(&at, body).await.assert_status(201);
}
