//! What is new with a saved search: its page, and the list of it over the API.

use super::rows;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::page::{Order, PageOf};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::registers::list::neighbours;
use crate::saved_searches::pages::{Found, Show};
use crate::saved_searches::queries::Unseen;
use crate::saved_searches::view::SavedSearchMatch;
use crate::saved_searches::{editing, policy, queries, view};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// The latest find first.
pub const ORDER: Order = Order::descending("id");

/// `GET /api/v1/saved-searches/{id}/matches?sort=&cursor=&limit=&count=`
pub async fn index(
    reader: LeadReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |_, conn| {
            let search = editing::load(conn, &reader, &id)?;
            let finds = finds(conn, &reader, &search.id)?;
            found(conn, &reader, finds, &params)
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /saved-searches/{id}?cursor=`
pub async fn page(
    reader: LeadReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let page = app
        .read(move |app, conn| {
            let search = editing::load(conn, &actor, &id)?;
            let finds = finds(conn, &actor, &search.id)?;
            let through = finds.first().map(|find| find.id.to_string());
            let page = found(conn, &actor, finds, &params)?;
            let path = format!("/saved-searches/{}", search.id);
            let (_, next) = neighbours(&path, &params, None, page.next_cursor);
            let may_change = policy::changes(&actor, &search);
            let shown = view::detail(conn, &actor, search)?;
            let (seen_at, registered_only) = (shown.seen_at, shown.registered_only);
            let saved = rows(conn, app, &actor, lang, vec![shown])?.pop().ok_or(AppError::NotFound)?;
            let lead = |one: SavedSearchMatch| Found {
                lead_id: one.lead_id.to_string(),
                code: one.code,
                title: one.title,
                investor_name: one.investor_name,
                county: one.county.map(|code| app.reference.region_name(&code, lang.code()).to_owned()),
                stage: one.stage.to_string(),
                found_at: one.found_at,
            };
            let found = page.items.into_iter().map(lead).collect();
            Ok(Show { saved, found, next, through, seen_at, registered_only, may_change })
        })
        .await?;
    visit.page(&app, &page)
}

fn finds(conn: &mut AnyConn, actor: &Actor, search: &Id) -> Result<Vec<Unseen>, AppError> {
    Ok(queries::unseen(conn, actor)?.remove(search).unwrap_or_default())
}

fn found(
    conn: &mut AnyConn,
    actor: &Actor,
    finds: Vec<Unseen>,
    params: &Params,
) -> Result<PageOf<SavedSearchMatch>, AppError> {
    let page = params.page_of(ORDER, finds, |find| find.id.as_str())?;
    let items = view::matches(conn, actor, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
}
