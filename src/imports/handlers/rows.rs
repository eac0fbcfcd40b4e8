//! `/imports/{id}/rows`: what becomes of each row, as the report's lines.

use super::load;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::model::{ImportRow, RowContent, RowOutcome};
use crate::imports::preview::content;
use crate::imports::queries;
use crate::leads::queries::visible_to;
use crate::schema::leads;
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use diesel::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;

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
            let visible = visible_originals(conn, &editor, &page.items)?;
            let total = if counts { Some(queries::count_rows(conn, &import.id, outcome)?) } else { None };
            page.with_total(total).try_map(|row| line(app, &row, &visible))
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

/// Of the leads that rows duplicate, those that exist for the importer.
fn visible_originals(conn: &mut AnyConn, actor: &Actor, rows: &[ImportRow]) -> QueryResult<HashSet<Id>> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.of_lead.clone()).collect();
    let found = visible_to(actor).filter(leads::id.eq_any(ids)).select(leads::id).load::<Id>(conn)?;
    Ok(found.into_iter().collect())
}

/// The report's line of a row as it stands now: the application may have found something else than the preview.
fn line(app: &App, row: &ImportRow, visible: &HashSet<Id>) -> Result<Value, AppError> {
    let RowContent { report, accepted_report, .. } = content(&app.keys, row)?;
    let previewed = report["outcome"] == row.outcome.as_str();
    let mut line = match row.outcome {
        RowOutcome::Imported => accepted_report.unwrap_or(report),
        RowOutcome::Duplicate | RowOutcome::Rejected if !previewed => bare(row, visible),
        _ => report,
    };
    line["outcome"] = row.outcome.as_str().into();
    if let Some(lead) = &row.lead_id {
        line["lead_id"] = lead.as_str().into();
    }
    // Its position, by which a duplicate is accepted.
    line["position"] = row.position.into();
    Ok(line)
}

/// What is said of a row that is no lead.
fn bare(row: &ImportRow, visible: &HashSet<Id>) -> Value {
    let mut line = json!({ "row": row.sheet_row });
    if let Some(sheet) = &row.sheet {
        line["sheet"] = sheet.as_str().into();
    }
    if let Some(field) = &row.field {
        line["field"] = field.as_str().into();
    }
    if let Some(lead) = row.of_lead.as_ref().filter(|lead| visible.contains(*lead)) {
        line["of_lead"] = lead.as_str().into();
    }
    line
}
