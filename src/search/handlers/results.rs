//! `/search`: leads by a word, with filters and counts.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::contacts::model::phone_hash;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::imports::ledger::cells;
use crate::imports::ledger::sheet::Cell;
use crate::jobs::outbox;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::{search_scope, visible_to};
use crate::schema::leads;
use crate::search::narrowing::{INVESTMENT_FROM, INVESTMENT_TO, REGISTERED_FROM, REGISTERED_TO, narrowed};
use crate::search::query::MAX_DEPTH;
use crate::search::records::heads::{RecordHead, heads};
use crate::search::records::scope::visible;
use crate::search::records::{ALL, SearchKind};
use crate::search::view::{HitView, SearchResults};
use crate::search::{
    Bounds, FacetField, Filters, LeadScope, SearchAnswer, SearchError, SearchQuery, fallback,
};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// Parameters of a search, of the page and the API alike.
pub const PARAMETERS: &[&str] = &[
    "q",
    "county",
    "industry",
    "stage",
    "status",
    "source",
    "chamber",
    "officer",
    "leader",
    "investment",
    "registered",
    INVESTMENT_FROM,
    INVESTMENT_TO,
    REGISTERED_FROM,
    REGISTERED_TO,
    "type",
    "facets",
    "limit",
    "offset",
];
/// Hits of an answer when nobody says how many.
pub const DEFAULT_LIMIT: usize = 20;
/// The most hits of one answer.
pub const MAX_LIMIT: usize = 200;
/// Longer texts are cut by nobody's wish: no lead is looked for by a page of prose.
const MAX_TEXT: usize = 500;
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

/// `GET /api/v1/search`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let actor = reader.0;
    let shows_county = view_of(actor.role) != View::Own;
    let kind = Asked::of(&params)?;
    let found = app
        .read(move |app, conn| {
            let narrowed = narrowed(conn, app, &actor, params)?;
            if let Some((field, value)) = narrowed.unknown.into_iter().next() {
                let mut errors = FieldErrors::default();
                errors.add_with(
                    "q",
                    "no-such-value",
                    vec![("field", field.as_str().to_owned()), ("value", value)],
                );
                return Err(AppError::BadRequest(errors));
            }
            let query = query(conn, app, &actor, &narrowed.params)?;
            find_any(conn, app, &actor, query, kind)
        })
        .await?;
    let answer = found.answer;
    Ok(HttpResponse::Ok().json(SearchResults {
        hits: found.hits.into_iter().map(|hit| HitView::new(hit, shows_county)).collect(),
        total: answer.total,
        facets: answer.facets.into_iter().map(|(field, counts)| (field.as_str(), counts)).collect(),
        took_ms: answer.took_ms,
        approximate: answer.approximate,
        engine: found.engine,
        stale: found.stale,
    }))
}

/// The engine's query: what was asked, within what the asker's role may see and match.
pub fn query(conn: &mut AnyConn, app: &App, actor: &Actor, params: &Params) -> Result<SearchQuery, AppError> {
    let text = params.text("q").unwrap_or_default();
    if text.chars().count() > MAX_TEXT {
        let mut errors = FieldErrors::default();
        errors.add_with("q", "too-long", vec![("max", MAX_TEXT.to_string())]);
        return Err(AppError::BadRequest(errors));
    }
    let limit = params.text("limit").map_or(Some(DEFAULT_LIMIT), |text| text.parse().ok());
    let limit = limit.filter(|limit| (1..=MAX_LIMIT).contains(limit));
    let limit = limit.ok_or_else(|| AppError::bad_request("limit", "limit-range"))?;
    let offset = params.one::<usize>("offset")?.unwrap_or(0);
    if offset.saturating_add(limit) > MAX_DEPTH {
        return Err(AppError::bad_request("offset", "too-deep"));
    }
    let names: Vec<String> = params.list("facets")?;
    let facets = names
        .iter()
        .map(|name| FacetField::parse(name).ok_or_else(|| AppError::bad_request("facets", "unknown")))
        .collect::<Result<_, _>>()?;
    Ok(SearchQuery {
        text: text.to_owned(),
        filters: Filters {
            county: params.codes("county", |code| app.reference.is_county(code))?,
            industry: params.codes("industry", |code| app.reference.industry(code).is_some())?,
            stage: words::<Stage>(params, "stage")?,
            status: words::<Status>(params, "status")?,
            source_kind: words::<SourceKind>(params, "source")?,
            chamber: ids(params, "chamber", |named| {
                Ok(chambers::queries::find(conn, named)?.map(|chamber| chamber.id))
            })?,
            officer: ids(params, "officer", |named| users::id_of(conn, named))?,
            leader: ids(params, "leader", |named| users::id_of(conn, named))?,
            investment: params.codes("investment", |code| is_range(app, code))?,
            kind: Vec::new(),
            registered: params.codes("registered", |year| year.len() == 4 && year.parse::<u16>().is_ok())?,
            investment_fen: Bounds { from: params.one(INVESTMENT_FROM)?, to: params.one(INVESTMENT_TO)? },
            registered_on: Bounds { from: params.day(REGISTERED_FROM)?, to: params.day(REGISTERED_TO)? },
        },
        facets,
        limit,
        offset,
        as_you_type: true,
        phone_hash: phone(app, text).map(|phone| phone_hash(app.tools().keys, &phone)),
        highlight: true,
        scope: search_scope(actor),
        among: None,
        exact: false,
        gone: Vec::new(),
        fields: app.search_settings.fields_of(actor.role.as_str()),
    })
}

