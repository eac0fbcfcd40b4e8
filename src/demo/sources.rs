//! Chambers and referrers of the demonstration.

use super::{rows, shifted};
use crate::app::Ground;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::identity::IdentityKind;
use crate::referrers::model::{Member, Referrer, ReferrerKind};
use crate::{chambers, referrers};
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::HashMap;

/// Ids by the files' own ids (C01, P01).
pub(super) type ById = HashMap<String, Id>;

#[derive(Deserialize)]
struct ChamberRow {
    id: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    region: String,
    liaison: String,
    phone: String,
}

#[derive(Deserialize)]
struct ReferrerRow {
    id: String,
    name: String,
    kind: String,
    /// What the person or firm is otherwise.
    identity: String,
    region: String,
    filed_on: String,
    note: String,
}

pub(super) fn chambers(conn: &mut AnyConn, ground: &Ground) -> Result<ById, AppError> {
    let mut ids = ById::new();
    for row in rows::<ChamberRow>("chambers.csv")? {
        let (id, now) = (Id::generate(), clock::now());
        let kind = match row.kind.as_str() {
            "异地商会" => ChamberKind::OtherCity,
            "行业协会" => ChamberKind::Industry,
            "境外商会" => ChamberKind::Abroad,
            _ => ChamberKind::Local,
        };
        let chamber = Chamber {
            code: chambers::queries::next_code(conn)?,
            name: row.name,
            kind,
            region: region(ground, &row.region),
            contact_person: Some(row.liaison),
            phone_encrypted: Some(ground.keys.encrypt(&format!("chambers.phone:{id}"), &row.phone)),
            note: None,
            status: SourceStatus::Active,
            version: 1,
            created_by: None,
            created_at: now,
            updated_at: now,
            id: id.clone(),
        };
        chambers::queries::insert(conn, &chamber)?;
        ids.insert(row.id, id);
    }
    Ok(ids)
}

pub(super) fn referrers(conn: &mut AnyConn, ground: &Ground, today: NaiveDate) -> Result<ById, AppError> {
    let mut ids = ById::new();
    for row in rows::<ReferrerRow>("referrers.csv")? {
        let kind = match row.kind.as_str() {
            "招商企业" => ReferrerKind::Enterprise,
            "招商团队" => ReferrerKind::Team,
            _ => ReferrerKind::Person,
        };
        let code = referrers::queries::next_code(conn)?;
        // Who never filed has declared nothing either.
        let declared_on = shifted(&row.filed_on, today).map(|day| day.min(today));
        let chamber = match row.identity.as_str() {
            "商会" => chambers::queries::find_by_name(conn, &row.name)?.map(|chamber| chamber.id),
            _ => None,
        };
        let referrer = Referrer {
            public_employee: declared_on.map(|_| row.identity == "公务员"),
            declared_on,
            chamber_id: chamber,
            region: region(ground, &row.region),
            note: Some(row.note).filter(|note| !note.is_empty()),
            ..Referrer::named(code, row.name, kind, None, clock::now())
        };
        referrers::queries::insert(conn, &referrer)?;
        if kind == ReferrerKind::Team && referrer.chamber_id.is_none() {
            members(conn, &referrer)?;
        }
        ids.insert(row.id, referrer.id);
    }
    Ok(ids)
}

/// Three of a team, of whom two are paid.
fn members(conn: &mut AnyConn, team: &Referrer) -> Result<(), AppError> {
    for (name, is_payee) in [("甲示例", true), ("乙示例", true), ("丙示例", false)] {
        let member = Member {
            id: Id::generate(),
            referrer_id: team.id.clone(),
            name: name.to_owned(),
            identity_encrypted: None,
            identity_hash: None,
            is_payee,
            public_employee: is_payee.then_some(false),
            joined_on: team.declared_on,
            left_on: None,
            identity_kind: IdentityKind::ResidentId,
        };
        referrers::queries::insert_member(conn, &member)?;
    }
    Ok(())
}

/// Only codes: the files also say 外市 and 境外.
fn region(ground: &Ground, code: &str) -> Option<String> {
    ground.reference.region(code).map(|region| region.code.clone())
}
