//! `/imports/{id}/rows`: what becomes of each row, as the report's lines.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::kinds::{leads, projects};
use crate::imports::model::{ImportKind, ImportRow, RowOutcome};
use crate::imports::preview::content;
use crate::imports::queries::{self, titles};
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::Value;

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
            let lines = lines(conn, app, &editor, lang, import.kind, &page.items)?;
            let mut lines = lines.into_iter();
            page.with_total(total).try_map(|_| lines.next().ok_or(AppError::NotFound))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// The lines of rows, each as it stands now.
fn lines(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    kind: ImportKind,
    rows: &[ImportRow],
) -> Result<Vec<Value>, AppError> {
    let titles = titles(conn, actor, kind, rows)?;
    match kind {
        ImportKind::Leads => {
            let visible = titles.keys().filter_map(|id| id.parse::<Id>().ok()).collect();
            rows.iter().map(|row| Ok(leads::line(content(&app.keys, row)?, row, &visible))).collect()
        }
        ImportKind::Projects => {
            let codes = titles.into_iter().map(|(id, (code, _))| (id, code)).collect();
            let line = |row: &ImportRow| {
                let line = projects::line(app.views.i18n(), lang, content(&app.keys, row)?, row, &codes);
                let value = line.and_then(serde_json::to_value);
                value.map_err(|error| AppError::Internal(error.into()))
            };
            rows.iter().map(line).collect()
        }
    }
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
