//! The list of saved searches, one's own and those of one's unit, the latest first.

use super::rows;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::registers::list::neighbours;
use crate::saved_searches::pages::List;
use crate::saved_searches::view::SavedSearchView;
use crate::saved_searches::{SavedSearch, queries, view};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Ids are in the order of time.
pub const ORDER: Order = Order::descending("id");

/// `GET /api/v1/saved-searches?sort=&cursor=&limit=&count=`
pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app.read(move |_, conn| found(conn, &reader, &params)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /saved-searches`
pub async fn page(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app
        .read(move |app, conn| {
            let page = found(conn, &actor, &params.clone().set("count", "true"))?;
            let (_, next) = neighbours("/saved-searches", &params, None, page.next_cursor);
            Ok(List { rows: rows(conn, app, &actor, lang, page.items)?, total: page.total, next })
        })
        .await?;
    visit.page(&app, &list)
}

/// A unit has dozens: all are read, and one page is shown.
fn found(conn: &mut AnyConn, actor: &Actor, params: &Params) -> Result<PageOf<SavedSearchView>, AppError> {
    let all: Vec<SavedSearch> = queries::visible(conn, actor)?;
    let page = params.page_of(ORDER, all, |search| search.id.as_str())?;
    let items = view::list(conn, actor, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
}
