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
    let reported = new_project(&app, json!({})).await;
    enter(&reported).await;
    let small = json!({ "total_investment_fen": 100, "fixed_investment_fen": 100 });
    let etag = crate::projects::read(&officer, &reported).await.etag();
    officer.patch_json(&path(&reported, ""), &etag, small).await.assert_status(200);
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

#[actix_web::test]
async fn a_project_that_came_back_stood_in_the_pool_when_it_did() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2023-01-05").await;
    for (entered_on, withdrawn_on) in
        [("2023-03-01", Some("2024-02-01")), ("2025-01-05", Some("2025-02-01")), ("2025-06-01", None)]
    {
        let entry = json!({ "entered_on": entered_on });
        officer.post_json(&path(&project, "/pool-entry"), entry).await.assert_status(200);
        if let Some(day) = withdrawn_on {
            let end = json!({ "withdrawn_on": day, "reason": "资金未落实" });
            officer.post_json(&path(&project, "/withdrawal"), end).await.assert_status(200);
        }
    }
    for (year, in_pool, entered) in [(2023, 1, 1), (2024, 0, 0), (2025, 1, 1), (2026, 1, 0)] {
        let address = format!("/api/v1/pool/comparison?year={year}");
        let total = officer.get(&address).await.assert_status(200).json()["total"].clone();
        assert_eq!((&total["in_pool"], &total["entered"]), (&json!(in_pool), &json!(entered)), "{year}");
        for (name, figure) in [("entered_year", entered), ("pool_year", in_pool)] {
            let list = officer.get(&format!("/api/v1/projects?{name}={year}")).await.assert_status(200);
            assert_eq!(list.json()["items"].as_array().unwrap().len(), figure, "{name}={year}");
        }
    }
}

/// Every number can be opened to the rows that make it.
#[actix_web::test]
async fn a_figure_opens_the_projects_behind_it_to_who_sees_them() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let started = new_project(&app, json!({ "title": "开了工的" })).await;
    sign(&app, &started, "2024-01-05").await;
    let body = json!({ "entered_on": "2024-02-01" });
    officer.post_json(&path(&started, "/pool-entry"), body).await.assert_status(200);
    let permit = paper(&app, &started, "construction_permit");
    let body = json!({ "actual_on": "2024-05-06", "evidence": [permit] });
    report(&app, &started, "construction_start", body).await.assert_status(200);
    let at = path(&started, "/milestones/construction_start/verification");
    app.token(Role::BureauHead).post_json(&at, json!({ "decision": "accepted" })).await.assert_status(200);
    let waiting = new_project(&app, json!({ "title": "待核验的" })).await;
    report(&app, &waiting, "construction_start", json!({ "actual_on": "2024-05-06" }))
        .await
        .assert_status(200);

    for (role, opens) in
        [(Role::BureauOfficer, true), (Role::CountyOfficer, true), (Role::CountyLeader, false)]
    {
        let client = app.signed_in(role);
        let page = client.get("/comparison?year=2024").await.assert_status(200).text();
        for name in ["pool_year", "entered_year", "started_year"] {
            let way = format!("/projects?statistics_county=450721&{name}=2024");
            assert_eq!(page.contains(&way.replace('&', "&amp;")), opens, "{role} {name}");
            if opens {
                let list = client.get(&way).await.assert_status(200).text();
                assert!(list.contains("开了工的") && !list.contains("待核验的"), "{role} {name}");
            }
        }
        assert!(!page.contains("producing_year"), "there is none");
    }
    officer.get("/api/v1/projects?started_year=1").await.assert_status(400);
    app.signed_in(Role::Federation).get("/comparison?year=2024").await.assert_status(200);
}
