//! The people of the demonstration: one of each role, and the county leaders whom the leads name.

use super::rows;
use super::sources::ById;
use crate::accounts::model::{Locale, Role, User};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Via, password};
use crate::app::Ground;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The password of everybody in the demonstration, whose data is thrown away.
pub const PASSWORD: &str = "Yinfeng-demo-1";

/// Somebody whom one can be in the demonstration.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub username: String,
    pub display_name: String,
    pub role: Role,
}

pub(super) struct People {
    pub officer: Actor,
    /// The bureau head, who verifies.
    pub head: Actor,
    /// Staff by username, to act for.
    pub staff: BTreeMap<String, Actor>,
    /// County leaders by the name that the leads use.
    pub leaders: BTreeMap<String, Id>,
    pub sign_ins: Vec<SignIn>,
}

#[derive(Deserialize)]
struct LeaderOf {
    region: String,
    county_leader: String,
}

/// Username, display name, role, region, chamber of the file.
type Staff = (&'static str, &'static str, Role, Option<&'static str>, Option<&'static str>);

const STAFF: &[Staff] = &[
    ("officer", "钟示例", Role::BureauOfficer, None, None),
    ("head", "梁示例", Role::BureauHead, None, None),
    ("lingshan", "宁示例", Role::CountyOfficer, Some("450721"), None),
    // Nobody takes two duties of one award: a county reviews by a second officer.
    ("lingshan-2", "黎示例", Role::CountyOfficer, Some("450721"), None),
    ("liaison", "灵示会", Role::ChamberLiaison, None, Some("C01")),
    ("federation", "商联示例", Role::Federation, None, None),
    ("finance", "财示例", Role::FinanceReviewer, None, None),
    ("approvals", "审示例", Role::ApprovalsOfficer, None, None),
    ("leading", "组示例", Role::LeadingGroup, None, None),
    ("auditor", "计示例", Role::Auditor, None, None),
    ("admin", "管示例", Role::Admin, None, None),
];

pub(super) fn add(conn: &mut AnyConn, ground: &Ground, chambers: &ById) -> Result<People, AppError> {
    // One hash for all: thirty would take seconds, and the password is printed anyway.
    let hash = password::hash(PASSWORD)?;
    let mut sign_ins = Vec::new();
    let mut staff = BTreeMap::new();
    let (mut officer, mut head) = (None, None);
    for (username, name, role, region, chamber) in STAFF {
        let chamber = chamber.and_then(|id| chambers.get(id).cloned());
        let user = user(username, name, *role, region.map(str::to_owned), chamber);
        insert(conn, &user, &hash, &mut sign_ins)?;
        let actor = Actor::new(user.clone(), Via::CommandLine, "-".to_owned(), String::new());
        staff.insert((*username).to_owned(), actor.clone());
        if *role == Role::BureauHead {
            head = Some(actor.clone());
        }
        if *role == Role::BureauOfficer {
            officer = Some(actor);
        }
    }
    let mut leaders = BTreeMap::new();
    let mut of_county: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows::<LeaderOf>("leads.csv")? {
        let named = row.county_leader.trim();
        if named.is_empty() || leaders.contains_key(named) {
            continue;
        }
        // A lead that was handed on names a leader of its new county, by that county's name.
        let region = county_of(ground, named).unwrap_or(row.region);
        let number = of_county.entry(region.clone()).or_default();
        *number += 1;
        let username = format!("leader-{}-{number}", region.to_lowercase());
        let user = user(&username, named, Role::CountyLeader, Some(region), None);
        leaders.insert(named.to_owned(), user.id.clone());
        insert(conn, &user, &hash, &mut sign_ins)?;
    }
    let officer = officer.ok_or_else(|| anyhow::anyhow!("the demonstration has no officer"))?;
    let head = head.ok_or_else(|| anyhow::anyhow!("the demonstration has no head"))?;
    Ok(People { officer, head, staff, leaders, sign_ins })
}

fn insert(conn: &mut AnyConn, user: &User, hash: &str, sign_ins: &mut Vec<SignIn>) -> Result<(), AppError> {
    users::insert(conn, user)?;
    users::set_password(conn, &user.id, hash, false, clock::now())?;
    sign_ins.push(SignIn {
        username: user.username.clone(),
        display_name: user.display_name.clone(),
        role: user.role,
    });
    Ok(())
}

/// The county whose short name a leader's name begins with.
fn county_of(ground: &Ground, name: &str) -> Option<String> {
    let of = |region: &&crate::reference::Region| name.starts_with(region.zh.trim_end_matches(['县', '区']));
    ground.reference.counties().iter().find(of).map(|region| region.code.clone())
}

fn user(username: &str, name: &str, role: Role, region: Option<String>, chamber_id: Option<Id>) -> User {
    let now = clock::now();
    User {
        id: Id::generate(),
        username: username.to_owned(),
        display_name: name.to_owned(),
        role,
        region,
        chamber_id,
        phone_encrypted: None,
        email: None,
        locale: Locale::Chinese,
        active: true,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}
