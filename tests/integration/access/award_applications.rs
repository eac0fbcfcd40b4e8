//! The requests of the walk on applications for awards.

use super::requests::{Record, version};
use super::rows::Row;
use crate::award_applications::{LIST, body as entry, file, landed, path, reach, referrer};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::award_applications;

/// Own: of 450721, of a project that its leader leads and the liaison's chamber brought. Other: of 450722, of another leader. In the state that the row's
/// request needs; drafted by the county officer of the walk only where its creator is asked for.
pub async fn record(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let last = row.route.rsplit('/').next().unwrap();
    let is_creators =
        row.method == "PATCH" || matches!(last, "edit") || (row.method == "POST" && last == "{id}");
    let creator = if is_own && is_creators {
        app.token(Role::CountyOfficer)
    } else {
        app.user(Role::CountyOfficer).region(if is_own { "450721" } else { "450722" }).token()
    };
    let changes = if is_own {
        let chamber = app.person(Role::ChamberLiaison).chamber_id;
        json!({ "source": { "kind": "chamber", "chamber_id": chamber } })
    } else {
        let leader = app.user(Role::CountyLeader).region("450722").insert();
        json!({ "county": "450722", "leader": leader.username })
    };
    let project = landed(app, changes).await;
    let named = match last {
        // What waits for a ruling: the investor refers himself.
        "rulings" => project["investor_name"].as_str().unwrap().to_owned(),
        _ => crate::support::leads::new_investor(),
    };
    let payee = referrer(app, &named);
    app.write(|conn| {
        use yinfeng::schema::referrers::dsl::*;
        diesel::update(referrers.find(&payee)).set(region.eq(project["county"].as_str())).execute(conn)
    });
    file(app, &project, &payee, "2023-03-01", &app.user(Role::BureauOfficer).insert());
    let mut draft = entry(&project, &payee);
    if last == "compliance-review" {
        reach(app, &project, "production", "production_proof", "2024-03-01").await;
        draft["rule"] = json!("enterprise_referral");
        draft["facts"] = json!({ "investor_from_outside_city": true, "introducer_other_industry": false,
            "chain_project": true });
    }
    let application = creator.post_json(LIST, draft).await.assert_status(201).json();
    if !is_creators {
        let submit = creator.post_json(&path(&application, "/transitions"), json!({ "to": "submitted" }));
        submit.await.assert_status(200);
    }
    let id = application["id"].as_str().unwrap().to_owned();
    if last == "funding" {
        app.write(|conn| {
            diesel::update(award_applications::table.find(&id))
                .set(award_applications::status.eq("bureau_reviewed"))
                .execute(conn)
        });
    }
    if last == "archive" {
        app.write(|conn| {
            diesel::update(award_applications::table.find(&id))
                .set(award_applications::status.eq("paid"))
                .execute(conn)
        });
    }
    let etag = app.token(Role::BureauHead).get(&path(&application, "")).await.assert_status(200).etag();
    Record { id, version: version(&etag) }
}

/// What the API takes. `project`: one of the county officer's own.
pub async fn body(app: &TestApp, row: &Row) -> Option<Value> {
    let last = row.route.rsplit('/').next().unwrap();
    Some(match (row.method.as_str(), last) {
        ("POST", "award-applications") => {
            let project = crate::projects::new_project(app, json!({})).await;
            entry(&project, &app.new_referrer(&crate::support::leads::new_investor()))
        }
        ("PATCH", _) => json!({ "facts": {} }),
        ("POST", "transitions") => json!({ "to": "county_reviewed" }),
        ("PUT", "funding") => json!({ "parts": [{ "level": "county", "share_bp": 10_000 }] }),
        ("POST", "compliance-review") => json!({ "document": "test", "result": "test" }),
        ("POST", "rulings") => json!({ "kind": "eligibility", "decision": "accepted", "reason": "test" }),
        _ => return None,
    })
}

/// What a page's form sends.
pub async fn form(app: &TestApp, row: &Row) -> Vec<(&'static str, String)> {
    let last = row.route.rsplit('/').next().unwrap();
    if last == "award-applications" {
        let project = crate::projects::new_project(app, json!({})).await;
        return vec![
            ("project_id", project["id"].as_str().unwrap().to_owned()),
            ("rule", "first_above_scale".to_owned()),
        ];
    }
    let fields: &[(&'static str, &str)] = match last {
        "transitions" => &[("to", "county_reviewed")],
        "funding" => &[("county", "100")],
        "compliance-review" => &[("document", "test"), ("result", "test"), ("passes", "true")],
        "rulings" => &[("kind", "eligibility"), ("decision", "accepted"), ("reason", "test")],
        _ => &[],
    };
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}
