//! The list of leads.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::page::PageOf;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::queries::{self, LeadFilter, LeadRow, Sort, search_scope};
use crate::leads::view;
use crate::search::{LeadScope, SearchQuery};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// Parameters of the list, of the page and the API alike.
pub const PARAMETERS: &[&str] = &[
    "stage", "status", "county", "industry", "source", "chamber", "referrer", "officer", "leader", "overdue",
    "due", "mine", "updated", "import", "q", "sort", "cursor", "limit", "count",
];

/// What a list was asked for.
pub struct Asked {
    pub filter: LeadFilter,
    pub sort: Sort,
    pub page: PageOf<LeadRow>,
    /// How many there are in all, when asked for.
    pub total: Option<i64>,
}

/// `GET /api/v1/leads`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let (items, next_cursor, total) = app
        .read(move |app, conn| {
            let count = params.flag("count")?;
            let asked = read(conn, app, &reader, &params, count)?;
            let items = view::list(conn, app.tools(), &reader, asked.page.items)?;
            Ok((items, asked.page.next_cursor, asked.total))
        })
        .await?;
    let mut body = json!({ "items": items, "next_cursor": next_cursor });
    if let Some(total) = total {
        body["total"] = total.into();
    }
    Ok(HttpResponse::Ok().json(body))
}

/// Reads the page that the parameters ask for.
pub fn read(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
    count: bool,
) -> Result<Asked, AppError> {
    let filter = filter(conn, app, actor, params)?;
    let sort = params
        .text("sort")
        .map(|text| text.parse::<Sort>().map_err(|_| AppError::bad_request("sort", "unknown")))
        .transpose()?
        .unwrap_or_default();
    let cursor = params.cursor(&sort.to_string())?;
    let page = queries::page(conn, actor, &filter, sort, cursor.as_ref(), params.limit()?)?
        .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
    let total = if count { Some(queries::count(conn, actor, &filter)?) } else { None };
    Ok(Asked { filter, sort, page, total })
}

/// The filter that the parameters describe. A person or chamber that does not exist finds nothing.
pub fn filter(conn: &mut AnyConn, app: &App, actor: &Actor, params: &Params) -> Result<LeadFilter, AppError> {
    let today = clock::today();
    let nobody = Id::generate();
    let mut filter = LeadFilter {
        stages: params.list("stage")?,
        statuses: params.list("status")?,
        counties: params.list("county")?,
        industries: params.list("industry")?,
        sources: params.list("source")?,
        import: params.one("import")?,
        ..LeadFilter::default()
    };
    if let Some(named) = params.text("chamber") {
        let chamber = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
        filter.chamber = Some(chamber.unwrap_or_else(|| nobody.clone()));
    }
    if let Some(named) = params.text("referrer") {
        let referrer = crate::referrers::queries::find(conn, named)?.map(|referrer| referrer.id);
        filter.referrer = Some(referrer.unwrap_or_else(|| nobody.clone()));
    }
    if let Some(named) = params.text("officer") {
        filter.officer = Some(user(conn, named)?.unwrap_or_else(|| nobody.clone()));
    }
    match params.text("leader") {
        Some("none") => filter.unassigned = true,
        Some(named) => filter.leader = Some(user(conn, named)?.unwrap_or_else(|| nobody.clone())),
        None => {}
    }
    if params.flag("overdue")? {
        filter.due = Some(LeadFilter::overdue_on(today));
    }
    filter.due = match params.text("due") {
        None => filter.due,
        Some("today") => Some((today, today)),
        Some("week") => Some((today.succ_opt().unwrap_or(today), clock::end_of_week(today))),
        Some(_) => return Err(AppError::bad_request("due", "unknown")),
    };
    if params.flag("mine")? {
        match actor.role {
            crate::accounts::Role::CountyLeader => filter.leader = Some(actor.user_id.clone()),
            _ => filter.officer = Some(actor.user_id.clone()),
        }
    }
    filter.updated_since = match params.text("updated") {
        None => None,
        Some("recently") => Some(recently()),
        Some(_) => return Err(AppError::bad_request("updated", "unknown")),
    };
    if let Some(text) = params.text("q") {
        filter.ids = Some(found(app, actor, text)?);
    }
    Ok(filter)
}

/// Since when a change counts as recent: three days.
pub fn recently() -> chrono::NaiveDateTime {
    clock::now() - chrono::Duration::days(3)
}

fn user(conn: &mut AnyConn, named: &str) -> Result<Option<Id>, AppError> {
    match named.parse::<Id>() {
        Ok(id) => Ok(Some(id)),
        Err(_) => Ok(users::find_by_username(conn, named)?.map(|user| user.id)),
    }
}

/// The leads that hold the words, as the search box finds them, at most as many as a search reaches.
fn found(app: &App, actor: &Actor, text: &str) -> Result<Vec<Id>, AppError> {
    let scope = search_scope(actor);
    if scope == LeadScope::Nothing {
        return Ok(Vec::new());
    }
    let query = SearchQuery {
        text: text.to_owned(),
        limit: crate::search::query::MAX_DEPTH,
        scope,
        fields: app.search_settings.fields_of(actor.role.as_str()),
        ..SearchQuery::default()
    };
    let answer = app.search.search(&query)?;
    Ok(answer.hits.into_iter().filter_map(|hit| hit.id.parse().ok()).collect())
}
