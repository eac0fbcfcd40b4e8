//! What investor, county and bureau say of a filing.

use super::{at, file, new_referrer, say};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

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
