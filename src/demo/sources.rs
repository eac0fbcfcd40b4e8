//! Chambers and referrers of the demonstration.

use super::rows;
use crate::app::Ground;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::{chambers, referrers};
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
    region: String,
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

pub(super) fn referrers(conn: &mut AnyConn, ground: &Ground) -> Result<ById, AppError> {
    let mut ids = ById::new();
    for row in rows::<ReferrerRow>("referrers.csv")? {
        let (id, now) = (Id::generate(), clock::now());
        let kind = match row.kind.as_str() {
            "招商企业" => ReferrerKind::Enterprise,
            "招商团队" => ReferrerKind::Team,
            _ => ReferrerKind::Person,
        };
        let referrer = Referrer {
            code: referrers::queries::next_code(conn)?,
            name: row.name,
            kind,
            region: region(ground, &row.region),
            contact_person: None,
            phone_encrypted: None,
            note: Some(row.note).filter(|note| !note.is_empty()),
            status: SourceStatus::Active,
            version: 1,
            created_by: None,
            created_at: now,
            updated_at: now,
            id: id.clone(),
        };
        referrers::queries::insert(conn, &referrer)?;
        ids.insert(row.id, id);
    }
    Ok(ids)
}

/// Only codes: the files also say 外市 and 境外.
fn region(ground: &Ground, code: &str) -> Option<String> {
    ground.reference.region(code).map(|region| region.code.clone())
}
