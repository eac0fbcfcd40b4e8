//! The requests of the walk: each is one that succeeds for whoever may make it, on a record of its own.

use super::rows::Row;
use super::{attachments, award_applications, filings, policies, projects, referrers};
use crate::attributions;
use crate::events;
use crate::recommendations;
use crate::support::leads::{lead_body, new_investor};
use crate::support::{Client, PASSWORD, Request, TestApp};
use crate::townsmen;
use actix_web::http::Method;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// A record's id and version.
pub struct Record {
    pub id: String,
    pub version: i64,
}

/// Sends the row's request as this role and returns the status. A record that a refused or reading request
/// left as it was is kept for the next role.
pub async fn send(app: &TestApp, row: &Row, who: Option<Role>, kept: &mut Option<Record>) -> u16 {
    let is_of_one = match resource(&row.route) {
        "imports" | "tokens" | "sessions" | "chambers" | "townsmen" | "recommendations" => true,
        "referrers" => who.is_some_and(referrers::has_its_own),
        _ => false,
    };
    if kept.is_none() || is_of_one {
        *kept = record(app, row, who).await;
    }
    let record = kept.as_ref();
    let mut path = path(row, record);
    if path.contains("{member}") {
        path = path.replace("{member}", &filings::member(app, record).await);
    }
    if path.contains("{question}") {
        path = path.replace("{question}", &question(app, record).await);
    }
    if path.contains("{entry}") {
        path = path.replace("{entry}", &entry(app, record).await);
    }
    if path.contains("{attendee}") {
        path = path.replace("{attendee}", &attendee(app, record).await);
    }
    let other = match row.route.as_str() {
        route if route.ends_with("/leads/{id}/merger") => Some(staying(app, row).await),
        route => filings::other(app, row, route, record).await,
    };
    let client = match who {
        None => app.anonymous(),
        Some(role) if row.route.starts_with("/api/") => app.token(role),
        Some(role) => app.signed_in(role),
    };
    let version = match record {
        Some(record) => record.version,
        // Of these there is one set, with a version of its own.
        None if row.route.ends_with("/chambers/weights") && row.method != "GET" => weights(app).await,
        None => 1,
    };
    let (mut entry, mut fields) = (None, Vec::new());
    match (resource(&row.route), row.method.as_str()) {
        (_, "GET") => {}
        ("award-applications", _) if row.route.starts_with("/api/") => {
            entry = award_applications::body(app, row).await;
        }
        ("award-applications", _) => fields = award_applications::form(app, row).await,
        _ => {}
    }
    let request = match resource(&row.route) {
        "attachments" => attachments::request(row, &client, &path, record),
        "award-applications" if row.route.starts_with("/api/") && row.method != "GET" => {
            let method = Method::from_bytes(row.method.as_bytes()).unwrap();
            let request = client.request(method, &path);
            let request = match record {
                Some(record) => request.if_match(&format!("\"{}\"", record.version)),
                None => request,
            };
            request.json(entry.unwrap_or_default())
        }
        "award-applications" if row.method != "GET" => {
            fields.push(("version", version.to_string()));
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            client.post_form(&path, &fields)
        }
        _ => request(app, row, who, &client, &path, version, other),
    };
    let status = request.await.status();
    if row.method != "GET" && status < 400 {
        *kept = None;
    }
    status
}

