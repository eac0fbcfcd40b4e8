//! What is frozen at the submission stays; later changes of the project show as differences.

use super::{draft, path, people, read, step, walk};
use crate::projects::{path as project_path, read as read_project};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Changes the first contract year of the application's project.
async fn change_plan(app: &TestApp, application: &Value, fen: i64) {
    let project = json!({ "id": application["project"]["id"] });
    let officer = app.token(Role::BureauOfficer);
    let etag = read_project(&officer, &project).await.etag();
    let contract = json!({ "signed_on": "2023-06-01", "total_investment_fen": 200_000_000_00_i64,
        "years": [{ "year": 1, "fixed_investment_fen": fen, "land_premium_fen": 0 }] });
    officer.put_json(&project_path(&project, "/contract"), &etag, contract).await.assert_status(200);
}

#[actix_web::test]
async fn a_draft_follows_the_project_and_a_submitted_one_does_not() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    change_plan(&app, &application, 50_000_000_00).await;
    let now = read(&people.creator, &application).await;
    assert_eq!((now["award"]["amount_fen"].clone(), now["frozen"].clone()), (json!(5_000_000), json!(false)));
    step(&people.creator, &application, "submitted").await.assert_status(200);
    change_plan(&app, &application, 80_000_000_00).await;
    let frozen = read(&people.creator, &application).await;
    assert_eq!(
        (frozen["award"]["amount_fen"].clone(), frozen["amount_fen"].clone()),
        (json!(5_000_000), json!(5_000_000))
    );
    assert_eq!(
        frozen["differences"],
        json!([{ "fact": "annual_fixed_investment_fen",
            "frozen": [50_000_000_00_i64], "now": [80_000_000_00_i64] }])
    );
    // The steps that a reviewer reads, each with its clause and a sentence.
    let steps = frozen["award"]["steps"].as_array().unwrap();
    assert!(steps.iter().all(|one| one["clause"] == "三(四)2(2)" && one["text"] != ""), "{frozen:#}");
    // Returned and submitted again, it is computed of what is there then.
    step(&people.county, &application, "returned").await.assert_status(200);
    let again = step(&people.creator, &application, "submitted").await.assert_status(200).json();
    assert_eq!((again["amount_fen"].clone(), again["differences"].clone()), (json!(8_000_000), json!([])));
}

#[actix_web::test]
async fn nothing_of_a_paid_one_changes() {
    let app = TestApp::new().await;
    let people = people(&app);
    let application = draft(&app).await;
    walk(&app, &people, &application, "paid").await;
    let paid = read(&people.head, &application).await;
    change_plan(&app, &application, 1_00).await;
    let now = read(&people.head, &application).await;
    for field in ["award", "facts", "amount_fen", "payees", "funding", "policy", "version"] {
        assert_eq!(now[field], paid[field], "{field}");
    }
    let etag = format!("\"{}\"", now["version"]);
    let change = json!({ "payees": [] });
    people.creator.patch_json(&path(&application, ""), &etag, change).await.assert_status(409);
    let parts = json!({ "parts": [{ "level": "city", "share_bp": 10_000 }] });
    people.finance.put_json(&path(&application, "/funding"), &etag, parts).await.assert_status(409);
}
