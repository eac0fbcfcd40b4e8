//! The same leads exist for an actor everywhere: in lists, counts, searches, facets, details and timelines.

use crate::support::TestApp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use yinfeng::accounts::Role;

/// Leads of every kind of scope, by a letter.
async fn leads(app: &TestApp) -> BTreeMap<char, String> {
    let head = app.token(Role::BureauHead);
    let id = |lead: Value| lead["id"].as_str().unwrap().to_owned();
    let assign = async |id: &str, assignment: Value| {
        head.post_json(&format!("/api/v1/leads/{id}/assignment"), assignment).await.assert_status(200);
    };
    let own_chamber = app.person(Role::ChamberLiaison).chamber_id.unwrap();
    let other_chamber = app.new_chamber("示例另一商会");
    let from =
        |chamber| json!({ "county": "450722", "source": { "kind": "chamber", "chamber_id": chamber } });
    let mut leads = BTreeMap::new();
    leads.insert('A', id(app.new_lead(json!({})).await));
    leads.insert('B', id(app.new_lead(json!({ "county": "450722" })).await));
    leads.insert('C', id(app.new_lead(json!({})).await));
    assign(&leads[&'C'], json!({ "leader": app.person(Role::CountyLeader).username })).await;
    leads.insert('D', id(app.new_lead(json!({})).await));
    assign(&leads[&'D'], json!({ "leader": app.user(Role::CountyLeader).insert().username })).await;
    leads.insert('E', id(app.new_lead(from(&own_chamber)).await));
    leads.insert('F', id(app.new_lead(from(&other_chamber)).await));
    leads.insert('G', id(app.new_lead(json!({})).await));
    assign(&leads[&'G'], json!({ "county": "450722", "reason": "handed on" })).await;
    let deleted = head.get(&format!("/api/v1/leads/{}", id(app.new_lead(json!({})).await))).await;
    let path = format!("/api/v1/leads/{}", deleted.json()["id"].as_str().unwrap());
    head.delete(&path, &deleted.etag()).await.assert_status(204);
    leads.insert('X', path.rsplit('/').next().unwrap().to_owned());
    app.settle();
    leads
}

#[actix_web::test]
async fn a_lead_exists_for_an_actor_everywhere_or_nowhere() {
    let app = TestApp::new().await;
    let leads = leads(&app).await;
    let table = [
        (Role::BureauHead, "ABCDEFG"),
        (Role::BureauOfficer, "ABCDEFG"),
        (Role::Auditor, "ABCDEFG"),
        (Role::LeadingGroup, "ABCDEFG"),
        // Of 450721; G was handed on by it.
        (Role::CountyOfficer, "ACDG"),
        // A is nobody's yet, C is led by this leader.
        (Role::CountyLeader, "AC"),
        (Role::ChamberLiaison, "E"),
        (Role::Federation, "EF"),
    ];
    for (role, letters) in table {
        let client = app.token(role);
        let expected: BTreeSet<&str> = letters.chars().map(|letter| leads[&letter].as_str()).collect();
        let shown = async |path: &str, list: &str| {
            let answer = client.get(path).await.assert_status(200).json();
            let items = answer[list].as_array().unwrap();
            let ids: BTreeSet<String> =
                items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
            (answer, ids)
        };
        let same = |ids: &BTreeSet<String>| ids.iter().map(String::as_str).eq(expected.iter().copied());

        let (list, ids) = shown("/api/v1/leads?count=true&limit=200", "items").await;
        assert!(same(&ids), "{role}: list {ids:?}, not {expected:?}");
        assert_eq!(list["total"], expected.len(), "{role}: count");

        let (found, ids) = shown("/api/v1/search?q=guangfu&facets=county&limit=100", "hits").await;
        assert!(same(&ids), "{role}: search {ids:?}, not {expected:?}");
        assert_eq!(found["total"], expected.len(), "{role}: hits");
        if let Some(counties) = found["facets"]["county"].as_object() {
            let counted: u64 = counties.values().filter_map(Value::as_u64).sum();
            assert_eq!(counted, expected.len() as u64, "{role}: facets");
        }

        for (letter, id) in &leads {
            for path in ["", "/timeline", "/follow-ups"] {
                let status = match (letters.contains(*letter), role, path) {
                    (false, ..) => 404,
                    (true, Role::Federation, "/follow-ups") => 403,
                    _ => 200,
                };
                let answer = client.get(&format!("/api/v1/leads/{id}{path}")).await;
                assert_eq!(answer.status(), status, "{role}: {letter}{path}");
            }
        }
        // Nor does asking for the other county tell of more; a liaison's leads show no county to ask for.
        let elsewhere = client.get("/api/v1/leads?county=450722&count=true").await;
        if role == Role::ChamberLiaison {
            elsewhere.assert_status(403);
        } else {
            let there = letters.chars().filter(|letter| "BEFG".contains(*letter)).count();
            assert_eq!(elsewhere.assert_status(200).json()["total"], there, "{role}: of the other county");
        }
    }
}

/// What is not there and what is not his look alike, to the letter.
#[actix_web::test]
async fn outside_the_scope_the_answer_is_that_of_nothing() {
    let app = TestApp::new().await;
    let lead = app.new_lead(json!({ "county": "450722" })).await;
    let county = app.token(Role::CountyOfficer);
    let body = async |id: &str| {
        let mut answer = county.get(&format!("/api/v1/leads/{id}")).await.assert_status(404).json();
        answer["request_id"].take();
        answer
    };
    let other = body(lead["id"].as_str().unwrap()).await;
    assert_eq!(other, body(&uuid::Uuid::now_v7().to_string()).await);
    assert_eq!(other, body("no-id-at-all").await);
}
