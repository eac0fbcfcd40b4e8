//! Records of the registers, of what chambers have to do with, as the walk's rows speak of them.

use super::requests::{Record, created, version};
use super::rows::Row;
use crate::support::TestApp;
use crate::support::leads::{lead_body, new_investor};
use crate::{attributions, events, notices, recommendations, saved_searches, teams, townsmen};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// Own: of no region, which a county may keep; the liaison's own. Other: of another county.
pub(super) async fn chamber(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    if let (Some(Role::ChamberLiaison), true) = (who, is_own) {
        let id = app.person(Role::ChamberLiaison).chamber_id.unwrap().to_string();
        let read = app.token(Role::BureauOfficer).get(&format!("/api/v1/chambers/{id}")).await;
        return Record { version: version(&read.assert_status(200).etag()), id };
    }
    let region = (!is_own).then_some("450722");
    let body = json!({ "kind": "other_city", "name": format!("{}商会", new_investor()), "region": region, "phone": "12000000002" });
    created(app.token(Role::BureauOfficer).post_json("/api/v1/chambers", body)).await
}

/// An officer of the chamber.
pub(super) async fn entry(app: &TestApp, chamber: Option<&Record>) -> String {
    let path = format!("/api/v1/chambers/{}/entries", chamber.unwrap().id);
    let officer = app.token(Role::BureauOfficer);
    let entries = officer.get(&path).await.assert_status(200).json();
    entries["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Own: of 450721, from the liaison's chamber. Other: of another county, from no chamber.
pub(super) async fn recommendation(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let is_his = is_own && who == Some(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_his);
    let county = if is_own { "450721" } else { "450722" };
    let body = recommendations::body(json!({ "county": county, "chamber_id": chamber }));
    created(app.token(Role::BureauOfficer).post_json(recommendations::PATH, body)).await
}

/// Own: of 450721, introduced by the liaison's chamber. Other: of another county, introduced by nobody's.
pub(super) async fn townsman(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let is_his = is_own && who == Some(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_his);
    let home = if is_own { "450721" } else { "450722" };
    let body = townsmen::body(json!({ "home": home, "chamber_id": chamber }));
    created(app.token(Role::BureauOfficer).post_json(townsmen::PATH, body)).await
}

/// The version of the bureau's weights.
pub(super) async fn weights(app: &TestApp) -> i64 {
    let read = app.token(Role::BureauHead).get("/api/v1/chambers/weights").await.assert_status(200);
    version(&read.etag())
}

/// The chamber with its evidence of a year confirmed.
pub(super) async fn confirmed(app: &TestApp, chamber: Record) -> Record {
    let path = format!("/api/v1/chambers/{}/evidence/confirmation", chamber.id);
    let year = json!({ "from": "2024-01-01", "to": "2024-12-31" });
    // The liaison's own chamber is the same for each of his requests.
    let done = app.token(Role::Federation).post_json(&path, year).await.status();
    assert!(matches!(done, 200 | 409), "{done}");
    chamber
}

/// Own: of 450721, with a member of the liaison's chamber where the row speaks of one. Other: of another county, with
/// nobody's.
pub(super) async fn event(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let chamber = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_own);
    let county = if is_own { "450721" } else { "450722" };
    let made = events::new_event(app, json!({ "county": county })).await;
    if row.route.contains("{attendee}") {
        let attendee = json!({ "name": "示例来宾", "chamber_id": chamber });
        events::invite(&app.token(Role::BureauOfficer), &made, attendee).await;
    }
    Record { id: made["id"].as_str().unwrap().to_owned(), version: 1 }
}

/// The secret of an event that is today.
pub(super) async fn door(app: &TestApp) -> Record {
    let event = events::new_event(app, json!({})).await;
    let url = event["check_in_url"].as_str().unwrap();
    Record { id: url.rsplit('/').next().unwrap().to_owned(), version: 1 }
}

/// Who is on the event's list.
pub(super) async fn attendee(app: &TestApp, event: Option<&Record>) -> String {
    let path = format!("{}/{}/attendees", events::PATH, event.unwrap().id);
    let list = app.token(Role::BureauOfficer).get(&path).await.assert_status(200).json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The chamber with an officer.
pub(super) async fn with_entry(app: &TestApp, chamber: Record) -> Record {
    let path = format!("/api/v1/chambers/{}/entries", chamber.id);
    let made = app.token(Role::BureauOfficer).post_json(&path, entry_body()).await.assert_status(201);
    Record { version: version(&made.etag()), ..chamber }
}

/// What is entered of a chamber.
pub(super) fn entry_body() -> Value {
    json!({ "kind": "officer", "word": "president", "name": "示例会长", "phone": "12000000101", "from_on": "2024-05-18" })
}

/// Own: proposed by the county of 450721, for a lead of the liaison's chamber. Other: by another county, among others.
pub(super) async fn attribution_change(app: &TestApp, is_own: bool) -> Record {
    let own = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_own);
    let chamber = own.unwrap_or_else(|| app.new_chamber(&format!("{}商会", new_investor())));
    let county = if is_own { "450721" } else { "450722" };
    let officer = app.user(Role::CountyOfficer).region(county).token();
    let change = attributions::proposed(app, &officer, county, &chamber).await;
    Record { id: change["id"].as_str().unwrap().to_owned(), version: 1 }
}

/// Own: of the liaison's chamber, other: of another one.
pub(super) async fn claim(app: &TestApp, is_own: bool) -> Record {
    let lead = app.new_lead(json!({})).await;
    let other = || app.user(Role::ChamberLiaison).token();
    let liaison = if is_own { app.token(Role::ChamberLiaison) } else { other() };
    let report = lead_body(json!({ "investor_name": lead["investor_name"], "source": null }));
    liaison.post_json("/api/v1/leads", report).await.assert_status(409);
    let claims = liaison.get("/api/v1/claims").await.assert_status(200).json();
    Record { id: claims["items"][0]["id"].as_str().unwrap().to_owned(), version: 1 }
}

/// Own: of 450721. Other: of another county. With a member or a trip where the path names one.
pub(super) async fn team(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let officer = app.token(Role::BureauOfficer);
    let county = if is_own { "450721" } else { "450722" };
    let made = created(officer.post_json(teams::PATH, teams::body(json!({ "county": county })))).await;
    let part = match row.route.as_str() {
        route if route.contains("{member}") => ("members", teams::member(json!({}))),
        route if route.contains("{trip}") => ("trips", teams::trip(json!({}))),
        _ => return made,
    };
    let added = officer.post_json(&format!("{}/{}/{}", teams::PATH, made.id, part.0), part.1).await;
    Record { version: version(&added.assert_status(201).etag()), ..made }
}

/// The first member or trip of a team.
pub(super) async fn part_of_team(app: &TestApp, record: Option<&Record>, part: &str) -> String {
    let path = format!("{}/{}/{part}", teams::PATH, record.unwrap().id);
    let list = app.token(Role::BureauOfficer).get(&path).await.assert_status(200).json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Own: to the liaison's chamber. Other: to another one.
pub(super) async fn notice(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let is_his = is_own && who == Some(Role::ChamberLiaison);
    let own = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_his);
    let chamber = own.unwrap_or_else(|| app.new_chamber(&format!("{}商会", new_investor())));
    let body = notices::body(json!({ "audience": "chosen", "chambers": [chamber] }));
    created(app.token(Role::BureauOfficer).post_json(notices::PATH, body)).await
}

/// Own: the actor's own, where his role saves any. Other: shared by a county officer of another county, whom nobody here is
/// a colleague of.
pub(super) async fn saved_search(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let own = who.filter(|role| is_own && yinfeng::leads::policy::uses_leads(*role));
    let (client, shared) = match own {
        Some(role) => (app.token(role), false),
        None => (app.user(Role::CountyOfficer).region("450722").token(), true),
    };
    created(client.post_json(saved_searches::PATH, saved_searches::body(json!({ "shared": shared })))).await
}
