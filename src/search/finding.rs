//! Asking the engines, and reading the rows of what they found in the asker's scope: an index may be a moment behind.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::leads::model::{Stage, Status};
use crate::leads::queries::visible_to;
use crate::schema::leads;
use crate::search::records::heads::{RecordHead, heads};
use crate::search::records::narrowing::{OF_PROJECTS, kinds_under};
use crate::search::records::phones;
use crate::search::records::scope::visible;
use crate::search::records::{self, ALL, SearchKind};
use crate::search::{FacetField, Filters, LeadScope, SearchAnswer, SearchError, SearchQuery, fallback};
use crate::web::params::Params;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// A change that waits longer than this for the index is worth telling a person.
const LATE_AFTER_SECONDS: i64 = 5;
/// Changes that wait for the index, looked at for leads that are gone.
const MOST_WAITING: i64 = 1_000;

/// A hit with its row, read again in the asker's scope.
#[derive(Debug)]
pub struct Hit {
    pub head: Head,
    /// Field → HTML, escaped but for `<em>`.
    pub highlights: Vec<(&'static str, String)>,
}

/// What a hit shows.
#[derive(Debug)]
pub enum Head {
    Lead(LeadHead),
    Record(RecordHead),
}

/// What a hit shows of its lead.
#[derive(Debug, Clone, Queryable)]
pub struct LeadHead {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub county: String,
    pub industry: String,
    pub stage: Stage,
    pub status: Status,
    pub total_investment_fen: Option<i64>,
    pub leader_id: Option<Id>,
}

/// An answer of the engine, with the rows of its hits.
#[derive(Debug)]
pub struct Found {
    pub hits: Vec<Hit>,
    pub answer: SearchAnswer,
    /// Who gave it.
    pub engine: &'static str,
    /// Some changes are not in the index yet.
    pub stale: bool,
    /// And they wait for longer than usual.
    pub late: bool,
}

impl Found {
    fn nothing(engine: &'static str, late: bool) -> Self {
        Found { hits: Vec::new(), answer: SearchAnswer::default(), stale: late, late, engine }
    }
}

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Leads,
    /// Leads, and behind them what else there is.
    All,
    Records(SearchKind),
}

impl Asked {
    /// As `type` says; leads when it says nothing.
    pub fn of(params: &Params) -> Result<Self, AppError> {
        match params.text("type") {
            None => Ok(Asked::Leads),
            Some(ALL) => Ok(Asked::All),
            Some(word) => match word.parse::<SearchKind>() {
                Ok(SearchKind::Lead) => Ok(Asked::Leads),
                Ok(kind) => Ok(Asked::Records(kind)),
                Err(_) => Err(AppError::bad_request("type", "unknown")),
            },
        }
    }
}

/// Asks for what is wanted. Projects are filtered and counted together with leads, as far as they have the fields; other
/// records are found by the words alone, and not at all where something is filtered by.
pub fn find_any(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    query: SearchQuery,
    asked: Asked,
) -> Result<Found, AppError> {
    let all: Vec<SearchKind> = SearchKind::RECORDS.to_vec();
    match asked {
        Asked::Leads => find(conn, app, actor, query),
        Asked::Records(kind) => find_records(conn, app, actor, &query, &[kind]),
        Asked::All => {
            let (limit, offset) = (query.limit, query.offset);
            let mut found = find(conn, app, actor, query.clone())?;
            let leads = usize::try_from(found.answer.total).unwrap_or(usize::MAX);
            let behind = SearchQuery {
                limit: limit.saturating_sub(leads.saturating_sub(offset)),
                offset: offset.saturating_sub(leads),
                ..query
            };
            let records = find_records(conn, app, actor, &behind, &all)?;
            found.hits.extend(records.hits);
            found.answer.total += records.answer.total;
            for (field, sums) in &mut found.answer.facets {
                for (value, count) in records.answer.facets.get(field).into_iter().flatten() {
                    *sums.entry(value.clone()).or_default() += count;
                }
            }
            found.answer.took_ms += records.answer.took_ms;
            found.answer.approximate |= records.answer.approximate;
            found.stale |= records.stale;
            found.late |= records.late;
            // Whoever of the two answers from the database knows less than an index does.
            if records.engine == fallback::NAME {
                found.engine = records.engine;
            }
            Ok(found)
        }
    }
}

