//! A lead as the API shows it, to each role what its pages show.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::Tools;
use crate::clock;
use crate::contacts::{self, model::MaskedContact};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::merging::{self, MergerView};
use crate::leads::model::{ClosureKind, Priority, SourceKind, Stage, Status};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::{self, Known, LeadRow, Names};
use crate::leads::{promise::promised_on, rules};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A lead. What a role's pages do not show is null.
///
/// Its version (the ETag) covers all of it but the credit code, which is the company's: another lead of the same
/// company may bring it or take it away. Names of records and days counted from today are not the lead's either.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Lead)]
pub struct LeadView {
    pub id: Id,
    /// `QZ-2026-000123`; stays for ever.
    pub code: String,
    /// Goes up with every change; the ETag in quotes.
    pub version: i64,
    pub title: String,
    pub investor_name: String,
    /// Unified social credit code (GB 32100), 18 characters.
    pub uscc: Option<String>,
    /// Where the investor comes from: a place of GB/T 2260, a country of ISO 3166, or as it was written.
    pub origin: Option<String>,
    /// A code of `/regions`.
    pub county: Option<String>,
    /// A code of `/parks`.
    pub park: Option<String>,
    /// A code of `/industries`.
    pub industry: Option<String>,
    /// A class of GB/T 4754-2017.
    pub industry_class: Option<String>,
    #[serde(flatten)]
    pub detail: Option<Detail>,
    #[serde(flatten)]
    pub merger: Option<MergerView>,
    /// Whole fen.
    pub total_investment_fen: Option<i64>,
    /// Whole fen, part of the total.
    pub fixed_investment_fen: Option<i64>,
    /// Land in mu.
    pub land_mu: Option<f64>,
    /// Factory space in square metres.
    pub factory_m2: Option<f64>,
    /// People that it employs.
    pub jobs: Option<i64>,
    pub priority: Option<Priority>,
    pub source: SourceView,
    pub stage: Stage,
    pub status: Status,
    pub closure: Option<ClosureView>,
    pub hold: Option<HoldView>,
    pub officer: Option<Person>,
    pub leader: Option<Person>,
    /// The first reporter keeps the credit of this day.
    pub registered_on: NaiveDate,
    /// The day by which the reporter is answered.
    pub promised_on: NaiveDate,
    /// When the report reached the server; never edited.
    #[serde(with = "clock::rfc3339")]
    pub received_at: NaiveDateTime,
    pub next_follow_up_on: Option<NaiveDate>,
    /// Days past the next follow-up; null while nothing is overdue.
    pub overdue_days: Option<i64>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// What a single lead has and a list leaves out.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadDetail)]
pub struct Detail {
    pub content: Option<String>,
    /// Energy, labour, logistics and what else the investor asks for.
    pub factor_needs: Option<String>,
    pub remark: Option<String>,
    pub contact: Option<MaskedContact>,
    /// Columns of a ledger that matched nothing, as [header, value].
    pub extra: Vec<(String, String)>,
    /// A name from a ledger that is no user's.
    pub officer_name: Option<String>,
    /// A name from a ledger that is no user's.
    pub leader_name: Option<String>,
    /// Why it was registered although the investor was already here.
    pub duplicate_reason: Option<String>,
    /// Fields that the next stage asks for and the lead lacks.
    pub missing: Vec<String>,
}

/// Where a lead came from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView {
    pub kind: SourceKind,
    pub chamber_id: Option<Id>,
    pub referrer_id: Option<Id>,
    pub enterprise_id: Option<Id>,
    pub event_id: Option<Id>,
    pub note: Option<String>,
    /// The record's name.
    pub name: Option<String>,
}

/// Why a lead was closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Closure)]
pub struct ClosureView {
    pub kind: ClosureKind,
    pub reason: Option<String>,
}

/// Why a lead waits, and until when.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Hold)]
pub struct HoldView {
    pub reason: Option<String>,
    pub until: Option<NaiveDate>,
}

/// A user, named.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Person {
    pub id: Id,
    pub username: String,
    pub display_name: String,
}

impl Person {
    /// The actor himself.
    pub fn of(actor: &Actor) -> Self {
        Person {
            id: actor.user_id.clone(),
            username: actor.username.clone(),
            display_name: actor.display_name.clone(),
        }
    }
}