fn path(row: &Row, record: Option<&Record>) -> String {
    let path = match record {
        Some(record) => row.route.replace("{id}", &record.id),
        None => row.route.clone(),
    };
    let path = path
        .replace("{name:.*}", "yinfeng.css")
        .replace("{secret}", record.map_or("no-such-secret", |record| &record.id))
        .replace("{kind}", projects::KIND)
        .replace(
            "{paper}",
            if row.route.ends_with(".xlsx") { "computation_sheet" } else { "application_form" },
        )
        .replace("{code}", "qinzhou-2023-2025")
        .replace("{figure}", "leads")
        .replace("{year}", "2024");
    assert!(
        !path
            .replace("{member}", "")
            .replace("{question}", "")
            .replace("{entry}", "")
            .replace("{attendee}", "")
            .contains('{'),
        "{path}: what stands for this part is not said here"
    );
    match (row.method.as_str(), row.route.as_str()) {
        ("GET", "/api/v1/search" | "/search" | "/search/suggestions") => format!("{path}?q=guangfu"),
        ("GET", "/api/v1/duplicates") => format!("{path}?investor_name=Example"),
        ("DELETE", "/api/v1/leads/{id}/closure") => format!("{path}?reason=test"),
        _ => path,
    }
}

/// The resource that a route is about: `leads` of `/api/v1/leads/{id}/stage`.
fn resource(route: &str) -> &str {
    let rest = ["/api/v1/", "/admin/", "/account/", "/"].iter().find_map(|prefix| route.strip_prefix(prefix));
    rest.unwrap_or_default().split('/').next().unwrap_or_default()
}

/// Makes the record that the row speaks of.
async fn record(app: &TestApp, row: &Row, who: Option<Role>) -> Option<Record> {
    if row.record == "-" {
        return None;
    }
    let is_own = row.record == "own";
    // What belongs to one person: own is the actor's, other somebody else's.
    let owner = || match who {
        Some(role) if is_own => app.person(role),
        _ => app.user(Role::Auditor).insert(),
    };
    Some(match resource(&row.route) {
        "leads" => lead(app, row, is_own).await,
        "projects" => projects::record(app, row, is_own).await,
        "attachments" => attachments::record(app, row, is_own).await,
        "award-applications" => award_applications::record(app, row, is_own).await,
        "imports" => import(app, who.filter(|_| is_own)).await,
        "users" => Record { id: app.user(Role::CountyOfficer).insert().id.to_string(), version: 1 },
        "tokens" => Record { id: app.new_token(&owner()).0.to_string(), version: 1 },
        "sessions" => Record { id: app.new_session(&owner()).0.to_string(), version: 1 },
        "chambers" if row.route.ends_with("/revocation") => {
            confirmed(app, chamber(app, who, is_own).await).await
        }
        "chambers" if row.route.contains("{entry}") => with_entry(app, chamber(app, who, is_own).await).await,
        "chambers" => chamber(app, who, is_own).await,
        "referrers" => referrers::record(app, row, who, is_own).await,
        "filings" => filings::record(app, row, is_own).await,
        "recommendations" => recommendation(app, who, is_own).await,
        "townsmen" => townsman(app, who, is_own).await,
        "attribution-changes" => attribution_change(app, is_own).await,
        "events" => event(app, row, is_own).await,
        "check-in" => door(app).await,
        "claims" => claim(app, is_own).await,
        "policies" => policies::record(app, is_own).await,
        other => panic!("{}: no record of {other} is made here", row.route),
    })
}

