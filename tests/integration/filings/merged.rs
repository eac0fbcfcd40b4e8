//! Filings of leads that were merged: read with the one that stayed, and counted with its own.

use super::{at, file, found, id, new_referrer};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Merges one lead into another.
async fn merge(app: &TestApp, lead: &Value, into: &Value) {
    let path = format!("/api/v1/leads/{}/merger", id(lead));
    let merger = json!({ "into": into["code"], "reason": "同一项目" });
    let shown = app.token(Role::BureauHead).get(&format!("/api/v1/leads/{}", id(lead))).await;
    let request = app.token(Role::BureauHead).request(actix_web::http::Method::POST, &path);
    request.if_match(&shown.etag()).json(merger).await.assert_status(200);
}

/// A project that a lead became, signed on a day.
async fn became(app: &TestApp, lead: &Value, signed_on: &str) -> Value {
    let bureau = app.token(Role::BureauOfficer);
    let body = json!({ "lead_id": lead["id"] });
    let project = bureau.post_json("/api/v1/projects", body).await.assert_status(201).json();
    crate::projects::sign(app, &project, signed_on).await;
    project
}

#[actix_web::test]
async fn a_filing_of_a_merged_lead_is_one_of_the_lead_that_stayed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let referrer = new_referrer(&app, json!({})).await;
    let (first, second, stays) =
        (app.new_lead(json!({})).await, app.new_lead(json!({})).await, app.new_lead(json!({})).await);
    let filing = file(&bureau, &referrer, json!({ "lead_id": first["id"] })).await.assert_status(201).json();
    // By way of another.
    merge(&app, &first, &second).await;
    merge(&app, &second, &stays).await;
    let shown = bureau.get(&at(&filing, "")).await.assert_status(200).json();
    assert_eq!((&shown["lead_id"], &shown["title"]), (&stays["id"], &stays["title"]));
    let page = format!("/leads/{}", id(&stays));
    let page = app.signed_in(Role::BureauOfficer).get(&page).await.assert_status(200).text();
    assert!(page.contains(filing["code"].as_str().unwrap()), "{page}");
    // One open filing of a lead and referrer, whichever of the merged leads it was of.
    let again = file(&bureau, &referrer, json!({ "lead_id": stays["id"] })).await.assert_status(409).json();
    assert_eq!(again["code"], "filing-open");
    let other = new_referrer(&app, json!({ "identity_number": "11010519491231002X" })).await;
    file(&bureau, &other, json!({ "lead_id": stays["id"] })).await.assert_status(201);
}

