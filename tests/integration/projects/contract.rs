//! The contract and its annual plan.

use super::{new_project, path, read, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_contract_is_kept_with_its_plan_and_makes_its_milestone() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({ "total_investment_fen": null })).await;
    let body = json!({
        "signed_on": "2024-05-06", "total_investment_fen": 300_000_000_00_i64,
        "fixed_investment_fen": 200_000_000_00_i64, "land_premium_fen": 10_000_000_00_i64,
        "parties": ["灵山县人民政府(示例)", "示例投资方(虚构)"],
        "years": [{ "year": 1, "fixed_investment_fen": 120_000_000_00_i64, "land_premium_fen": 10_000_000_00_i64 },
                  { "year": 2, "fixed_investment_fen": 80_000_000_00_i64, "land_premium_fen": 0 }],
        "funding": [{ "source": "企业自筹", "amount_fen": 180_000_000_00_i64 }],
    });
    officer
        .request(actix_web::http::Method::PUT, &path(&project, "/contract"))
        .json(body.clone())
        .await
        .assert_status(428);
    let kept =
        officer.put_json(&path(&project, "/contract"), "\"1\"", body.clone()).await.assert_status(200).json();
    for field in ["signed_on", "total_investment_fen", "years", "parties", "funding"] {
        assert_eq!(kept["contract"][field], body[field], "{field}");
    }
    assert_eq!(kept["total_investment_fen"], body["total_investment_fen"], "the project did not know it");
    assert_eq!(kept["milestones"][0]["kind"], "contract");
    assert_eq!(kept["milestones"][0]["actual_on"], "2024-05-06");
    assert_eq!(kept["stage"], "contract");
    officer.put_json(&path(&project, "/contract"), "\"1\"", body).await.assert_status(412);
    let more = json!({ "signed_on": "2024-09-01", "content": "延长一年" });
    let with =
        officer.post_json(&path(&project, "/contract/supplements"), more).await.assert_status(200).json();
    assert_eq!(with["contract"]["supplements"][0]["content"], "延长一年");
}

#[actix_web::test]
async fn a_plan_that_does_not_fit_is_refused_whole() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    let year =
        |year: i64, fen: i64| json!({ "year": year, "fixed_investment_fen": fen, "land_premium_fen": 0 });
    for (changes, field, code) in [
        (json!({ "signed_on": null }), "signed_on", "required"),
        (json!({ "signed_on": "2999-01-01" }), "signed_on", "date-in-future"),
        (json!({ "total_investment_fen": null }), "total_investment_fen", "required"),
        (json!({ "fixed_investment_fen": 101 }), "fixed_investment_fen", "fixed-above-total"),
        (json!({ "years": [year(2, 1)] }), "years", "years-in-order"),
        (json!({ "years": [year(1, 1), year(1, 1)] }), "years", "years-in-order"),
        (
            json!({ "fixed_investment_fen": 50, "years": [year(1, 30), year(2, 21)] }),
            "years",
            "years-above-contract",
        ),
        (json!({ "years": [year(1, 101)] }), "years", "years-above-contract"),
        (
            json!({ "land_premium_fen": 5, "years": [{ "year": 1, "fixed_investment_fen": 1, "land_premium_fen": 6 }] }),
            "years",
            "premiums-above-contract",
        ),
        (json!({ "years": [year(1, -1)] }), "years", "negative"),
    ] {
        let mut body = json!({ "signed_on": "2024-05-06", "total_investment_fen": 100, "years": [] });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let refused = officer.put_json(&path(&project, "/contract"), "\"1\"", body).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())], "{changes}");
    }
    assert!(read(&officer, &project).await.json()["contract"].is_null(), "nothing was written");
}

async fn signed_on(app: &TestApp, project: &Value, kind: &str, day: &str) -> Value {
    let client = app.token(Role::BureauOfficer);
    let etag = read(&client, project).await.etag();
    let body = json!({ "kind": kind, "signed_on": day, "total_investment_fen": 1 });
    client.put_json(&path(project, "/contract"), &etag, body).await.assert_status(200).json()
}

#[actix_web::test]
async fn the_day_of_the_milestone_is_the_contracts_and_a_framework_agreement_reaches_none() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({})).await;
    let reported = json!({ "planned_on": "2024-03-01", "actual_on": "2024-01-02" });
    report(&app, &project, "contract", reported).await.assert_status(200);
    let framework = signed_on(&app, &project, "framework", "2024-01-02").await;
    assert_eq!(framework["milestones"][0]["actual_on"], Value::Null, "it was no contract");
    assert_eq!(framework["milestones"][0]["planned_on"], "2024-03-01");
    assert_eq!(
        (&framework["milestones"][0]["state"], &framework["stage"]),
        (&json!("planned"), &Value::Null)
    );
    let day = |day: &str| json!({ "actual_on": day });
    let refused = report(&app, &project, "contract", day("2024-01-02")).await.assert_status(422);
    assert_eq!(refused.faults(), [("actual_on".into(), "framework-is-no-contract".into())]);

    let formal = signed_on(&app, &project, "formal", "2024-02-01").await;
    assert_eq!(
        (&formal["milestones"][0]["actual_on"], &formal["stage"]),
        (&json!("2024-02-01"), &json!("contract"))
    );
    for other in [day("2024-02-02"), json!({ "actual_on": null })] {
        let refused = report(&app, &project, "contract", other).await.assert_status(422);
        assert_eq!(refused.faults(), [("actual_on".into(), "other-than-contract".into())]);
        assert!(refused.text().contains("2024-02-01"), "the day that it has is named");
    }
    report(&app, &project, "contract", day("2024-02-01")).await.assert_status(200);
}

#[actix_web::test]
async fn what_lies_before_the_contract_is_marked() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2024-02-01").await;
    let supplement = json!({ "signed_on": "2024-02-01", "content": "同日补充" });
    let at = path(&project, "/contract/supplements");
    let on_the_day = officer.post_json(&at, supplement).await.assert_status(200).json();
    assert_eq!(on_the_day["warnings"], json!([]));
    let early = json!({ "signed_on": "2024-01-31", "content": "补充" });
    let early = officer.post_json(&at, early).await.assert_status(200).json();
    assert_eq!(early["warnings"], json!(["supplement_before_contract"]));
    let started = report(&app, &project, "construction_start", json!({ "actual_on": "2024-01-30" })).await;
    let wanted = json!(["start_before_contract", "supplement_before_contract"]);
    assert_eq!(started.assert_status(200).json()["warnings"], wanted);
    let list = officer.get("/api/v1/projects").await.assert_status(200).json();
    assert_eq!(list["items"][0]["warnings"], wanted, "the list says the same");
    let page = app.signed_in(Role::Auditor).get(&format!("/projects/{}", project["id"].as_str().unwrap()));
    assert!(page.await.text().contains("开工早于合同签订"));
}
