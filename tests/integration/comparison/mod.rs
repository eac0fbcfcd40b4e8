//! The counties side by side, through HTTP.

use crate::projects::{new_project, paper, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_withdrawn_project_leaves_the_pool_at_the_end_of_its_year() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2023-01-05").await;
    let entry = json!({ "entered_on": "2023-03-01" });
    officer.post_json(&path(&project, "/pool-entry"), entry).await.assert_status(200);
    let end = json!({ "withdrawn_on": "2024-02-01", "reason": "投资方终止" });
    officer.post_json(&path(&project, "/withdrawal"), end).await.assert_status(200);
    let mut figures = Vec::new();
    for year in 2022..=2024 {
        let address = format!("/api/v1/pool/comparison?year={year}");
        let total = officer.get(&address).await.assert_status(200).json()["total"].clone();
        figures.push(
            ["in_pool", "key", "entered", "total_investment_fen"].map(|field| total[field].as_i64().unwrap()),
        );
    }
    assert_eq!(figures, [[0, 0, 0, 0], [1, 1, 1, 200_000_000_00], [0, 0, 0, 0]]);
}

#[actix_web::test]
async fn each_county_has_its_figures_and_only_what_is_verified_counts() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let enter = async |project: &Value| {
        sign(&app, project, "2024-01-05").await;
        let body = json!({ "entered_on": "2024-02-01" });
        officer.post_json(&path(project, "/pool-entry"), body).await.assert_status(200);
    };
    let started = new_project(&app, json!({})).await;
    enter(&started).await;
    let permit = paper(&app, &started, "construction_permit");
    let body = json!({ "actual_on": "2024-05-06", "evidence": [permit] });
    report(&app, &started, "construction_start", body).await.assert_status(200);
    let at = path(&started, "/milestones/construction_start/verification");
    app.token(Role::BureauHead).post_json(&at, json!({ "decision": "accepted" })).await.assert_status(200);
    let reported = new_project(&app, json!({ "total_investment_fen": 100 })).await;
    enter(&reported).await;
    report(&app, &reported, "construction_start", json!({ "actual_on": "2024-05-06" }))
        .await
        .assert_status(200);
    let enclave = json!({ "county": "QZ-FTZ", "industry": "chemical", "enclave": { "county": "450703", "land_use": "county" } });
    enter(&new_project(&app, enclave).await).await;
    new_project(&app, json!({ "county": "450722" })).await;

    let of = async |year: i32| {
        let address = format!("/api/v1/pool/comparison?year={year}");
        app.token(Role::LeadingGroup).get(&address).await.assert_status(200).json()
    };
    let figures = of(2024).await;
    let row = |county: &str| {
        let rows = figures["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["county"] == county).unwrap();
        ["in_pool", "key", "started", "producing"].map(|field| row[field].as_i64().unwrap())
    };
    assert_eq!(row("450721"), [2, 1, 1, 0]);
    assert_eq!(row("450703"), [1, 1, 0, 0], "an enclave project on its land is the county's");
    assert_eq!(row("QZ-FTZ"), [0, 0, 0, 0]);
    assert_eq!(row("450722"), [0, 0, 0, 0], "it never entered the pool");
    assert_eq!(figures["total"]["total_investment_fen"], 400_000_000_00_i64 + 100);
    assert_eq!(of(2023).await["total"]["in_pool"], 0);
    let page = app.signed_in(Role::CountyLeader).get("/comparison?year=2024").await.assert_status(200).text();
    assert!(page.contains("灵山县") && page.contains("data-chart="));
    app.signed_in(Role::BureauHead).get("/comparison?year=x").await.assert_status(400);
}