#[actix_web::test]
async fn what_speaks_against_it_is_held_against_the_project_that_stayed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let number = json!({ "identity_number": "11010519491231002X" });
    let referrer = new_referrer(&app, number.clone()).await;
    let same = json!({ "identity_number": "11010519491231002X", "duplicate_reason": "示例" });
    let same = new_referrer(&app, same).await;
    let (merged, stays) = (app.new_lead(json!({})).await, app.new_lead(json!({ "stage": "contract" })).await);
    let filing = file(&bureau, &referrer, json!({ "lead_id": merged["id"] })).await.assert_status(201).json();
    assert!(!found(&filing).contains(&"after_signing".to_owned()));
    file(&bureau, &same, json!({ "lead_id": stays["id"] })).await.assert_status(201);
    merge(&app, &merged, &stays).await;
    let project = became(&app, &stays, "2024-03-01").await;
    let shown = bureau.get(&at(&filing, "")).await.assert_status(200).json();
    assert_eq!(shown["project_id"], project["id"]);
    let found = found(&shown);
    assert!(found.contains(&"after_signing".to_owned()), "filed on 4 March, signed on the 1st: {found:?}");
    assert!(found.contains(&"same_person".to_owned()), "{found:?}");
    // Both may share the award, and it is theirs alone.
    let shares = |shares: Value| json!({ "agreed_on": "2024-05-10", "shares": shares });
    let path = format!("/api/v1/projects/{}", id(&project));
    let etag = bureau.get(&path).await.assert_status(200).etag();
    let whole = shares(json!([
        { "referrer_id": referrer["id"], "share_bp": 6_000 }, { "referrer_id": same["id"], "share_bp": 4_000 }
    ]));
    let put = bureau.request(actix_web::http::Method::PUT, &format!("{path}/referral-shares"));
    let agreed = put.if_match(&etag).json(whole).await.assert_status(200).json();
    assert_eq!(agreed["shares"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn an_award_knows_who_filed_the_merged_lead() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let referrer = new_referrer(&app, json!({ "region": "450721" })).await;
    let (merged, stays) = (app.new_lead(json!({})).await, app.new_lead(json!({ "stage": "contract" })).await);
    for lead in [&merged, &stays] {
        file(&bureau, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201);
    }
    merge(&app, &merged, &stays).await;
    let project = became(&app, &stays, "2024-06-01").await;
    // Two filings of one referrer are one payee.
    let draft = json!({ "project_id": project["id"], "rule": "referral",
        "payees": [{ "referrer_id": referrer["id"], "share_bp": 10_000 }] });
    let county = app.token(Role::CountyOfficer);
    let drafted = county.post_json("/api/v1/award-applications", draft).await.assert_status(201).json();
    assert_eq!(drafted["facts"]["filed_on"], "2024-03-04", "{drafted}");
    let page = format!("/projects/{}/referral-shares", id(&project));
    let form = app.signed_in(Role::BureauOfficer).get(&page).await.assert_status(200).text();
    assert_eq!(form.matches(&format!("name=\"share_{}\"", referrer["code"].as_str().unwrap())).count(), 1);
}

#[actix_web::test]
async fn a_county_sees_what_was_filed_for_the_lead_that_another_county_gave_up() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let referrer = new_referrer(&app, json!({})).await;
    let merged = app.new_lead(json!({ "county": "450722" })).await;
    let stays = app.new_lead(json!({ "county": "450721" })).await;
    let filing = file(&bureau, &referrer, json!({ "lead_id": merged["id"] })).await.assert_status(201).json();
    let county = app.token(Role::CountyOfficer);
    county.get(&at(&filing, "")).await.assert_status(404);
    merge(&app, &merged, &stays).await;
    let shown = county.get(&at(&filing, "")).await.assert_status(200).json();
    assert_eq!(shown["lead_id"], stays["id"]);
    // It is the county's to work now.
    let say = json!({ "party": "county", "decision": "confirmed" });
    county.post_json(&at(&filing, "/confirmations"), say).await.assert_status(200);
    // A lead that nobody merged has nothing of it.
    let third = app.user(Role::CountyOfficer).region("450703").token();
    third.get(&at(&filing, "")).await.assert_status(404);
}

#[actix_web::test]
async fn an_award_of_a_project_whose_lead_was_merged_later_knows_all_filings() {
    let app = TestApp::new().await;
    let (bureau, county) = (app.token(Role::BureauOfficer), app.token(Role::CountyOfficer));
    let (first, second) = (
        new_referrer(&app, json!({ "region": "450721" })).await,
        new_referrer(&app, json!({ "region": "450721" })).await,
    );
    let contracted = json!({ "stage": "contract", "industry": "toy_garment" });
    let (lead, stays) = (app.new_lead(contracted).await, app.new_lead(json!({})).await);
    let own = file(&bureau, &first, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let project = became(&app, &lead, "2024-06-01").await;
    let of_other = json!({ "lead_id": stays["id"], "filed_on": "2024-07-01" });
    file(&bureau, &second, of_other).await.assert_status(201);
    // The project's lead gives way to the other one: both filings are the project's now.
    merge(&app, &lead, &stays).await;
    for (referrer, filed_on, status) in
        [(&first, "2024-03-04", "not_landed"), (&second, "2024-07-01", "needs_ruling_late_filing")]
    {
        let draft = json!({ "project_id": project["id"], "rule": "referral",
            "payees": [{ "referrer_id": referrer["id"], "share_bp": 10_000 }] });
        let drafted = county.post_json("/api/v1/award-applications", draft).await.assert_status(201).json();
        assert_eq!(drafted["facts"]["filed_on"], filed_on, "{drafted:#}");
        assert_eq!(drafted["award"]["status"], status);
        let at = format!("/api/v1/award-applications/{}/transitions", id(&drafted));
        county.post_json(&at, json!({ "to": "withdrawn" })).await.assert_status(200);
    }
    let shown = bureau.get(&at(&own, "")).await.assert_status(200).json();
    assert_eq!((&shown["lead_id"], &shown["project_id"]), (&stays["id"], &project["id"]));
    let page = format!("/projects/{}", id(&project));
    let page = app.signed_in(Role::CountyOfficer).get(&page).await.assert_status(200).text();
    for referrer in [&first, &second] {
        assert!(page.contains(referrer["name"].as_str().unwrap()), "{page}");
    }
    let shares = format!("/projects/{}/referral-shares", id(&project));
    let form = app.signed_in(Role::BureauOfficer).get(&shares).await.assert_status(200).text();
    assert_eq!(form.matches("name=\"share_YJ-").count(), 2, "both may share");
}
