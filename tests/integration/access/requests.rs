//! The requests of the walk: each is one that succeeds for whoever may make it, on a record of its own.

use super::bodies::{body, form};
use super::registers::{
    attendee, attribution_change, chamber, claim, confirmed, door, entry, event, notice, part_of_team,
    recommendation, saved_search, team, townsman, weights, with_entry,
};
use super::rows::Row;
use super::{attachments, award_applications, filings, policies, projects, referrers};
use crate::support::leads::new_investor;
use crate::support::{Client, Request, TestApp};
use actix_web::http::Method;
use serde_json::json;
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
        "imports" | "tokens" | "sessions" | "chambers" | "townsmen" | "recommendations" | "notices"
        | "saved-searches" => true,
        "referrers" => who.is_some_and(referrers::has_its_own),
        _ => false,
    };
    if kept.is_none() || is_of_one {
        *kept = record(app, row, who).await;
    }
    let record = kept.as_ref();
    let mut path = path(row, record);
    if resource(&row.route) == "teams" {
        for (name, part) in [("{member}", "members"), ("{trip}", "trips")] {
            if path.contains(name) {
                path = path.replace(name, &part_of_team(app, record, part).await);
            }
        }
    }
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
            .replace("{trip}", "")
            .contains('{'),
        "{path}: what stands for this part is not said here"
    );
    match (row.method.as_str(), row.route.as_str()) {
        ("GET", "/api/v1/search" | "/search" | "/search/suggestions") => format!("{path}?q=guangfu"),
        ("GET", "/api/v1/duplicates") => format!("{path}?investor_name=Example"),
        ("DELETE", "/api/v1/leads/{id}/closure" | "/api/v1/notices/{id}")
        | ("GET", "/api/v1/chambers/export") => {
            format!("{path}?reason=test")
        }
        _ => path,
    }
}

/// The resource that a route is about: `leads` of `/api/v1/leads/{id}/stage`.
pub(super) fn resource(route: &str) -> &str {
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
        "notices" => notice(app, who, is_own).await,
        "saved-searches" => saved_search(app, who, is_own).await,
        "teams" => team(app, row, is_own).await,
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
            None if resource(&row.route) != "teams"
                && (row.route.contains("/filings") || row.route.contains("/members")) =>
            {
                filings::body(row)
            }
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
            None if resource(&row.route) == "teams" => {}
            None => form.extend(filings::form(row)),
        }
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        client.post_form(path, &form)
    }
}