/// Own: of 450721, led by its leader, from the liaison's chamber. Other: of 450722, of another leader, self-found.
/// In the state that the row's request needs.
async fn lead(app: &TestApp, row: &Row, is_own: bool) -> Record {
    let head = app.token(Role::BureauHead);
    let changes = if is_own {
        let chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
        json!({ "source": { "kind": "chamber", "chamber_id": chamber } })
    } else if row.route.contains("/questions") {
        // Only a chamber is asked.
        let chamber = app.new_chamber(&format!("{}商会", new_investor()));
        json!({ "county": "450722", "source": { "kind": "chamber", "chamber_id": chamber } })
    } else {
        json!({ "county": "450722" })
    };
    let lead = app.new_lead(changes).await;
    let id = lead["id"].as_str().unwrap().to_owned();
    let leader = if is_own {
        app.person(Role::CountyLeader)
    } else {
        app.user(Role::CountyLeader).region("450722").insert()
    };
    let path = format!("/api/v1/leads/{id}");
    let assignment =
        json!({ "officer": app.person(Role::BureauOfficer).username, "leader": leader.username });
    let mut last = head.post_json(&format!("{path}/assignment"), assignment).await.assert_status(200);
    let reason = json!({ "reason": "test" });
    match (row.method.as_str(), row.route.rsplit('/').next().unwrap()) {
        ("DELETE", "closure") | (_, "reopening") => {
            let closure = json!({ "kind": "market", "reason": "test" });
            last = head.post_json(&format!("{path}/closure"), closure).await.assert_status(200);
        }
        ("DELETE", "hold") | (_, "resumption") => {
            last = head.post_json(&format!("{path}/hold"), reason).await.assert_status(200);
        }
        (_, "answer") => {
            let question = json!({ "text": "test" });
            last = head.post_json(&format!("{path}/questions"), question).await.assert_status(201);
        }
        (_, "restoration") => {
            let etag = last.etag();
            head.delete(&path, &etag).await.assert_status(204);
            return Record { id, version: version(&etag) + 1 };
        }
        _ => {}
    }
    Record { id, version: version(&last.etag()) }
}

