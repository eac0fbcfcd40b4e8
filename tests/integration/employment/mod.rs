//! New jobs by calendar year, and who is supported first (plan clause 三(五)1; domain/rules.md, E1).

use crate::projects::{new_project, path, read};
use crate::support::{Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn enter(app: &TestApp, role: Role, project: &Value, year: &str, body: Value) -> Response {
    let client = app.token(role);
    let etag = read(&client, project).await.etag();
    client.put_json(&path(project, &format!("/employment/{year}")), &etag, body).await
}

/// The years in which the project is supported first.
fn supported(project: &Value) -> Vec<i64> {
    let years = project["employment"].as_array().unwrap().iter();
    years.filter(|one| one["supported_first"] == true).map(|one| one["year"].as_i64().unwrap()).collect()
}

/// What it is, the years entered as (year, new jobs, above scale), and the years in which it is supported first.
type Case = (&'static str, &'static [(i32, i64, bool)], &'static [i64]);

#[actix_web::test]
async fn above_scale_with_500_new_jobs_in_one_calendar_year_is_supported_first() {
    let app = TestApp::new().await;
    let cases: &[Case] = &[
        ("499", &[(2024, 499, true)], &[]),
        ("500", &[(2024, 500, true)], &[2024]),
        ("500 below scale", &[(2024, 500, false)], &[]),
        ("300 + 300 over two years", &[(2024, 300, true), (2025, 300, true)], &[]),
        ("500 and then fewer", &[(2024, 800, true), (2025, 20, true)], &[2024]),
        ("above scale only in the other year", &[(2024, 600, false), (2025, 400, true)], &[]),
        ("both years", &[(2024, 500, true), (2025, 501, true)], &[2025, 2024]),
        ("a year that no version covers", &[(2026, 900, true)], &[]),
    ];
    let mut of_2024 = Vec::new();
    for (case, years, wanted) in cases {
        let project = new_project(&app, json!({ "title": case })).await;
        let mut shown = Value::Null;
        for (year, new_jobs, above_scale) in *years {
            let body = json!({ "new_jobs": new_jobs, "above_scale": above_scale });
            let done = enter(&app, Role::CountyOfficer, &project, &year.to_string(), body).await;
            shown = done.assert_status(200).json();
        }
        assert_eq!(supported(&shown), *wanted, "{case}");
        if wanted.contains(&2024) {
            of_2024.push(project["id"].clone());
        }
        let page =
            app.signed_in(Role::BureauOfficer).get(&format!("/projects/{}", project["id"].as_str().unwrap()));
        let page = page.await.assert_status(200).text();
        let marks = page.matches("优先支持 20").count();
        assert_eq!(marks, wanted.len(), "{case}: one mark a year");
    }
    let list =
        app.token(Role::BureauOfficer).get("/api/v1/projects?supported_year=2024&count=true&sort=code");
    let list = list.await.assert_status(200).json();
    let found: Vec<Value> = list["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!((found, &list["total"]), (of_2024, &json!(3)));
    for nobody in [2023, 2026] {
        let list = app.token(Role::BureauOfficer).get(&format!("/api/v1/projects?supported_year={nobody}"));
        assert_eq!(list.await.assert_status(200).json()["items"], json!([]));
    }
    let page = app
        .signed_in(Role::BureauOfficer)
        .get("/projects?supported_year=2025")
        .await
        .assert_status(200)
        .text();
    assert!(page.contains("both years") && !page.contains("300 + 300"));
}

#[actix_web::test]
async fn a_year_is_corrected_by_entering_it_again_and_the_trail_tells_of_it() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let body = |new_jobs: i64| json!({ "new_jobs": new_jobs, "above_scale": true });
    enter(&app, Role::BureauOfficer, &project, "2024", body(500)).await.assert_status(200);
    let again = enter(&app, Role::BureauOfficer, &project, "2024", body(50)).await.assert_status(200).json();
    assert_eq!(again["employment"].as_array().unwrap().len(), 1);
    assert_eq!(supported(&again), Vec::<i64>::new());
    let trail = app.token(Role::Auditor).get("/api/v1/audit?action=project.employment").await.json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 2);
    for (year, body, status) in [
        ("2024", json!({ "new_jobs": -1, "above_scale": true }), 422),
        ("2024", json!({ "new_jobs": 1 }), 422),
        ("2999", body(1), 422),
        ("1066", body(1), 422),
        ("x", body(1), 404),
    ] {
        enter(&app, Role::BureauOfficer, &project, year, body).await.assert_status(status);
    }
    let stale = app.token(Role::BureauOfficer);
    stale.put_json(&path(&project, "/employment/2024"), "\"1\"", body(7)).await.assert_status(412);
}

#[actix_web::test]
async fn a_year_is_entered_on_the_projects_page() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let officer = app.signed_in(Role::CountyOfficer);
    let at = format!("/projects/{}/employment", project["id"].as_str().unwrap());
    let form = officer.get(&at).await.assert_status(200).text();
    assert!(form.contains("name=\"new_jobs\""));
    let fields = |jobs: &'static str| {
        [("year", "2024"), ("new_jobs", jobs), ("above_scale", "true"), ("version", "1")]
    };
    let wrong = officer.post_form(&at, &fields("many")).await.assert_status(422).text();
    assert!(wrong.contains("value=\"many\""));
    officer.post_form(&at, &fields("1,200")).await.assert_status(303);
    let page = officer.get(at.trim_end_matches("/employment")).await.assert_status(200).text();
    assert!(page.contains("1,200") && page.contains("优先支持 2024"));
    app.signed_in(Role::CountyLeader).get(&at).await.assert_status(403);
}
