//! `/imports/{id}/rows`: what becomes of each row, as the report's lines.

use super::load;
use crate::app::App;
use crate::db::page::{Cursor, Order};
use crate::error::AppError;
use crate::imports::model::{ImportRow, RowOutcome};
use crate::imports::preview::content;
use crate::imports::queries;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `GET /api/v1/imports/{id}/rows`: lines as in the report; `new` before the application, `imported` after.
pub async fn index(
    editor: LeadEditor,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["outcome"])?;
    let outcome = params.one::<RowOutcome>("outcome")?;
    let order = params.order(Order::ascending("position"))?;
    let (cursor, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let after = cursor.as_ref().map(|cursor| after(Some(cursor))).transpose()?;
    let counts = params.flag("count")?;
    let page = app
        .read(move |app, conn| {
            let import = load(conn, &editor, &id)?;
            let page = queries::rows_page(conn, &import.id, outcome, order, after, limit)?;
            let total = if counts { Some(queries::count_rows(conn, &import.id, outcome)?) } else { None };
            page.with_total(total).try_map(|row| line(app, &row))
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

/// The report's line of a row as it stands now.
pub fn line(app: &App, row: &ImportRow) -> Result<Value, AppError> {
    let mut line = content(&app.keys, row)?.report;
    line["outcome"] = row.outcome.as_str().into();
    if let Some(lead) = &row.lead_id {
        line["lead_id"] = lead.as_str().into();
    }
    if row.outcome == RowOutcome::Rejected {
        line["field"] = row.field.clone().into();
    }
    // Its position, by which a duplicate is accepted.
    line["position"] = row.position.into();
    Ok(line)
}
