//! What investor, county and bureau say of a filing.

use super::{at, file, new_referrer, say};
use crate::award_applications::{LIST, body, landed, path, people, referrer, step, walk};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::db::Id;
use yinfeng::schema::filing_confirmations;

#[actix_web::test]
async fn three_parties_confirm_and_none_of_them_his_own_filing() {
    let app = TestApp::new().await;
    let (bureau, head) = (app.token(Role::BureauOfficer), app.token(Role::BureauHead));
    let (county, foreign) =
        (app.token(Role::CountyOfficer), app.user(Role::CountyOfficer).region("450722").token());
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let filing = file(&bureau, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let refused = say(&bureau, &filing, "bureau", "confirmed").await.assert_status(403).json();
    assert_eq!(refused["code"], "own-entry");
    say(&head, &filing, "county", "confirmed").await.assert_status(403);
    say(&county, &filing, "bureau", "confirmed").await.assert_status(403);
    say(&foreign, &filing, "county", "confirmed").await.assert_status(404);
    say(&app.token(Role::Auditor), &filing, "investor", "confirmed").await.assert_status(403);
    let one = say(&bureau, &filing, "investor", "confirmed").await.assert_status(200).json();
    assert!(super::found(&one).contains(&"no_letter".to_owned()), "the letter is no paper yet: {one}");
    let two = say(&county, &filing, "county", "confirmed").await.assert_status(200).json();
    assert_eq!(two["step"], "filed");
    let three = say(&head, &filing, "bureau", "confirmed").await.assert_status(200).json();
    assert_eq!(three["step"], "confirmed");
    assert_eq!(three["confirmations"].as_array().unwrap().len(), 3);
    let again = say(&head, &filing, "bureau", "refused").await.assert_status(409).json();
    assert_eq!(again["code"], "filing-decided");
}

#[actix_web::test]
async fn a_refusal_needs_a_reason_and_stale_versions_are_told() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let (lead, referrer) = (app.new_lead(json!({})).await, new_referrer(&app, json!({})).await);
    let filing = file(&bureau, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let refusal = json!({ "party": "county", "decision": "refused" });
    let refused = county.post_json(&at(&filing, "/confirmations"), refusal).await.assert_status(422);
    assert_eq!(refused.faults(), [("reason".to_owned(), "reason-required".to_owned())]);
    let stale = json!({ "party": "county", "decision": "confirmed" });
    let stale = county.post_json(&at(&filing, "/confirmations"), stale).if_match("\"7\"");
    stale.await.assert_status(412);
    let said = say(&county, &filing, "county", "refused").await.assert_status(200).json();
    assert_eq!(said["step"], "refused");
    bureau.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await.assert_status(200);
    let late = say(&bureau, &filing, "investor", "confirmed").await.assert_status(409).json();
    assert_eq!(late["code"], "filing-withdrawn");
}

/// A filing of a landed project, and an application for its award that was drafted.
async fn applied_for(app: &TestApp) -> (Value, Value) {
    let project = landed(app, json!({})).await;
    let referrer = referrer(app, &format!("示例引荐 {}", Id::generate()));
    let of = json!({ "project_id": project["id"], "filed_on": "2023-03-01" });
    let filer = app.user(Role::BureauOfficer).token();
    let filing = file(&filer, &json!({ "id": referrer }), of).await.assert_status(201).json();
    let creator = people(app).creator;
    let application = creator.post_json(LIST, body(&project, &referrer)).await.assert_status(201).json();
    (filing, application)
}

#[actix_web::test]
async fn who_works_on_an_award_of_the_case_confirms_nothing_of_it() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (filing, application) = applied_for(&app).await;
    let refused = say(&people.creator, &filing, "county", "confirmed").await.assert_status(403).json();
    assert_eq!(refused["code"], "filing-award-duty");
    assert!(refused["detail"].as_str().is_some_and(|said| said.contains("不相容")), "{refused:#}");
    let page = format!("/filings/{}", filing["id"].as_str().unwrap());
    let page = app.signed_in(Role::CountyOfficer).get(&page).await.assert_status(200).text();
    assert!(page.contains("/confirmations"), "he may still enter the investor's letter");
    say(&people.creator, &filing, "investor", "confirmed").await.assert_status(200);
    walk(&app, &people, &application, "county_reviewed").await;
    let reviewer = say(&people.county, &filing, "county", "confirmed").await.assert_status(403).json();
    assert_eq!(reviewer["code"], "filing-award-duty");
    let other = app.user(Role::CountyOfficer).token();
    say(&other, &filing, "county", "confirmed").await.assert_status(200);
    // Another project's are no matter.
    let (elsewhere, _) = applied_for(&app).await;
    say(&people.county, &elsewhere, "county", "confirmed").await.assert_status(200);
    // What was withdrawn has no duties.
    let (dropped, ended) = applied_for(&app).await;
    step(&people.creator, &ended, "withdrawn").await.assert_status(200);
    say(&people.creator, &dropped, "county", "confirmed").await.assert_status(200);
}

#[actix_web::test]
async fn a_filing_that_is_dropped_frees_nobody_and_none_is_while_its_award_is_applied_for() {
    let app = TestApp::new().await;
    let people = people(&app);
    let (filing, application) = applied_for(&app).await;
    let withdraw = async || {
        let bureau = app.token(Role::BureauHead);
        bureau.post_json(&at(&filing, "/withdrawal"), json!({ "reason": "退出" })).await
    };
    say(&people.bureau, &filing, "bureau", "confirmed").await.assert_status(200);
    step(&people.creator, &application, "submitted").await.assert_status(200);
    let firm = withdraw().await.assert_status(409).json();
    assert_eq!(firm["code"], "filing-in-application");
    step(&people.county, &application, "returned").await.assert_status(200);
    withdraw().await.assert_status(200);
    // The referrer files anew, and others confirm it.
    let of = json!({ "project_id": application["project"]["id"], "filed_on": "2023-03-01" });
    let filer = app.user(Role::BureauOfficer).token();
    let again = file(&filer, &filing["referrer"], of).await.assert_status(201).json();
    say(&filer, &again, "investor", "confirmed").await.assert_status(200);
    for (role, party) in [(Role::CountyOfficer, "county"), (Role::BureauHead, "bureau")] {
        say(&app.user(role).token(), &again, party, "confirmed").await.assert_status(200);
    }
    walk(&app, &people, &application, "county_reviewed").await;
    let freed = step(&people.bureau, &application, "bureau_reviewed").await.assert_status(403).json();
    assert_eq!(freed["code"], "award-two-duties");
    let said: i64 = app.read(|conn| filing_confirmations::table.count().get_result(conn));
    assert_eq!(said, 4, "what was said stays on record");
    let at_page = path(&application, "").replace("/api/v1", "");
    app.signed_in(Role::BureauOfficer).get(&at_page).await.assert_status(200);
}
