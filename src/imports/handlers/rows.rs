//! `/imports/{id}/rows`: what becomes of each row, as the report's lines.

use super::load;
use crate::app::App;
use crate::db::page::{Cursor, Order};
use crate::error::AppError;
use crate::imports::kinds::lines;
use crate::imports::model::{ImportRow, RowOutcome};
use crate::imports::queries;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /api/v1/imports/{id}/rows`: lines as in the report, in its order; `new` before the application, `imported` after.
pub async fn index(
    editor: LeadEditor,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["outcome"])?;
    let outcome = params.one::<RowOutcome>("outcome")?;
    let order = params.order(Order::ascending("position"))?;
    let (cursor, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let after = cursor.as_ref().map(|cursor| after(Some(cursor))).transpose()?;
    let (counts, lang) = (params.flag("count")?, visit.lang);
    let page = app
        .read(move |app, conn| {
            let import = load(conn, &editor, &id)?;
            let page = queries::rows_page(conn, &import.id, outcome, order, after, limit)?;
            let total = if counts { Some(queries::count_rows(conn, &import.id, outcome)?) } else { None };
            let lines = lines(conn, app.views.i18n(), &app.keys, (&editor, lang), import.kind, &page.items)?;
            let mut lines = lines.into_iter();
            page.with_total(total).try_map(|_| lines.next().ok_or(AppError::NotFound))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// The position after which a page begins.
pub fn after(cursor: Option<&Cursor>) -> Result<i64, AppError> {
    match cursor {
        None => Ok(-1),
        Some(cursor) => cursor.id.parse().map_err(|_| AppError::bad_request("cursor", "not-a-cursor")),
    }
}

/// Where the next page begins.
pub fn cursor_of(row: &ImportRow) -> Cursor {
    Cursor { sort: "position".to_owned(), value: None, id: row.position.to_string() }
}
