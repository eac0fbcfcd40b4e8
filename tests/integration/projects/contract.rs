//! The contract and its annual plan.

use super::{new_project, path, read};
use crate::support::TestApp;
use serde_json::json;
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
