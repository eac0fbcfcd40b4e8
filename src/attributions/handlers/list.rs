//! `/attribution-changes`: the changes that wait, the oldest first.

use crate::accounts::Role;
use crate::app::App;
use crate::attributions::pages::List;
use crate::attributions::{queries, view};
use crate::clock;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::AttributionReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Days;

/// The oldest first, as their ids are.
pub const ORDER: Order = Order::ascending("at");

/// Days for which a liaison is shown how a change of his chamber's part ended.
const TOLD: u64 = 90;

/// `GET /api/v1/attribution-changes`. Those that wait are few: they are read whole and paged in memory.
pub async fn index(
    reader: AttributionReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |_, conn| {
            let changes = queries::waiting(conn, &reader)?;
            let page = params.page_of(ORDER, changes, |(change, _)| change.id.as_str())?;
            let items = view::list(conn, &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /attribution-changes`
pub async fn page(
    reader: AttributionReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor"])?;
    let page = app
        .read(move |_, conn| {
            let own = reader.role == Role::ChamberLiaison;
            let since = clock::day_began(clock::today() - Days::new(TOLD));
            let ended = if own { queries::ended(conn, &reader, since)? } else { Vec::new() };
            let changes = queries::waiting(conn, &reader)?;
            let total = i64::try_from(changes.len()).ok();
            let page = params.page_of(ORDER, changes, |(change, _)| change.id.as_str())?;
            let next = page.next_cursor.map(|cursor| format!("/attribution-changes?cursor={cursor}"));
            Ok(List {
                rows: view::list(conn, &reader, page.items)?.into_iter().map(super::row).collect(),
                total,
                next: next.unwrap_or_default(),
                ended: view::list(conn, &reader, ended)?.into_iter().map(super::row).collect(),
                own,
            })
        })
        .await?;
    visit.page(&app, &page)
}
