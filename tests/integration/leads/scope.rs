//! Which leads exist for whom: design.md section 5 said once more in plain Rust, against random leads and
//! random actors, by the list, the single lead, the total and the search with its counts alike.

use super::{api, officer, register};
use crate::support::{Client, TestApp};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use yinfeng::accounts::{Actor, Role, User, Via};
use yinfeng::db::Id;
use yinfeng::leads::model::Lead;
use yinfeng::leads::queries;
use yinfeng::schema::leads;

const COUNTIES: [&str; 4] = ["450721", "450722", "450702", "QZ-FTZ"];

/// A lead as far as its scope goes.
#[derive(Debug, Clone)]
struct Sketch {
    county: usize,
    /// Handed on from here.
    from: Option<usize>,
    leader: Option<usize>,
    chamber: Option<usize>,
    deleted: bool,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let some = |range: std::ops::Range<usize>| prop::option::of(range);
    (0..4_usize, some(0..4), some(0..2), some(0..2), prop::bool::weighted(0.15)).prop_map(
        |(county, from, leader, chamber, deleted)| Sketch { county, from, leader, chamber, deleted },
    )
}

/// The plain statement. Leader 0 and 1 of a county are users of that county.
fn exists(sketch: &Sketch, role: Role, region: Option<usize>, number: usize) -> bool {
    if sketch.deleted {
        return false;
    }
    match role {
        Role::BureauHead | Role::BureauOfficer | Role::LeadingGroup | Role::Auditor => true,
        Role::CountyOfficer => {
            Some(sketch.county) == region || (sketch.from.is_some() && sketch.from == region)
        }
        Role::CountyLeader => {
            Some(sketch.county) == region && (sketch.leader.is_none() || sketch.leader == Some(number))
        }
        Role::ChamberLiaison => sketch.chamber == Some(number),
        Role::Federation => sketch.chamber.is_some(),
        Role::Admin | Role::FinanceReviewer | Role::ApprovalsOfficer => false,
    }
}

struct World {
    leads: Vec<(Sketch, String)>,
    /// Role, county, number, user.
    people: Vec<(Role, Option<usize>, usize, User)>,
}

async fn build(app: &TestApp, sketches: Vec<Sketch>) -> World {
    let client = officer(app);
    let chambers = [app.new_chamber("示例商会甲"), app.new_chamber("示例商会乙")];
    let mut people = Vec::new();
    let mut leaders = Vec::new();
    for (at, county) in COUNTIES.iter().enumerate() {
        people.push((
            Role::CountyOfficer,
            Some(at),
            0,
            app.user(Role::CountyOfficer).region(county).insert(),
        ));
        let two = [0, 1].map(|_| app.user(Role::CountyLeader).region(county).insert());
        for (number, leader) in two.iter().enumerate() {
            people.push((Role::CountyLeader, Some(at), number, leader.clone()));
        }
        leaders.push(two);
    }
    for (number, chamber) in chambers.iter().enumerate() {
        people.push((
            Role::ChamberLiaison,
            None,
            number,
            app.user(Role::ChamberLiaison).chamber(chamber).insert(),
        ));
    }
    for role in Role::ALL.iter().copied().filter(|role| !role.needs_region() && !role.needs_chamber()) {
        people.push((role, None, 0, app.user(role).insert()));
    }
    let mut leads = Vec::new();
    for sketch in sketches {
        let source = match sketch.chamber {
            Some(number) => json!({"kind": "chamber", "chamber_id": chambers[number]}),
            None => json!({"kind": "self"}),
        };
        let start = sketch.from.unwrap_or(sketch.county);
        let lead = register(&client, json!({"county": COUNTIES[start], "source": source})).await;
        let leader = sketch.leader.map(|number| leaders[sketch.county][number].username.clone());
        let assignment = json!({"county": COUNTIES[sketch.county], "leader": leader});
        client.post_json(&api(&lead, "/assignment"), assignment).await.assert_status(200);
        let id = lead["id"].as_str().unwrap().to_owned();
        if sketch.deleted {
            let version = super::etag(&super::read(&client, &lead).await);
            client.delete(&api(&lead, ""), &version).await.assert_status(204);
        }
        leads.push((sketch, id));
    }
    World { leads, people }
}

