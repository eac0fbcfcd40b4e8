//! The requests of the walk on filings, members of teams and shares.

use super::requests::{Record, created};
use super::rows::Row;
use crate::filings::{file, new_referrer};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Own: of a lead of 450721 and its leader, from the liaison's chamber, by a referrer from there. Other: of 450722. With a link where the row revokes
/// one. Filed by a county officer of its own, so that nobody here filed it himself.
pub async fn record(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let county = if is_own { "450721" } else { "450722" };
    let source = match app.person(Role::ChamberLiaison).chamber_id {
        Some(chamber) if is_own => json!({ "kind": "chamber", "chamber_id": chamber }),
        _ => json!({ "kind": "self" }),
    };
    let lead = app.new_lead(json!({ "county": county, "source": source })).await;
    let leader = if is_own {
        app.person(Role::CountyLeader)
    } else {
        app.user(Role::CountyLeader).region(county).insert()
    };
    let assignment = json!({ "leader": leader.username });
    let path = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    app.token(Role::BureauHead).post_json(&path, assignment).await.assert_status(200);
    let referrer = new_referrer(app, json!({ "region": county })).await;
    let filer = app.user(Role::BureauOfficer).token();
    let filing = file(&filer, &referrer, json!({ "lead_id": lead["id"] })).await.assert_status(201).json();
    let id = filing["id"].as_str().unwrap().to_owned();
    if row.route.ends_with("/revocation") {
        app.signed_in(Role::BureauOfficer).post(&format!("/filings/{id}/link")).await.assert_status(200);
    }
    Record { id, version: 1 }
}

/// A team with one member.
pub async fn team(app: &TestApp, region: &str) -> Record {
    let team = new_referrer(app, json!({ "kind": "team", "region": region })).await;
    let path = format!("/api/v1/referrers/{}/members", team["id"].as_str().unwrap());
    let officer = app.token(Role::BureauOfficer);
    let made = created(officer.post_json(&path, json!({ "name": "示例成员" }))).await;
    Record { id: team["id"].as_str().unwrap().to_owned(), version: made.version }
}

/// The member of a team.
pub async fn member(app: &TestApp, team: Option<&Record>) -> String {
    let path = format!("/api/v1/referrers/{}/members", team.unwrap().id);
    let members = app.token(Role::BureauOfficer).get(&path).await.assert_status(200).json();
    members["items"][0]["id"].as_str().unwrap().to_owned()
}

/// What a request names beside the record of its path: a lead that is filed, or a referrer with a filing of the project.
pub async fn other(app: &TestApp, row: &Row, route: &str, record: Option<&Record>) -> Option<String> {
    if row.method == "GET" {
        return None;
    }
    let county = if row.record == "other" { "450722" } else { "450721" };
    if route.ends_with("/referral-shares") {
        let referrer = new_referrer(app, json!({ "region": county })).await;
        let of = json!({ "project_id": record.unwrap().id });
        file(&app.token(Role::BureauOfficer), &referrer, of).await.assert_status(201);
        return Some(referrer["code"].as_str().unwrap().to_owned());
    }
    let lead = app.new_lead(json!({ "county": county })).await;
    let lead = lead["code"].as_str().unwrap();
    match route {
        "/api/v1/referrers/{id}/filings" => Some(lead.to_owned()),
        "/filings" => {
            let referrer = new_referrer(app, json!({ "region": county })).await;
            Some(format!("{} {lead}", referrer["code"].as_str().unwrap()))
        }
        _ => None,
    }
}

/// What the API takes that names another record.
pub fn body_with(row: &Row, other: &str) -> Value {
    if row.route.ends_with("/referral-shares") {
        json!({ "agreed_on": "2024-05-10", "shares": [{ "referrer_id": other, "share_bp": 10_000 }] })
    } else {
        json!({ "lead_id": other, "filed_on": "2024-03-04", "role": "leading" })
    }
}

/// What the API takes.
pub fn body(row: &Row) -> Option<Value> {
    Some(match row.route.rsplit('/').next().unwrap() {
        "members" => json!({ "name": "示例成员二" }),
        "{member}" => json!({ "is_payee": true }),
        "disclosures" => json!({ "field": "identity_number", "reason": "test" }),
        "confirmations" => json!({ "party": "investor", "decision": "confirmed" }),
        "withdrawal" => json!({ "reason": "test" }),
        _ => return None,
    })
}

/// What a page's form sends that names another record.
pub fn form_with(row: &Row, other: &str) -> Vec<(String, String)> {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    if row.route.ends_with("/referral-shares") {
        return vec![field("agreed_on", "2024-05-10"), field(&format!("share_{other}"), "100")];
    }
    let (referrer, lead) = other.split_once(' ').unwrap();
    vec![
        field("referrer", referrer),
        field("of", lead),
        field("filed_on", "2024-03-04"),
        field("role", "leading"),
    ]
}

/// What a page's form sends beside a reason.
pub fn form(row: &Row) -> Vec<(String, String)> {
    let fields: &[(&str, &str)] = match row.route.rsplit('/').next().unwrap() {
        "members" | "{member}" if row.route.starts_with("/referrers/") => &[("name", "示例成员二")],
        "confirmations" => &[("party", "investor"), ("decision", "confirmed")],
        "withdrawal" if row.route.starts_with("/filings/") => &[("reason", "test")],
        _ => &[],
    };
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
