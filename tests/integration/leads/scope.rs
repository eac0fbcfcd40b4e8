//! Which leads exist for whom: design.md section 5 said once more in plain Rust, against random leads and
//! random actors, by the list, the single lead and the total alike.

use super::{api, officer, register};
use crate::support::{Client, TestApp};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use yinfeng::accounts::{Actor, Role, User, Via};
use yinfeng::db::Id;
use yinfeng::leads::queries;

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

#[actix_web::test]
async fn a_lead_exists_for_exactly_those_whom_section_5_names() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    for _ in 0..3 {
        let sketches = prop::collection::vec(sketch(), 12).new_tree(&mut runner).unwrap().current();
        let app = TestApp::new().await;
        let world = build(&app, sketches).await;
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
