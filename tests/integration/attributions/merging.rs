//! A merger of leads takes no chamber's credit away without a word on record.

use super::{CHANGES, between, consent, shares};
use crate::leads::{api, register};
use crate::support::leads::new_investor;
use crate::support::{Client, Response, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::db::Id;

/// A lead of this source, of the tests' county.
async fn reported(app: &TestApp, on: &str, source: Value) -> Value {
    let body = json!({ "county": "450721", "registered_on": on, "source": source });
    register(&app.token(Role::BureauOfficer), body).await
}

fn by(chamber: &Id) -> Value {
    json!({ "kind": "chamber", "chamber_id": chamber })
}

async fn merger(client: &Client, lead: &Value, into: &Value) -> Response {
    client.post_json(&api(lead, "/merger"), json!({ "into": into["code"], "reason": "同一项目" })).await
}

async fn history(client: &Client, lead: &Value) -> Vec<Value> {
    let record = client.get(&api(lead, "/attribution")).await.assert_status(200).json();
    record["history"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_lead_that_no_chamber_brought_takes_the_credit_of_the_one_that_goes() {
    let app = TestApp::new().await;
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber("示例乙商会");
    let going = reported(&app, "2026-02-01", by(&own)).await;
    let halves = between(&[(&own, 6_000), (&other, 4_000)]);
    let officer = app.token(Role::BureauOfficer);
    officer.post_json(&api(&going, "/attribution"), halves).await.assert_status(201);
    let staying = reported(&app, "2026-03-01", json!({ "kind": "self" })).await;
    merger(&county, &going, &staying).await.assert_status(200);
    assert_eq!(shares(&county, &staying).await, [(own.to_string(), 6_000), (other.to_string(), 4_000)]);
    assert_eq!(history(&county, &staying).await[0]["reason"], "同一项目");
    liaison.get(&api(&staying, "")).await.assert_status(200);
}

#[actix_web::test]
async fn where_two_chambers_reported_only_the_bureau_merges_and_the_first_report_has_the_credit() {
    let app = TestApp::new().await;
    let (county, officer) = (app.token(Role::CountyOfficer), app.token(Role::BureauOfficer));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber("示例乙商会");
    for (of_going, winner) in [("2026-02-01", &own), ("2026-04-01", &other)] {
        let going = reported(&app, of_going, by(&own)).await;
        let staying = reported(&app, "2026-03-01", by(&other)).await;
        let refused = merger(&county, &going, &staying).await.assert_status(422);
        assert_eq!(refused.faults(), [("into".to_owned(), "credit-differs".to_owned())]);
        let way = format!("/leads/{}/attribution", staying["id"].as_str().unwrap());
        assert!(refused.text().contains(&way), "{}", refused.text());
        merger(&officer, &going, &staying).await.assert_status(200);
        assert_eq!(shares(&officer, &staying).await, [(winner.to_string(), 10_000)]);
        let decided = history(&officer, &staying).await;
        assert_eq!(decided[0]["end"]["outcome"], "decided");
        assert_eq!(decided[0]["shares_before"][0]["chamber_id"], json!(other));
        // Who lost is told of it, at a lead that he knows.
        let told = app.signed_in(Role::ChamberLiaison).get("/attribution-changes").await.text();
        let code = if *winner == own { &staying["code"] } else { &going["code"] };
        assert!(told.contains(code.as_str().unwrap()), "{told}");
        assert!(!told.contains("示例乙商会"));
    }
}

#[actix_web::test]
async fn a_chamber_takes_no_lead_from_a_referrer_by_a_countys_merger() {
    let app = TestApp::new().await;
    let (county, officer) = (app.token(Role::CountyOfficer), app.token(Role::BureauOfficer));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let referrer = app.new_referrer("示例引荐人");
    let going = reported(&app, "2026-04-01", by(&own)).await;
    let staying = reported(&app, "2026-03-01", json!({ "kind": "referrer", "referrer_id": referrer })).await;
    let refused = merger(&county, &going, &staying).await.assert_status(422);
    assert_eq!(refused.faults()[0].1, "credit-differs");
    merger(&officer, &going, &staying).await.assert_status(200);
    assert_eq!(shares(&officer, &staying).await, [], "the referrer was the first");
    assert_eq!(history(&officer, &going).await[0]["shares_before"][0]["chamber_id"], json!(own));
}

#[actix_web::test]
async fn a_chamber_that_has_a_part_already_hinders_no_countys_merger() {
    let app = TestApp::new().await;
    let (county, officer) = (app.token(Role::CountyOfficer), app.token(Role::BureauOfficer));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber("示例乙商会");
    let going = reported(&app, "2026-02-01", by(&own)).await;
    let staying = reported(&app, "2026-03-01", by(&other)).await;
    let halves = between(&[(&own, 5_000), (&other, 5_000)]);
    officer.post_json(&api(&staying, "/attribution"), halves).await.assert_status(201);
    merger(&county, &going, &staying).await.assert_status(200);
    let parts: Vec<i64> = shares(&county, &staying).await.into_iter().map(|(_, part)| part).collect();
    assert_eq!(parts, [5_000, 5_000]);
}

#[actix_web::test]
async fn what_waits_for_a_lead_that_goes_is_taken_back() {
    let app = TestApp::new().await;
    let (county, liaison) = (app.token(Role::CountyOfficer), app.token(Role::ChamberLiaison));
    let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other = app.new_chamber(&format!("{}商会", new_investor()));
    let (going, staying) =
        (reported(&app, "2026-03-02", by(&own)).await, reported(&app, "2026-03-01", by(&own)).await);
    let asked = between(&[(&own, 5_000), (&other, 5_000)]);
    let change = county.post_json(&api(&going, "/attribution"), asked).await.assert_status(201).json();
    merger(&county, &going, &staying).await.assert_status(200);
    let ended = county.get(&format!("{CHANGES}/{}", change["id"].as_str().unwrap())).await;
    let ended = ended.assert_status(200).json();
    assert_eq!(
        (&ended["end"]["outcome"], &ended["end"]["reason"]),
        (&json!("withdrawn"), &json!("同一项目"))
    );
    let late = liaison.post_json(&consent(&change), json!({ "agrees": true })).await.assert_status(409);
    assert_eq!(late.json()["code"], "attribution-closed");
    for role in [Role::BureauHead, Role::ChamberLiaison] {
        let home = app.signed_in(role).get("/").await.assert_status(200).text();
        assert!(!home.contains("/attribution-changes"), "{role}");
    }
}
