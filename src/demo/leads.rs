//! Leads of the demonstration, with what was done about them last.

use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::accounts::Actor;
use crate::app::Ground;
use crate::clock;
use crate::contacts::ContactInput;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::follow_ups::{self, FollowUp, FollowUpKind};
use crate::leads::forms::{LeadInput, SourceBody};
use crate::leads::model::{Priority, SourceKind};
use crate::leads::registration::{FromLedger, register};
use crate::money::WAN;
use crate::schema::leads;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct LeadRow {
    id: String,
    region: String,
    industry: String,
    title: String,
    investor: String,
    origin: String,
    source: String,
    source_ref: String,
    stage: String,
    total_wan: Option<i64>,
    fai_wan: Option<i64>,
    jobs: Option<i64>,
    created: String,
    last_follow: String,
    next_follow: String,
    county_leader: String,
    note: String,
}

/// What a lead's source may name.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub chambers: &'a ById,
    pub referrers: &'a ById,
    pub events: &'a ById,
}

/// Ids by the file's own ids.
pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    officer: &Actor,
    people: &People,
    sources: Sources<'_>,
    today: NaiveDate,
) -> Result<ById, AppError> {
    let mut ids = ById::new();
    for row in rows::<LeadRow>("leads.csv")? {
        let values = ground.reference.values();
        let stage = values
            .stage(&row.stage)
            .ok_or_else(|| anyhow::anyhow!("seeds/demo/leads.csv: {}: {}", row.id, row.stage))?
            .clone();
        let kind = values.source(&row.source).unwrap_or(SourceKind::Own);
        let referrer = match kind {
            SourceKind::Referrer | SourceKind::Townsman => sources.referrers.get(&row.source_ref),
            _ => None,
        };
        let input = LeadInput {
            title: row.title,
            investor_name: row.investor,
            uscc: None,
            origin: Some(row.origin).filter(|text| !text.is_empty()),
            county: row.region,
            park: None,
            industry: row.industry,
            industry_class: None,
            content: Some(row.note.clone()).filter(|text| !text.is_empty()),
            total_investment_fen: row.total_wan.map(|wan| wan * WAN),
            fixed_investment_fen: row.fai_wan.map(|wan| wan * WAN),
            land_mu: None,
            factory_m2: None,
            jobs: row.jobs,
            factor_needs: None,
            source: SourceBody {
                kind: Some(kind),
                chamber_id: sources
                    .chambers
                    .get(&row.source_ref)
                    .filter(|_| kind == SourceKind::Chamber)
                    .map(Id::to_string),
                referrer_id: referrer.map(Id::to_string),
                event_id: sources
                    .events
                    .get(&row.source_ref)
                    .filter(|_| matches!(kind, SourceKind::Event | SourceKind::Station))
                    .map(Id::to_string),
                ..SourceBody::default()
            },
            source_kind: kind,
            contact: Some(contact(&row.id)),
            remark: None,
            priority: if row.total_wan.unwrap_or(0) >= 30_000 { Priority::Key } else { Priority::Normal },
            next_follow_up_on: shifted(&row.next_follow, today),
            stage: Some(stage.stage),
            registered_on: shifted(&row.created, today).map(|day| day.min(today)),
            duplicate_reason: None,
        };
        let ledger = FromLedger {
            status: Some(stage.status),
            officer_id: Some(officer.user_id.clone()),
            leader_id: people.leaders.get(row.county_leader.trim()).cloned(),
            ..FromLedger::default()
        };
        let lead = register(conn, ground.tools(), officer, input, ledger)?;
        if let Some(day) = shifted(&row.last_follow, today) {
            let follow_up = follow_up(officer, &lead.id, day.min(today), &row.note);
            follow_ups::queries::insert(conn, &follow_up)?;
        }
        ids.insert(row.id, lead.id);
    }
    Ok(ids)
}

/// Leads changed last when somebody last spoke with their investor, and not all of them at the moment of loading.
pub(super) fn age(conn: &mut AnyConn, ids: &ById, today: NaiveDate) -> Result<(), AppError> {
    for row in rows::<LeadRow>("leads.csv")? {
        let last = shifted(&row.last_follow, today).or_else(|| shifted(&row.created, today));
        if let (Some(id), Some(day)) = (ids.get(&row.id), last) {
            let lead = leads::table.filter(leads::id.eq(id));
            diesel::update(lead).set(leads::updated_at.eq(morning(day.min(today)))).execute(conn)?;
        }
    }
    Ok(())
}

/// Half past ten in China, or now when it is earlier.
fn morning(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(2, 30, 0).unwrap_or_else(clock::now).min(clock::now())
}

/// A made-up person with a number that cannot be anybody's.
fn contact(lead: &str) -> ContactInput {
    let number: u32 = lead.trim_start_matches('D').parse().unwrap_or(0);
    ContactInput {
        name: format!("示例{number:02}"),
        phone: Some(format!("120{number:08}")),
        ..ContactInput::default()
    }
}

fn follow_up(officer: &Actor, lead: &Id, day: NaiveDate, note: &str) -> FollowUp {
    FollowUp {
        id: Id::generate(),
        lead_id: lead.clone(),
        kind: FollowUpKind::Call,
        at: morning(day),
        ours: Some(officer.display_name.clone()),
        theirs: None,
        content: note.to_owned(),
        next_step: None,
        next_on: None,
        by_user: officer.user_id.clone(),
        by_chamber_id: None,
        created_at: clock::now(),
    }
}