/// The question that the lead's chamber was asked.
async fn question(app: &TestApp, record: Option<&Record>) -> String {
    let path = format!("/api/v1/leads/{}/questions", record.unwrap().id);
    let list = app.token(Role::BureauHead).get(&path).await.assert_status(200).json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The lead that another one of the same county is merged into.
async fn staying(app: &TestApp, row: &Row) -> String {
    let county = if row.record == "own" { "450721" } else { "450722" };
    app.new_lead(json!({ "county": county })).await["id"].as_str().unwrap().to_owned()
}

pub fn version(etag: &str) -> i64 {
    etag.trim_matches('"').parse().unwrap()
}

/// Previewed, not applied; the actor's if his role imports.
async fn import(app: &TestApp, owner: Option<Role>) -> Record {
    let imports = |role: &Role| matches!(role, Role::BureauHead | Role::BureauOfficer | Role::CountyOfficer);
    let client = match owner.filter(imports) {
        Some(role) => app.token(role),
        None => app.user(Role::BureauOfficer).token(),
    };
    let made = upload(&client, "/api/v1/imports").await.assert_status(201).json();
    Record { id: made["id"].as_str().unwrap().to_owned(), version: 1 }
}

fn upload(client: &Client, path: &str) -> Request {
    let ledger =
        format!("项目名称,投资方,县区,产业,来源\n示例项目,{},灵山县,其他,自主招商\n", new_investor());
    client.upload(path, &[("kind", "leads")], "ledger.csv", ledger.as_bytes())
}

/// Own: of no region, which a county may keep; the liaison's own. Other: of another county.
async fn chamber(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
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
async fn entry(app: &TestApp, chamber: Option<&Record>) -> String {
    let path = format!("/api/v1/chambers/{}/entries", chamber.unwrap().id);
    let officer = app.token(Role::BureauOfficer);
    let entries = officer.get(&path).await.assert_status(200).json();
    entries["items"][0]["id"].as_str().unwrap().to_owned()
}

/// Own: of 450721, from the liaison's chamber. Other: of another county, from no chamber.
async fn recommendation(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let is_his = is_own && who == Some(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_his);
    let county = if is_own { "450721" } else { "450722" };
    let body = recommendations::body(json!({ "county": county, "chamber_id": chamber }));
    created(app.token(Role::BureauOfficer).post_json(recommendations::PATH, body)).await
}

/// Own: of 450721, introduced by the liaison's chamber. Other: of another county, introduced by nobody's.
async fn townsman(app: &TestApp, who: Option<Role>, is_own: bool) -> Record {
    let is_his = is_own && who == Some(Role::ChamberLiaison);
    let chamber = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_his);
    let home = if is_own { "450721" } else { "450722" };
    let body = townsmen::body(json!({ "home": home, "chamber_id": chamber }));
    created(app.token(Role::BureauOfficer).post_json(townsmen::PATH, body)).await
}

/// The version of the bureau's weights.
async fn weights(app: &TestApp) -> i64 {
    let read = app.token(Role::BureauHead).get("/api/v1/chambers/weights").await.assert_status(200);
    version(&read.etag())
}

/// The chamber with its evidence of a year confirmed.
async fn confirmed(app: &TestApp, chamber: Record) -> Record {
    let path = format!("/api/v1/chambers/{}/evidence/confirmation", chamber.id);
    let year = json!({ "from": "2024-01-01", "to": "2024-12-31" });
    // The liaison's own chamber is the same for each of his requests.
    let done = app.token(Role::Federation).post_json(&path, year).await.status();
    assert!(matches!(done, 200 | 409), "{done}");
    chamber
}

/// Own: of 450721, with a member of the liaison's chamber where the row speaks of one. Other: of another county, with
/// nobody's.
async fn event(app: &TestApp, row: &Row, is_own: bool) -> Record {
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
async fn door(app: &TestApp) -> Record {
    let event = events::new_event(app, json!({})).await;
    let url = event["check_in_url"].as_str().unwrap();
    Record { id: url.rsplit('/').next().unwrap().to_owned(), version: 1 }
}

/// Who is on the event's list.
async fn attendee(app: &TestApp, event: Option<&Record>) -> String {
    let path = format!("{}/{}/attendees", events::PATH, event.unwrap().id);
    let list = app.token(Role::BureauOfficer).get(&path).await.assert_status(200).json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The chamber with an officer.
async fn with_entry(app: &TestApp, chamber: Record) -> Record {
    let path = format!("/api/v1/chambers/{}/entries", chamber.id);
    let made = app.token(Role::BureauOfficer).post_json(&path, entry_body()).await.assert_status(201);
    Record { version: version(&made.etag()), ..chamber }
}

/// What is entered of a chamber.
fn entry_body() -> Value {
    json!({ "kind": "officer", "word": "president", "name": "示例会长", "phone": "12000000101", "from_on": "2024-05-18" })
}

/// Own: proposed by the county of 450721, for a lead of the liaison's chamber. Other: by another county, among others.
async fn attribution_change(app: &TestApp, is_own: bool) -> Record {
    let own = app.person(Role::ChamberLiaison).chamber_id.filter(|_| is_own);
    let chamber = own.unwrap_or_else(|| app.new_chamber(&format!("{}商会", new_investor())));
    let county = if is_own { "450721" } else { "450722" };
    let officer = app.user(Role::CountyOfficer).region(county).token();
    let change = attributions::proposed(app, &officer, county, &chamber).await;
    Record { id: change["id"].as_str().unwrap().to_owned(), version: 1 }
}

/// Own: of the liaison's chamber, other: of another one.
async fn claim(app: &TestApp, is_own: bool) -> Record {
    let lead = app.new_lead(json!({})).await;
    let other = || app.user(Role::ChamberLiaison).token();
    let liaison = if is_own { app.token(Role::ChamberLiaison) } else { other() };
    let report = lead_body(json!({ "investor_name": lead["investor_name"], "source": null }));
    liaison.post_json("/api/v1/leads", report).await.assert_status(409);
    let claims = liaison.get("/api/v1/claims").await.assert_status(200).json();
    Record { id: claims["items"][0]["id"].as_str().unwrap().to_owned(), version: 1 }
}

pub async fn created(request: Request) -> Record {
    let made = request.await.assert_status(201);
    Record { id: made.json()["id"].as_str().unwrap().to_owned(), version: version(&made.etag()) }
}

/// The row's request with a body that is right.
fn request(
    app: &TestApp,
    row: &Row,
    who: Option<Role>,
    client: &Client,
    path: &str,
    version: i64,
    other: Option<String>,
) -> Request {
    let method = Method::from_bytes(row.method.as_bytes()).unwrap();
    let request = client.request(method.clone(), path);
    if method == Method::GET {
        return request;
    }
    if path.ends_with("/imports") {
        return upload(client, path);
    }
    if path == "/policies" {
        return policies::upload(client, path);
    }
    if row.route.starts_with("/api/") {
        // Uploads and questions apart, every write says which version it changes.
        let request = request.if_match(&format!("\"{version}\""));
        let body = match other {
            Some(other) if !row.route.ends_with("/merger") => Some(filings::body_with(row, &other)),
            Some(into) => Some(json!({ "into": into, "reason": "test" })),
            None if row.route.contains("/filings") || row.route.contains("/members") => filings::body(row),
            None if resource(&row.route) == "projects" => projects::body(app, row),
            None if resource(&row.route) == "policies" => policies::body(row),
            None => body(app, row, who),
        };
        match body {
            Some(body) => request.json(body),
            None => request,
        }
    } else {
        let mut form = form(app, row, who);
        form.push(("version", version.to_string()));
        let mut form: Vec<(String, String)> =
            form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        match other {
            Some(other) if !row.route.ends_with("/merger") => form.extend(filings::form_with(row, &other)),
            Some(into) => form.push(("into".to_owned(), into)),
            None => form.extend(filings::form(row)),
        }
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        client.post_form(path, &form)
    }
}

/// What the API takes.
fn body(app: &TestApp, row: &Row, who: Option<Role>) -> Option<Value> {
    let reason = "test";
    let now = yinfeng::clock::rfc3339::format(yinfeng::clock::now());
    Some(match (row.method.as_str(), row.route.as_str()) {
        // A liaison's leads come from his own chamber without his saying so.
        ("POST", "/api/v1/leads") if who == Some(Role::ChamberLiaison) => {
            lead_body(json!({ "source": null }))
        }
        ("POST", "/api/v1/leads") => lead_body(json!({})),
        ("PATCH", "/api/v1/leads/{id}") => json!({ "content": "test" }),
        ("POST", "/api/v1/leads/{id}/stage") => json!({ "to": "assessment" }),
        ("POST", "/api/v1/leads/{id}/closure") => json!({ "kind": "market", "reason": reason }),
        ("POST", "/api/v1/leads/{id}/hold") => json!({ "reason": reason }),
        ("POST", "/api/v1/leads/{id}/assignment") => json!({ "leader": null, "reason": reason }),
        ("POST", "/api/v1/leads/{id}/follow-ups") => json!({ "kind": "call", "at": now, "content": "test" }),
        ("POST", route) if route.contains("/questions") => json!({ "text": "test" }),
        ("POST", _) if row.route.ends_with("/disclosures") => json!({ "field": "phone", "reason": reason }),
        ("POST", "/api/v1/chambers") => {
            json!({ "kind": "other_city", "name": format!("{}商会", new_investor()) })
        }
        ("POST", "/api/v1/referrers") => json!({ "kind": "enterprise", "name": new_investor() }),
        ("POST", "/api/v1/chambers/{id}/evidence/confirmation") => {
            json!({ "from": "2024-01-01", "to": "2024-12-31" })
        }
        ("POST", "/api/v1/chambers/{id}/evidence/revocation") => {
            json!({ "from": "2024-01-01", "to": "2024-12-31", "reason": reason })
        }
        ("PUT", "/api/v1/chambers/weights") => json!({ "weights": { "leads": 1 }, "reason": reason }),
        ("POST", "/api/v1/leads/{id}/attribution") => attributions::halves(app),
        ("POST", "/api/v1/attribution-changes/{id}/consent") => json!({ "agrees": true }),
        ("POST", "/api/v1/attribution-changes/{id}/decision") => {
            json!({ "decision": "accepted", "reason": reason })
        }
        ("POST", "/api/v1/attribution-changes/{id}/withdrawal") => json!({ "reason": reason }),
        ("POST", "/api/v1/claims/{id}/answer") => json!({ "decision": "declined", "text": "test" }),
        ("PATCH", "/api/v1/chambers/{id}" | "/api/v1/referrers/{id}") => json!({ "note": "test" }),
        ("POST", "/api/v1/chambers/{id}/entries") => entry_body(),
        ("PATCH", "/api/v1/chambers/{id}/entries/{entry}") => json!({ "note": "test" }),
        ("POST", "/api/v1/chambers/{id}/merger") => json!({ "into": app.new_chamber(&new_investor()) }),
        ("POST", recommendations::PATH) => recommendations::body(json!({})),
        ("PATCH", "/api/v1/recommendations/{id}") => json!({ "note": "test" }),
        ("POST", events::PATH) => events::body(json!({})),
        ("PATCH", "/api/v1/events/{id}") => json!({ "outcome": "test" }),
        ("POST", "/api/v1/events/{id}/attendees") => json!({ "name": "示例来宾" }),
        ("POST", townsmen::PATH) => townsmen::body(json!({})),
        ("PATCH", "/api/v1/townsmen/{id}") => json!({ "post": "test" }),
        ("POST", "/api/v1/townsmen/{id}/review") => json!({}),
        ("POST", "/api/v1/townsmen/{id}/removal") => json!({ "reason": reason }),
        ("POST", "/api/v1/referrers/{id}/merger") => json!({ "into": app.new_referrer(&new_investor()) }),
        ("POST", "/api/v1/users") => {
            json!({ "username": format!("u{}", uuid::Uuid::new_v4().simple()), "display_name": "示例", "role": "auditor" })
        }
        ("PATCH", "/api/v1/users/{id}") => json!({ "display_name": "示例二" }),
        ("POST", "/api/v1/awards/estimates") => json!({ "kind": "green_factory" }),
        ("POST", "/api/v1/awards/compute") => json!({
            "rule": "job_agency",
            "facts": { "licensed_agency": true, "target_workers": true, "workers": 1, "rate_fen": 60_000 },
        }),
        ("POST", "/api/v1/tokens") => json!({ "name": "test", "days": 1 }),
        _ => return None,
    })
}

/// What a page's form sends.
fn form(app: &TestApp, row: &Row, who: Option<Role>) -> Vec<(&'static str, String)> {
    if matches!(resource(&row.route), "projects" | "policies") {
        return projects::form(row);
    }
    // A liaison's leads come from his own chamber, and nobody else's kind may be said.
    let source = if who == Some(Role::ChamberLiaison) { "chamber" } else { "self" };
    let today = yinfeng::clock::today();
    let now = yinfeng::clock::china_time(yinfeng::clock::now()).format("%Y-%m-%dT%H:%M");
    let fields: Vec<(&'static str, &str)> = match row.route.as_str() {
        "/language" => vec![("lang", "en")],
        "/sign-in" => vec![("password", PASSWORD)],
        "/account" => vec![("display_name", "示例"), ("locale", "zh-CN")],
        "/account/tokens" => vec![("name", "test"), ("days", "1")],
        "/account/password" => vec![
            ("password", PASSWORD),
            ("new_password", "Another horse 2"),
            ("new_password_again", "Another horse 2"),
        ],
        "/admin/users" => vec![("display_name", "示例"), ("role", "auditor")],
        "/admin/users/{id}" => {
            vec![("display_name", "示例"), ("role", "county_officer"), ("region", "450721")]
        }
        "/leads" => {
            vec![("title", "示例项目"), ("county", "450721"), ("industry", "other"), ("source_kind", source)]
        }
        "/chambers/weights" => vec![("leads", "1"), ("reason", "test")],
        "/chambers/{id}/evidence/confirmation" | "/chambers/{id}/evidence/revocation" => {
            vec![("from", "2024-01-01"), ("to", "2024-12-31"), ("reason", "test")]
        }
        "/attribution-changes/{id}/consent" => vec![("agrees", "true")],
        "/attribution-changes/{id}/decision" => vec![("decision", "accepted"), ("reason", "test")],
        "/attribution-changes/{id}/withdrawal" => vec![("reason", "test")],
        "/claims/{id}/answer" => vec![("decision", "declined"), ("text", "test")],
        "/chambers" | "/chambers/{id}" => vec![("kind", "local"), ("status", "active")],
        "/chambers/{id}/entries" | "/chambers/{id}/entries/{entry}" => vec![
            ("kind", "officer"),
            ("word", "president"),
            ("name", "示例会长二"),
            ("from_on", "2024-05-18"),
        ],
        "/recommendations" | "/recommendations/{id}" => vec![
            ("county", "450721"),
            ("enterprise", "示例公司"),
            ("size", "small"),
            ("recipient_kind", "bank"),
            ("recipient", "示例银行"),
            ("need_fen", "300"),
            ("credit", "unchecked"),
        ],
        "/events" | "/events/{id}" => vec![
            ("kind", "promotion"),
            ("title", "示例推介会"),
            ("county", "450721"),
            ("place", "示例会展中心"),
            ("from_on", "2026-12-10"),
        ],
        "/events/{id}/attendees" | "/check-in/{secret}" => vec![("name", "示例来宾")],
        "/townsmen" | "/townsmen/{id}" => vec![
            ("name", "示例乡贤"),
            ("home", "450721"),
            ("introducer", "示例同乡"),
            ("consent_on", "2026-01-05"),
            ("consent", "同意"),
        ],
        "/townsmen/{id}/review" => vec![("consent_on", "2026-01-05")],
        "/townsmen/{id}/removal" => vec![("reason", "test")],
        "/referrers" | "/referrers/{id}" => vec![("kind", "person"), ("status", "active")],
        "/imports/{id}/kind" => vec![("kind", "leads")],
        "/leads/{id}" => vec![("content", "test")],
        "/leads/{id}/stage" => vec![("to", "assessment"), ("reason", "test")],
        "/leads/{id}/closure" => vec![("kind", "market"), ("reason", "test")],
        "/leads/{id}/assignment" => vec![("leader", ""), ("reason", "test")],
        route if route.ends_with("/members/{member}/disclosures") => {
            vec![("field", "identity_number"), ("reason", "test")]
        }
        route if route.ends_with("/disclosures") => vec![("field", "phone"), ("reason", "test")],
        "/leads/{id}/follow-ups" => vec![("kind", "call"), ("content", "test")],
        route if route.contains("/questions") => vec![("text", "test")],
        route if route.starts_with("/leads/") => vec![("reason", "test")],
        _ => Vec::new(),
    };
    let mut fields: Vec<(&'static str, String)> =
        fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
    match row.route.as_str() {
        // Of the same name, the sixth would have to wait.
        "/sign-in" => fields.push(("username", format!("nobody{}", uuid::Uuid::new_v4().simple()))),
        "/admin/users" => fields.push(("username", format!("u{}", uuid::Uuid::new_v4().simple()))),
        "/leads" => fields.push(("investor_name", new_investor())),
        "/chambers" | "/chambers/{id}" | "/referrers" | "/referrers/{id}" => {
            fields.push(("name", format!("{}商会", new_investor())));
        }
        "/chambers/{id}/merger" => fields.push(("into", app.new_chamber(&new_investor()).to_string())),
        "/referrers/{id}/merger" => fields.push(("into", app.new_referrer(&new_investor()).to_string())),
        "/leads/{id}/attribution" => fields.extend(attributions::halves_form(app)),
        "/leads/{id}/follow-ups" => fields.push(("at", now.to_string())),
        "/leads/{id}/resumption" => fields.push(("next_follow_up_on", today.to_string())),
        _ => {}
    }
    fields
}