/// People by id, looked up once for all.
pub fn people(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, Person>> {
    let people = users::names(conn, ids)?.into_iter();
    Ok(people
        .map(|(id, username, display_name)| (id.clone(), Person { id, username, display_name }))
        .collect())
}

/// A user by id, from names that were looked up.
pub fn person(names: &Names, id: &Option<Id>) -> Option<Person> {
    let id = id.as_ref()?;
    let (username, display_name) = names.users.get(id)?.clone();
    Some(Person { id: id.clone(), username, display_name })
}

/// A page of leads, names looked up once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<LeadRow>,
) -> Result<Vec<LeadView>, AppError> {
    let names = queries::names_of(conn, rows.iter().map(|row| &row.0))?;
    let today = clock::today();
    Ok(rows
        .into_iter()
        .map(|(lead, uscc)| view(tools, actor, &Known { lead, uscc }, &names, today))
        .collect())
}

/// One lead with all that its reader may see.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: &Known,
) -> Result<LeadView, AppError> {
    let names = queries::names_of(conn, std::iter::once(&known.lead))?;
    let mut shown = view(tools, actor, known, &names, clock::today());
    shown.merger = Some(merging::of_lead(conn, actor, &known.lead)?);
    let kind = view_of(actor.role);
    if kind == View::Own {
        return Ok(shown);
    }
    let contact = match kind {
        View::Full => contacts::queries::of_lead(conn, &known.lead.id)?,
        _ => None,
    };
    let lead = &known.lead;
    shown.detail = Some(Detail {
        content: lead.content.clone(),
        factor_needs: lead.factor_needs.clone(),
        remark: lead.remark.clone(),
        contact: contact.map(|contact| contact.masked(tools.keys)).transpose()?,
        extra: lead.extra.0.clone(),
        officer_name: lead.officer_name.clone(),
        leader_name: lead.leader_name.clone(),
        duplicate_reason: lead.duplicate_reason.clone(),
        missing: missing_for_next(conn, tools, known)?,
    });
    Ok(shown)
}

/// Fields that the next stage asks for and the lead lacks; at the last stage what that stage itself asks for, as a lead may
/// have been registered there.
pub fn missing_for_next(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    known: &Known,
) -> Result<Vec<String>, AppError> {
    let stage = rules::next_stage(known.lead.stage).unwrap_or(known.lead.stage);
    let facts = queries::completeness(conn, known)?;
    Ok(rules::missing(&known.lead, &facts, &tools.reference.stages().required_up_to(stage.as_str())))
}

fn view(tools: Tools<'_>, actor: &Actor, known: &Known, names: &Names, today: NaiveDate) -> LeadView {
    let lead = known.lead.clone();
    let own = view_of(actor.role) == View::Own;
    let source_id = lead
        .source_chamber_id
        .as_ref()
        .or(lead.source_referrer_id.as_ref())
        .or(lead.source_enterprise_id.as_ref())
        .or(lead.source_event_id.as_ref());
    let source = SourceView {
        kind: lead.source_kind,
        name: source_id.and_then(|id| names.sources.get(id).cloned()),
        chamber_id: lead.source_chamber_id.clone(),
        referrer_id: lead.source_referrer_id.clone(),
        enterprise_id: lead.source_enterprise_id.clone(),
        event_id: lead.source_event_id.clone(),
        note: lead.source_note.clone(),
    };
    let closure = lead.closure_kind.map(|kind| ClosureView { kind, reason: lead.closure_reason.clone() });
    let hold = (lead.status == Status::OnHold)
        .then(|| HoldView { reason: lead.hold_reason.clone(), until: lead.hold_until });
    let overdue_days = lead.overdue_days(today);
    LeadView {
        promised_on: promised_on(tools.reference, lead.received_at),
        officer: person(names, &lead.officer_id).filter(|_| !own),
        leader: person(names, &lead.leader_id).filter(|_| !own),
        uscc: known.uscc.clone().filter(|_| !own),
        origin: lead.origin.filter(|_| !own),
        county: (!own).then_some(lead.county),
        park: lead.park.filter(|_| !own),
        industry: (!own).then_some(lead.industry),
        industry_class: lead.industry_class.filter(|_| !own),
        detail: None,
        merger: None,
        total_investment_fen: lead.total_investment_fen.filter(|_| !own),
        fixed_investment_fen: lead.fixed_investment_fen.filter(|_| !own),
        land_mu: lead.land_mu.filter(|_| !own),
        factory_m2: lead.factory_m2.filter(|_| !own),
        jobs: lead.jobs.filter(|_| !own),
        priority: (!own).then_some(lead.priority),
        closure: closure.filter(|_| !own),
        hold: hold.filter(|_| !own),
        next_follow_up_on: lead.next_follow_up_on.filter(|_| !own),
        overdue_days: overdue_days.filter(|_| !own),
        id: lead.id,
        code: lead.code,
        version: lead.version,
        title: lead.title,
        investor_name: lead.investor_name,
        source,
        stage: lead.stage,
        status: lead.status,
        registered_on: lead.registered_on,
        received_at: lead.received_at,
        created_at: lead.created_at,
        updated_at: lead.updated_at,
    }
}