/// Whether this is the code of a range of amounts; `""` is for leads without one.
fn is_range(app: &App, code: &str) -> bool {
    app.search_settings.amounts.iter().any(|range| range.code == code)
}

/// The phone number that the text is, and nothing else.
fn phone(app: &App, text: &str) -> Option<String> {
    let is_of_phone = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')');
    let plain: String = text.nfkc().collect();
    if !plain.chars().all(is_of_phone) {
        return None;
    }
    let read = cells::phone::read(&Cell::Text(plain), app.reference.values()).ok()??;
    read.others.is_empty().then_some(read.phone)
}

/// Values of a field that has words of its own.
fn words<T: FromStr<Err: 'static> + ToString>(
    params: &Params,
    name: &'static str,
) -> Result<Vec<String>, AppError> {
    Ok(params.list::<T>(name)?.iter().map(T::to_string).collect())
}

/// Records that are named as the list of leads takes them: by id, and by user name or code. What names nothing stays,
/// and finds nothing; `none` finds the leads that have nobody there.
fn ids(
    params: &Params,
    name: &'static str,
    mut find: impl FnMut(&str) -> QueryResult<Option<Id>>,
) -> Result<Vec<String>, AppError> {
    let named: Vec<String> = params.list(name)?;
    let id = |named: String| match named.as_str() {
        "none" => Ok(String::new()),
        _ => Ok(find(&named)?.map_or(named, |id| id.to_string())),
    };
    named.into_iter().map(id).collect()
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

/// Asks for what is wanted. Filters and counts are of leads; records are found by the words alone, and not at all where
/// something narrows the leads.
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
            found.answer.took_ms += records.answer.took_ms;
            found.answer.approximate |= records.answer.approximate;
            Ok(found)
        }
    }
}

/// The records of some kinds that hold the words, counted by kind.
pub fn find_records(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    asked: &SearchQuery,
    kinds: &[SearchKind],
) -> Result<Found, AppError> {
    let kinds = kinds.iter().filter(|kind| kind.is_read_by(actor.role));
    let kind: Vec<String> = kinds.map(|kind| kind.to_string()).collect();
    let narrowed = FacetField::ALL.into_iter().any(|field| asked.filters.narrows(field));
    if kind.is_empty() || narrowed {
        return Ok(Found::nothing(app.records.name(), false));
    }
    let query = SearchQuery {
        text: asked.text.clone(),
        filters: Filters { kind, ..Filters::default() },
        facets: vec![FacetField::Kind],
        limit: asked.limit,
        offset: asked.offset,
        as_you_type: asked.as_you_type,
        highlight: asked.highlight,
        scope: LeadScope::All,
        among: visible(conn, app, actor)?,
        fields: app.record_settings.fields_of(actor.role.as_str()),
        ..SearchQuery::default()
    };
    let mut answer = match app.records.search(&query) {
        Ok(answer) => answer,
        Err(SearchError::FieldNotAllowed(field)) => {
            return Err(AppError::bad_request(field.as_str(), "forbidden-field"));
        }
        Err(SearchError::TooDeep) => return Err(AppError::bad_request("offset", "too-deep")),
        // Leads are found without them.
        Err(error) => {
            tracing::warn!(%error, "records are not found while their index does not answer");
            return Ok(Found::nothing(fallback::NAME, true));
        }
    };
    let ids: Vec<Id> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
    let mut rows = heads(conn, actor, &ids)?;
    let hits = std::mem::take(&mut answer.hits).into_iter().filter_map(|hit| {
        let highlights = hit.highlights.into_iter().map(|(field, html)| (field.as_str(), html)).collect();
        Some(Hit { head: Head::Record(rows.remove(&hit.id)?), highlights })
    });
    let hits = hits.collect();
    let stale = app.records.needs_rebuild();
    Ok(Found { hits, answer, stale, late: stale, engine: app.records.name() })
}

/// Asks the engine, and reads the rows of its hits in the asker's scope: the index may be a moment behind.
pub fn find(conn: &mut AnyConn, app: &App, actor: &Actor, mut query: SearchQuery) -> Result<Found, AppError> {
    let waiting_since = outbox::waiting_since(conn)?;
    if waiting_since.is_some() {
        query.gone = gone(conn, actor)?;
    }
    let (mut answer, engine) = fallback::search(conn, app, actor, &query)?;
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
    let needs_rebuild = app.search.needs_rebuild();
    let limit = clock::now() - Duration::seconds(LATE_AFTER_SECONDS);
    Ok(Found {
        hits,
        answer,
        engine,
        stale: engine == fallback::NAME || needs_rebuild || waiting_since.is_some(),
        late: needs_rebuild || waiting_since.is_some_and(|since| since < limit),
    })
}

/// Leads whose change waits for the index, and which exist for the asker no more: deleted, or moved out of
/// his scope. The engine leaves them out, so that total and counts tell of what its hits can show.
fn gone(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<String>> {
    let waiting = outbox::last_waiting(conn, MOST_WAITING)?;
    let visible = visible_to(actor).filter(leads::id.eq_any(waiting.clone())).select(leads::id);
    let visible: HashSet<Id> = visible.load::<Id>(conn)?.into_iter().collect();
    Ok(waiting.into_iter().filter(|id| !visible.contains(id)).map(|id| id.to_string()).collect())
}
