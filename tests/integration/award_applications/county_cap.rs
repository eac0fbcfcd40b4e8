//! 园区基础设施补助: at most 5,000,000 yuan a county a year, all its applications together.

use super::{LIST, end_notice, path, people, read, step};
use crate::projects::new_project;
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use std::future::IntoFuture;
use yinfeng::accounts::Role;

/// A draft of a tenth of so many yuan.
async fn parks(app: &TestApp, creator: &Client, yuan: i64, is_county: bool) -> Value {
    let project = new_project(app, json!({})).await;
    drafted(creator, &project, yuan, is_county).await
}

async fn drafted(creator: &Client, project: &Value, yuan: i64, is_county: bool) -> Value {
    let facts = json!({ "applicant_is_county": is_county, "covered_category": true, "previous_year": true,
        "actual_investment_fen": [yuan * 100] });
    let entry = json!({ "project_id": project["id"], "rule": "park_infrastructure", "facts": facts });
    creator.post_json(LIST, entry).await.assert_status(201).json()
}

/// The warnings of the cap.
fn warned(application: &Value) -> Vec<&str> {
    let all = application["warnings"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap());
    all.filter(|code| code.starts_with("county_cap")).collect()
}

fn assert_over(refused: Response, code: &Value) {
    let refused = refused.assert_status(422);
    assert_eq!(refused.faults(), [("facts".into(), "award-county-cap".into())]);
    assert!(refused.text().contains(code.as_str().unwrap()), "{}", refused.text());
}

#[actix_web::test]
async fn a_second_application_of_the_county_and_year_has_at_most_the_rest() {
    let app = TestApp::new().await;
    let people = people(&app);
    let first = parks(&app, &people.creator, 30_000_000, true).await;
    assert_eq!(first["payees"][0]["name"], "灵山县", "it is the county's own award");
    let second = parks(&app, &people.creator, 30_000_000, true).await;
    assert_eq!((warned(&second), &second["next"]), (vec![], &json!(["submitted", "withdrawn"])));
    step(&people.creator, &first, "submitted").await.assert_status(200);

    let shown = read(&people.creator, &second).await;
    assert_eq!((warned(&shown), &shown["next"]), (vec!["county_cap_exceeded"], &json!(["withdrawn"])));
    assert_eq!(shown["award"]["amount_fen"], 300_000_000, "computed as if there were no other");
    assert_over(step(&people.creator, &second, "submitted").await, &first["code"]);
    let page = path(&second, "").replace("/api/v1", "");
    let browser = app.signed_in(Role::CountyOfficer);
    let shown = browser.get(&page).await.assert_status(200).text();
    assert!(shown.contains("只剩 2,000,000 元") && !shown.contains("value=\"submitted\""), "{shown}");
    let back = browser.post_form(&format!("{page}/transitions"), &[("to", "submitted"), ("version", "1")]);
    assert!(back.await.assert_status(422).text().contains("只剩 2,000,000 元"), "the page says it, too");

    // A tenth of 2,000 万 fills the cap, a yuan more does not fit.
    for (yuan, status) in [(20_000_010, 422), (20_000_000, 200)] {
        let etag = people.creator.get(&path(&second, "")).await.etag();
        let facts = json!({ "facts": { "actual_investment_fen": [yuan * 100_i64] } });
        people.creator.patch_json(&path(&second, ""), &etag, facts).await.assert_status(200);
        step(&people.creator, &second, "submitted").await.assert_status(status);
    }
    assert_eq!(warned(&read(&people.county, &first).await), ["county_cap_shared"]);

    // Another county has a cap of its own, and what was turned down holds nothing.
    let place = json!({ "county": "450722" });
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    let other = drafted(&elsewhere, &new_project(&app, place).await, 60_000_000, true).await;
    assert_eq!((other["payees"][0]["name"].as_str(), warned(&other)), (Some("浦北县"), vec![]));
    step(&elsewhere, &other, "submitted").await.assert_status(200);
    step(&people.county, &first, "refused").await.assert_status(200);
    let third = parks(&app, &people.creator, 30_000_000, true).await;
    step(&people.creator, &third, "submitted").await.assert_status(200);
}

#[actix_web::test]
async fn of_two_submitted_at_once_only_one_fits() {
    let app = TestApp::new().await;
    let people = people(&app);
    let other = app.program_of(&app.user(Role::CountyOfficer).insert());
    let one = parks(&app, &people.creator, 40_000_000, true).await;
    let two = parks(&app, &other, 40_000_000, true).await;
    let submit = |client: &Client, application: &Value| {
        client.post_json(&path(application, "/transitions"), json!({ "to": "submitted" })).into_future()
    };
    let both = futures_util::future::join(submit(&people.creator, &one), submit(&other, &two)).await;
    let mut statuses = [both.0.status(), both.1.status()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
}

#[actix_web::test]
async fn what_a_ruling_brought_over_the_cap_is_not_approved() {
    let app = TestApp::new().await;
    let people = people(&app);
    // Not a county's own at first: nothing is held until the head has ruled.
    let ruled = parks(&app, &people.creator, 30_000_000, false).await;
    let own = parks(&app, &people.creator, 30_000_000, true).await;
    for application in [&ruled, &own] {
        step(&people.creator, application, "submitted").await.assert_status(200);
    }
    let ruling = json!({ "kind": "eligibility", "decision": "accepted", "reason": "县区平台公司代建" });
    let shown = people.head.post_json(&path(&ruled, "/rulings"), ruling).await.assert_status(200).json();
    assert_eq!(shown["amount_fen"], 300_000_000);
    for application in [&ruled, &own] {
        for (who, to) in [
            (&people.county, "county_reviewed"),
            (&people.bureau, "bureau_reviewed"),
            (&people.finance, "finance_reviewed"),
            (&people.bureau, "in_notice"),
        ] {
            step(who, application, to).await.assert_status(200);
        }
        end_notice(&app, application);
    }
    step(&people.head, &own, "approved").await.assert_status(200);
    let shown = read(&people.head, &ruled).await;
    assert_eq!(warned(&shown), ["county_cap_exceeded"]);
    assert!(!shown["next"].as_array().unwrap().contains(&json!("approved")), "{shown:#}");
    assert_over(step(&people.head, &ruled, "approved").await, &own["code"]);
    assert_eq!(read(&people.head, &ruled).await["amount_fen"], 300_000_000, "what is frozen stays");
}
