//! `/search`: leads by a word, with filters and counts.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::{search_scope, visible_to};
use crate::schema::leads;
use crate::search::query::MAX_DEPTH;
use crate::search::view::{HitView, SearchResults};
use crate::search::{FacetField, Filters, SearchAnswer, SearchError, SearchQuery};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use std::collections::HashMap;

/// Parameters of a search, of the page and the API alike.
pub const PARAMETERS: &[&str] = &[
    "q", "county", "industry", "stage", "status", "source", "chamber", "officer", "leader", "type", "facets",
    "limit", "offset",
];
/// Hits of an answer when nobody says how many.
pub const DEFAULT_LIMIT: usize = 20;
/// The most hits of one answer.
pub const MAX_LIMIT: usize = 200;
/// Longer texts are cut by nobody's wish: no lead is looked for by a page of prose.
const MAX_TEXT: usize = 500;
/// A change that waits longer than this for the index makes answers stale.
const STALE_AFTER_SECONDS: i64 = 5;

/// A hit with its row, read again in the asker's scope.
#[derive(Debug)]
pub struct Hit {
    pub lead: LeadHead,
    /// Field → HTML, escaped but for `<em>`.
    pub highlights: Vec<(&'static str, String)>,
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
    pub stage: crate::leads::model::Stage,
    pub status: crate::leads::model::Status,
    pub total_investment_fen: Option<i64>,
    pub leader_id: Option<Id>,
}

/// An answer of the engine, with the rows of its hits.
#[derive(Debug)]
pub struct Found {
    pub hits: Vec<Hit>,
    pub answer: SearchAnswer,
    /// Some changes are not in the index yet.
    pub stale: bool,
}

/// `GET /api/v1/search`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let actor = reader.0;
    let shows_county = view_of(actor.role) != View::Own;
    let query = query(&app, &actor, &params)?;
    let found = app.read(move |app, conn| find(conn, app, &actor, &query)).await?;
    let answer = found.answer;
    Ok(HttpResponse::Ok().json(SearchResults {
        hits: found.hits.into_iter().map(|hit| HitView::new(hit, shows_county)).collect(),
        total: answer.total,
        facets: answer.facets.into_iter().map(|(field, counts)| (field.as_str(), counts)).collect(),
        took_ms: answer.took_ms,
        approximate: answer.approximate,
        engine: app.search.status()?.engine,
        stale: found.stale,
    }))
}

/// The engine's query: what was asked, within what the asker's role may see and match.
pub fn query(app: &App, actor: &Actor, params: &Params) -> Result<SearchQuery, AppError> {
    match params.text("type") {
        None | Some("lead" | "all") => {}
        Some(_) => return Err(AppError::bad_request("type", "unknown")),
    }
    let text = params.text("q").unwrap_or_default();
    if text.chars().count() > MAX_TEXT {
        return Err(AppError::bad_request("q", "too-long"));
    }
    let limit = params.one::<usize>("limit")?.unwrap_or(DEFAULT_LIMIT);
    let offset = params.one::<usize>("offset")?.unwrap_or(0);
    if !(1..=MAX_LIMIT).contains(&limit) {
        return Err(AppError::bad_request("limit", "limit-range"));
    }
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
            county: params.list("county")?,
            industry: params.list("industry")?,
            stage: params.list("stage")?,
            status: params.list("status")?,
            source_kind: params.list("source")?,
            chamber: params.list("chamber")?,
            officer: params.list("officer")?,
            leader: params.list("leader")?,
        },
        facets,
        limit,
        offset,
        as_you_type: true,
        highlight: true,
        scope: search_scope(actor),
        fields: app.search_settings.fields_of(actor.role.as_str()),
    })
}

/// Asks the engine, and reads the rows of its hits in the asker's scope: the index may be a moment behind.
pub fn find(conn: &mut AnyConn, app: &App, actor: &Actor, query: &SearchQuery) -> Result<Found, AppError> {
    let mut answer = app.search.search(query).map_err(|error| match error {
        SearchError::FieldNotAllowed(field) => AppError::bad_request(field.as_str(), "forbidden-field"),
        SearchError::TooDeep => AppError::bad_request("offset", "too-deep"),
        other => other.into(),
    })?;
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
            Some(Hit { lead: rows.remove(&hit.id)?, highlights })
        })
        .collect();
    Ok(Found { hits, answer, stale: is_stale(conn, app)? })
}

fn is_stale(conn: &mut AnyConn, app: &App) -> Result<bool, AppError> {
    let limit = clock::now() - Duration::seconds(STALE_AFTER_SECONDS);
    let late = outbox::lag(conn, Topic::LeadIndex)?.oldest.is_some_and(|oldest| oldest < limit);
    Ok(late || app.search.status()?.needs_rebuild)
}