async fn listed(client: &Client) -> BTreeSet<String> {
    let answer = client.get("/api/v1/leads?count=true&limit=200").await.assert_status(200).json();
    let ids: BTreeSet<String> = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lead: &Value| lead["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(answer["total"], ids.len(), "the total is of the same rows");
    ids
}

/// Counts of leads by value, by field.
type Counts = BTreeMap<String, BTreeMap<String, u64>>;

/// What the search finds for these words: ids, total and counts.
async fn searched(client: &Client, words: &str) -> (BTreeSet<String>, u64, Counts) {
    let query = [("q", words), ("limit", "200"), ("facets", "county,stage,status,chamber,leader")];
    let query = serde_urlencoded::to_string(query).unwrap();
    let answer = client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json();
    assert_eq!(answer["engine"], "embedded", "the database would agree with itself");
    let hits = answer["hits"].as_array().unwrap();
    let ids = hits.iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    (ids, answer["total"].as_u64().unwrap(), serde_json::from_value(answer["facets"].clone()).unwrap())
}

/// The same counts of these leads by the database, of the fields that the search counted.
fn counted(app: &TestApp, ids: &BTreeSet<String>, fields: impl Iterator<Item = String>) -> Counts {
    let ids: Vec<Id> = ids.iter().map(|id| id.parse().unwrap()).collect();
    let rows: Vec<Lead> =
        app.read(|conn| leads::table.filter(leads::id.eq_any(ids)).select(Lead::as_select()).load(conn));
    let value = |lead: &Lead, field: &str| match field {
        "county" => lead.county.clone(),
        "stage" => lead.stage.to_string(),
        "status" => lead.status.to_string(),
        "chamber" => lead.source_chamber_id.as_ref().map_or_else(String::new, Id::to_string),
        _ => lead.leader_id.as_ref().map_or_else(String::new, Id::to_string),
    };
    let counts = |field: String| {
        let mut counts = BTreeMap::new();
        rows.iter().for_each(|lead| *counts.entry(value(lead, &field)).or_default() += 1);
        (field, counts)
    };
    fields.map(counts).collect()
}

#[actix_web::test]
async fn a_lead_exists_for_exactly_those_whom_section_5_names() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for _ in 0..3 {
        let sketches = prop::collection::vec(sketch(), 12).new_tree(&mut runner).unwrap().current();
        let app = TestApp::new().await;
        let world = build(&app, sketches).await;
        app.settle();
        for (role, region, number, user) in &world.people {
            let expected: BTreeSet<String> = world
                .leads
                .iter()
                .filter(|(sketch, _)| exists(sketch, *role, *region, *number))
                .map(|(_, id)| id.clone())
                .collect();
            let actor = Actor::new(user.clone(), Via::CommandLine, String::new(), String::new());
            for (sketch, id) in &world.leads {
                let id: Id = id.parse().unwrap();
                let found = app.read(|conn| queries::find(conn, &actor, &id)).is_some();
                assert_eq!(found, expected.contains(id.as_str()), "{role} {region:?} {number}: {sketch:?}");
            }
            let client = app.program_of(user);
            if !yinfeng::leads::policy::uses_leads(*role) {
                client.get("/api/v1/leads").await.assert_status(403);
                continue;
            }
            assert_eq!(listed(&client).await, expected, "{role} {region:?} {number}");
            for words in ["", "项目", "xiangmu"] {
                let (ids, total, mut facets) = searched(&client, words).await;
                assert_eq!(ids, expected, "{role} {region:?} {number}: {words}");
                assert_eq!(total, expected.len() as u64, "{role}: {words}");
                facets.values_mut().for_each(|counts| counts.retain(|_, count| *count > 0));
                assert!(facets.contains_key("stage"), "{role}: {facets:?}");
                let told = counted(&app, &expected, facets.keys().cloned());
                assert_eq!(facets, told, "{role} {region:?} {number}: {words}");
            }
        }
        // From outside, one lead that does not exist and one that exists, for each of some roles.
        for (role, region, number, user) in world.people.iter().step_by(3) {
            if !yinfeng::leads::policy::uses_leads(*role) {
                continue;
            }
            let client = app.program_of(user);
            for (sketch, id) in &world.leads {
                let status = if exists(sketch, *role, *region, *number) { 200 } else { 404 };
                client.get(&format!("/api/v1/leads/{id}")).await.assert_status(status);
                client.get(&format!("/api/v1/leads/{id}/timeline")).await.assert_status(status);
            }
        }
    }
}
