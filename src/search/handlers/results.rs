//! `/search`: leads by a word, with filters and counts.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::jobs::outbox;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::{search_scope, visible_to};
use crate::schema::leads;
use crate::search::query::MAX_DEPTH;
use crate::search::view::{HitView, SearchResults};
use crate::search::{FacetField, Filters, SearchAnswer, SearchQuery, fallback};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Duration;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

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
/// A change that waits longer than this for the index is worth telling a person.
const LATE_AFTER_SECONDS: i64 = 5;
/// Changes that wait for the index, looked at for leads that are gone.
const MOST_WAITING: i64 = 1_000;

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

/// `GET /api/v1/search`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let actor = reader.0;
    let shows_county = view_of(actor.role) != View::Own;
    let found = app
        .read(move |app, conn| {
            let query = query(conn, app, &actor, &params)?;
            find(conn, app, &actor, query)
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
    match params.text("type") {
        None | Some("lead" | "all") => {}
        Some(_) => return Err(AppError::bad_request("type", "unknown")),
    }
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
        },
        facets,
        limit,
        offset,
        as_you_type: true,
        highlight: true,
        scope: search_scope(actor),
        gone: Vec::new(),
        fields: app.search_settings.fields_of(actor.role.as_str()),
    })
}

/// Values of a field that has words of its own.
fn words<T: FromStr<Err: 'static> + ToString>(
    params: &Params,
    name: &'static str,
) -> Result<Vec<String>, AppError> {
    Ok(params.list::<T>(name)?.iter().map(T::to_string).collect())
}

/// Records that are named as the list of leads takes them: by id, and by user name or code. What names nothing stays,
/// and finds nothing.
fn ids(
    params: &Params,
    name: &'static str,
    mut find: impl FnMut(&str) -> QueryResult<Option<Id>>,
) -> Result<Vec<String>, AppError> {
    let named: Vec<String> = params.list(name)?;
    let id = |named: String| Ok(find(&named)?.map_or(named, |id| id.to_string()));
    named.into_iter().map(id).collect()
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
            Some(Hit { lead: rows.remove(&hit.id)?, highlights })
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
