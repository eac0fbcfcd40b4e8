//! What the walk's requests hold: the API's bodies and the pages' forms.

use super::projects;
use super::registers::entry_body;
use super::requests::resource;
use super::rows::Row;
use crate::support::leads::{lead_body, new_investor};
use crate::support::{PASSWORD, TestApp};
use crate::{attributions, events, notices, recommendations, saved_searches, teams, townsmen};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

/// What the API takes.
pub(super) fn body(app: &TestApp, row: &Row, who: Option<Role>) -> Option<Value> {
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
        ("POST", "/api/v1/events/{id}/attendees") => json!({ "name": new_investor() }),
        ("POST", teams::PATH) => teams::body(json!({})),
        ("PATCH", "/api/v1/teams/{id}") => json!({ "note": "test" }),
        ("POST", "/api/v1/teams/{id}/members") => teams::member(json!({})),
        ("PATCH", "/api/v1/teams/{id}/members/{member}") => json!({ "post": "test" }),
        ("POST", "/api/v1/teams/{id}/trips") => teams::trip(json!({})),
        ("PATCH", "/api/v1/teams/{id}/trips/{trip}") => json!({ "result": "test" }),
        ("POST", notices::PATH) => notices::body(json!({})),
        ("POST", saved_searches::PATH) => saved_searches::body(json!({})),
        ("PATCH", "/api/v1/saved-searches/{id}") => json!({ "name": "示例二" }),
        ("PATCH", "/api/v1/notices/{id}") => json!({ "text": "test" }),
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
pub(super) fn form(app: &TestApp, row: &Row, who: Option<Role>) -> Vec<(&'static str, String)> {
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
        "/teams" | "/teams/{id}" => vec![("name", "示例队"), ("kind", "joint"), ("county", "450721")],
        "/teams/{id}/members" | "/teams/{id}/members/{member}" => {
            vec![("name", "示例队员二"), ("from_on", "2024-03-01")]
        }
        "/teams/{id}/trips" | "/teams/{id}/trips/{trip}" => {
            vec![("kind", "outing"), ("from_on", "2026-03-02"), ("region", "441900"), ("purpose", "test")]
        }
        "/notices" | "/notices/{id}" => vec![("title", "示例通知二"), ("text", "test"), ("audience", "all")],
        "/saved-searches" | "/saved-searches/{id}" => vec![("name", "示例二"), ("query", "q=test")],
        "/saved-searches/{id}/subscription" => vec![("tell", "true")],
        "/notices/{id}/retraction" => vec![("reason", "test")],
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
        "/chambers/export" => vec![("reason", "test")],
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
