//! `/search` over the API, and the query that its parameters ask.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::leads::model::{SourceKind, Stage, Status};
use crate::leads::policy::{View, view_of};
use crate::leads::queries::search_scope;
use crate::search::finding::{Asked, find_any};
use crate::search::handlers::words::FACETS;
use crate::search::narrowing::{
    INVESTMENT_FROM, INVESTMENT_TO, NONE, REGISTERED_FROM, REGISTERED_TO, faults, narrowed, signed,
};
use crate::search::numbers;
use crate::search::query::MAX_DEPTH;
use crate::search::view::{HitView, SearchResults};
use crate::search::{Bounds, FacetField, Filters, SearchQuery};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use diesel::QueryResult;
use std::str::FromStr;

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

/// `GET /api/v1/search`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let actor = reader.0;
    let shows_county = view_of(actor.role) != View::Own;
    let kind = Asked::of(&params)?;
    let found = app
        .read(move |app, conn| {
            let narrowed = narrowed(conn, app, &actor, params)?;
            if let Some(errors) = faults("q", narrowed.refused) {
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
    let offset: usize = params
        .text("offset")
        .map_or(Ok(0), |text| text.parse().map_err(|_| AppError::bad_request("offset", "not-a-number")))?;
    if offset.saturating_add(limit) > MAX_DEPTH {
        return Err(AppError::bad_request("offset", "too-deep"));
    }
    let names: Vec<String> = params.list("facets")?;
    let facets = names
        .iter()
        .map(|name| FacetField::parse(name).ok_or_else(|| AppError::bad_request("facets", "unknown")))
        .collect::<Result<_, _>>()?;
    let unwanted = values(conn, app, &side(params, true))?;
    let unwanted = FacetField::ALL.into_iter().map(|field| (field, unwanted.of(field).to_vec()));
    let unwanted = unwanted.filter(|(_, values)| !values.is_empty()).collect();
    let (text, phones) = numbers::apart(conn, app, actor, text)?;
    Ok(SearchQuery {
        text,
        filters: Filters {
            unwanted,
            investment_fen: Bounds { from: params.one(INVESTMENT_FROM)?, to: params.one(INVESTMENT_TO)? },
            registered_on: Bounds { from: params.day(REGISTERED_FROM)?, to: params.day(REGISTERED_TO)? },
            ..values(conn, app, &side(params, false))?
        },
        facets,
        limit,
        offset,
        as_you_type: true,
        phones,
        highlight: true,
        scope: search_scope(actor),
        among: None,
        exact: false,
        gone: Vec::new(),
        fields: app.search_settings.fields_of(actor.role.as_str()),
    })
}

/// The parameters with the unwanted values of the fields alone, or with those that are wanted.
fn side(params: &Params, unwanted: bool) -> Params {
    FACETS.into_iter().fold(params.clone(), |params, field| {
        let Some(text) = params.text(field.as_str()) else { return params };
        let of_side = text.split(',').map(signed).filter(|(_, is_unwanted)| *is_unwanted == unwanted);
        let values = of_side.map(|(value, _)| value).collect::<Vec<_>>().join(",");
        params.set(field.as_str(), &values)
    })
}

/// The values of the fields that these parameters name.
fn values(conn: &mut AnyConn, app: &App, params: &Params) -> Result<Filters, AppError> {
    Ok(Filters {
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
        investment: ranges(app, params)?,
        registered: params.codes("registered", |year| year.len() == 4 && year.parse::<u16>().is_ok())?,
        ..Filters::default()
    })
}

/// Ranges of amounts by their codes; `none` finds the leads that have no amount.
fn ranges(app: &App, params: &Params) -> Result<Vec<String>, AppError> {
    let is_range = |code: &str| app.search_settings.amounts.iter().any(|range| range.code == code);
    let codes = params.codes("investment", |code| code == NONE || is_range(code))?;
    Ok(codes.into_iter().map(|code| if code == NONE { String::new() } else { code }).collect())
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
        NONE => Ok(String::new()),
        _ => Ok(find(&named)?.map_or(named, |id| id.to_string())),
    };
    named.into_iter().map(id).collect()
}