/// The records of some kinds that hold the words and pass the filters, counted by kind. Fields that are asked for are
/// counted of projects alone: other records have none of them.
pub fn find_records(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    asked: &SearchQuery,
    kinds: &[SearchKind],
) -> Result<Found, AppError> {
    let fields = app.record_settings.fields_of(actor.role.as_str());
    let kinds = kinds_under(kinds, &asked.filters, actor.role, fields);
    let named = |kinds: &[SearchKind]| kinds.iter().map(SearchKind::to_string).collect::<Vec<_>>();
    let among = match asked.phones.is_empty() {
        true => visible(conn, app, actor)?,
        false => Some(phones::having_all(conn, app, actor, &asked.phones)?),
    };
    if kinds.is_empty() || among.as_ref().is_some_and(|among| among.ids.is_empty()) {
        return Ok(Found::nothing(app.records.name(), false));
    }
    let query = SearchQuery {
        text: asked.text.clone(),
        filters: Filters { kind: named(&kinds), ..asked.filters.clone() },
        facets: vec![FacetField::Kind],
        limit: asked.limit,
        offset: asked.offset,
        as_you_type: asked.as_you_type,
        highlight: asked.highlight,
        scope: LeadScope::All,
        among,
        fields,
        ..SearchQuery::default()
    };
    // Asked before the index: what is written meanwhile is in neither.
    let waiting_since = records_wait_since(conn, &kinds)?;
    let (mut answer, engine) = ask_records(conn, app, actor, &query)?;
    if let Some(of_kinds) = answer.facets.get_mut(&FacetField::Kind).filter(|_| asked.filters.are_set()) {
        // Other kinds have no county, so that `-county:灵山` lets them through.
        of_kinds.retain(|kind, _| query.filters.kind.contains(kind));
    }
    let facets: Vec<FacetField> =
        OF_PROJECTS.into_iter().filter(|field| asked.facets.contains(field)).collect();
    if kinds.contains(&SearchKind::Project) && !facets.is_empty() {
        let filters = Filters { kind: named(&[SearchKind::Project]), ..query.filters.clone() };
        let counted = SearchQuery { filters, facets, limit: 0, offset: 0, ..query.clone() };
        let counts = ask_records(conn, app, actor, &counted)?.0.facets;
        answer.facets.extend(counts.into_iter().filter(|(field, _)| *field != FacetField::Kind));
    }
    let ids: Vec<Id> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    let mut rows = heads(conn, actor, &ids)?;
    let hits = std::mem::take(&mut answer.hits).into_iter().filter_map(|hit| {
        let highlights = hit.highlights.into_iter().map(|(field, html)| (field.as_str(), html)).collect();
        Some(Hit { head: Head::Record(rows.remove(&hit.id)?), highlights })
    });
    let hits = hits.collect();
    let (stale, late) = staleness(app.records.needs_rebuild(), engine, waiting_since);
    Ok(Found { hits, answer, stale, late, engine })
}

/// Asks the records' index, or the database where it does not answer.
fn ask_records(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    query: &SearchQuery,
) -> Result<(SearchAnswer, &'static str), AppError> {
    match app.records.search(query) {
        Ok(answer) => Ok((answer, app.records.name())),
        Err(SearchError::FieldNotAllowed(field)) => {
            Err(AppError::bad_request(field.as_str(), "forbidden-field"))
        }
        Err(SearchError::TooDeep) => Err(AppError::bad_request("offset", "too-deep")),
        Err(error) => {
            tracing::warn!(%error, "the database answers in place of the records' index");
            Ok((records::fallback::answer(conn, &app.record_settings, actor, query)?, fallback::NAME))
        }
    }
}

/// Since when a change of records waits for their index. A company comes into it with its leads.
fn records_wait_since(conn: &mut AnyConn, kinds: &[SearchKind]) -> QueryResult<Option<NaiveDateTime>> {
    let of_records = outbox::waiting_since(conn, Topic::RecordIndex)?;
    let of_leads = match kinds.contains(&SearchKind::Company) {
        true => outbox::waiting_since(conn, Topic::LeadIndex)?,
        false => None,
    };
    Ok(of_records.into_iter().chain(of_leads).min())
}

/// Whether an answer may be behind the last change, and whether by so much that a person is told.
fn staleness(needs_rebuild: bool, engine: &str, waiting_since: Option<NaiveDateTime>) -> (bool, bool) {
    let limit = clock::now() - Duration::seconds(LATE_AFTER_SECONDS);
    let stale = engine == fallback::NAME || needs_rebuild || waiting_since.is_some();
    (stale, needs_rebuild || waiting_since.is_some_and(|since| since < limit))
}

/// What was answered, by whom, and whether it is behind.
#[derive(Debug)]
pub struct Answered {
    pub answer: SearchAnswer,
    pub engine: &'static str,
    pub stale: bool,
    pub late: bool,
}

/// Asks the engine, or the database where it does not answer.
pub fn ask(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    mut query: SearchQuery,
) -> Result<Answered, AppError> {
    let waiting_since = outbox::waiting_since(conn, Topic::LeadIndex)?;
    if waiting_since.is_some() {
        query.gone = gone(conn, actor)?;
    }
    let (answer, engine) = fallback::search(conn, app, actor, &query)?;
    let (stale, late) = staleness(app.search.needs_rebuild(), engine, waiting_since);
    Ok(Answered { answer, engine, stale, late })
}

/// Asks the engine, and reads the rows of its hits in the asker's scope: the index may be a moment behind.
pub fn find(conn: &mut AnyConn, app: &App, actor: &Actor, query: SearchQuery) -> Result<Found, AppError> {
    let Answered { mut answer, engine, stale, late } = ask(conn, app, actor, query)?;
    let ids: Vec<Id> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    let mut rows: HashMap<String, LeadHead> = visible_to(actor)
        .filter(leads::id.eq_any(ids))
        .select((
            leads::id,
            leads::code,
            leads::title,
            leads::investor_name,
            leads::county,
            leads::industry,
            leads::stage,
            leads::status,
            leads::total_investment_fen,
            leads::leader_id,
        ))
        .load::<LeadHead>(conn)?
        .into_iter()
        .map(|row| (row.id.to_string(), row))
        .collect();
    let hits = std::mem::take(&mut answer.hits)
        .into_iter()
        .filter_map(|hit| {
            let highlights = hit.highlights.into_iter().map(|(field, html)| (field.as_str(), html)).collect();
            Some(Hit { head: Head::Lead(rows.remove(&hit.id)?), highlights })
        })
        .collect();
    Ok(Found { hits, answer, engine, stale, late })
}

/// Leads whose change waits for the index, and which exist for the asker no more: deleted, or moved out of
/// his scope. The engine leaves them out, so that total and counts tell of what its hits can show.
fn gone(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<String>> {
    let waiting = outbox::last_waiting(conn, MOST_WAITING)?;
    let visible = visible_to(actor).filter(leads::id.eq_any(waiting.clone())).select(leads::id);
    let visible: HashSet<Id> = visible.load::<Id>(conn)?.into_iter().collect();
    Ok(waiting.into_iter().filter(|id| !visible.contains(id)).map(|id| id.to_string()).collect())
}
