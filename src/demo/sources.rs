//! Chambers and referrers of the demonstration.

use super::{rows, shifted};
use crate::accounts::Actor;
use crate::app::Ground;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::clock;
use crate::contacts::model::phone_hash;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::money::WAN;
use crate::recommendations::forms::{RecommendationBody, RecommendationInput};
use crate::referrers::identity::IdentityKind;
use crate::referrers::model::{Member, Referrer, ReferrerKind};
use crate::townsmen::forms::{TownsmanBody, TownsmanInput};
use crate::{chambers, recommendations, referrers, townsmen};
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

/// What is entered of a chamber, as the file writes it; a cell may be empty.
#[derive(Deserialize)]
struct EntryRow {
    chamber: String,
    kind: String,
    word: String,
    name: String,
    party: String,
    region: String,
    address: String,
    contact_person: String,
    phone: String,
    from_on: String,
    to_on: String,
}

#[derive(Deserialize)]
struct TownsmanRow {
    name: String,
    post: String,
    region: String,
    home: String,
    chamber: String,
    introducer: String,
    companies: String,
    help: String,
    consent_on: String,
}

#[derive(Deserialize)]
struct RecommendationRow {
    enterprise: String,
    county: String,
    size: String,
    chamber: String,
    recipient_kind: String,
    recipient: String,
    /// 万元
    need_wan: i64,
    credit: String,
    sent_on: String,
    result: String,
    result_on: String,
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
            phone_hash: Some(phone_hash(&ground.keys, &row.phone)),
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

/// Terms, officers, members, agreements, recognitions and service points of some of them.
pub(super) fn entries(
    conn: &mut AnyConn,
    ground: &Ground,
    officer: &Actor,
    chambers: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    for row in rows::<EntryRow>("chamber_entries.csv")? {
        let Some(id) = chambers.get(&row.chamber) else { continue };
        let chamber = chambers::editing::load(conn, officer, id.as_str())?;
        let body = EntryBody {
            kind: row.kind.parse().ok(),
            word: some(row.word),
            name: some(row.name),
            party: some(row.party),
            region: some(row.region),
            address: some(row.address),
            contact_person: some(row.contact_person),
            phone: some(row.phone),
            from_on: shifted(&row.from_on, today),
            to_on: shifted(&row.to_on, today),
            ..EntryBody::default()
        };
        chambers::entries::editing::add(
            conn,
            ground.tools(),
            officer,
            chamber,
            body,
            FieldErrors::default(),
        )?;
    }
    Ok(())
}

/// People of the home region elsewhere, who are made up, too.
pub(super) fn townsmen(
    conn: &mut AnyConn,
    ground: &Ground,
    officer: &Actor,
    chambers: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    for row in rows::<TownsmanRow>("townsmen.csv")? {
        let body = TownsmanBody {
            name: Some(row.name),
            post: some(row.post),
            region: some(row.region),
            home: some(row.home),
            chamber_id: chambers.get(&row.chamber).map(Id::to_string),
            introducer: some(row.introducer),
            companies: some(row.companies),
            help: some(row.help),
            referrer_id: None,
            consent_on: shifted(&row.consent_on, today),
            consent: Some("同意列入乡贤名录，用于招商联系。".to_owned()),
        };
        let input = TownsmanInput::check(body, &ground.reference, FieldErrors::default())?;
        townsmen::editing::register(conn, ground.tools(), officer, input)?;
    }
    Ok(())
}

/// Enterprises recommended to banks and guarantors.
pub(super) fn recommendations(
    conn: &mut AnyConn,
    ground: &Ground,
    officer: &Actor,
    chambers: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    for row in rows::<RecommendationRow>("recommendations.csv")? {
        let body = RecommendationBody {
            county: Some(row.county),
            enterprise: Some(row.enterprise),
            size: Some(row.size),
            chamber_id: chambers.get(&row.chamber).map(Id::to_string),
            recipient_kind: row.recipient_kind.parse().ok(),
            recipient: Some(row.recipient),
            need_fen: Some(row.need_wan * WAN),
            credit: Some(row.credit),
            sent_on: shifted(&row.sent_on, today).map(|day| day.min(today)),
            result: Some(row.result).filter(|result| !result.is_empty()),
            result_on: shifted(&row.result_on, today).map(|day| day.min(today)),
            ..RecommendationBody::default()
        };
        let input = RecommendationInput::check(body, &ground.reference, FieldErrors::default())?;
        recommendations::editing::register(conn, officer, input)?;
    }
    Ok(())
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
            official_tie: None,
        };
        referrers::queries::insert_member(conn, &member)?;
    }
    Ok(())
}

/// Only codes: the files also say 外市 and 境外.
fn region(ground: &Ground, code: &str) -> Option<String> {
    ground.reference.region(code).map(|region| region.code.clone())
}
