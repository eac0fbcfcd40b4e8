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

/// `GET /api/v1/imports/{id}/rows`: lines as in the report, in its order; `new` before the application, `imported` after.
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
            let visible = visible(conn, &editor, &page.items)?;
            let total = if counts { Some(queries::count_rows(conn, &import.id, outcome)?) } else { None };
            page.with_total(total).try_map(|row| Ok(line(content(&app.keys, &row)?, &row, &visible)))
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

/// The report's line of a row as it stands now: what the application made of it, where that differs from the
/// preview. `visible` are the leads that the importer sees.
fn line(content: RowContent, row: &ImportRow, visible: &HashSet<Id>) -> Value {
    let was = content.report["outcome"].as_str().unwrap_or_default();
    let is_lead = |outcome| matches!(outcome, "new" | "imported");
    let mut line = match row.outcome {
        // The lead that it is, or was to become.
        RowOutcome::New | RowOutcome::Imported if is_lead(was) => content.report,
        RowOutcome::New | RowOutcome::Imported => content.accepted_report.unwrap_or(content.report),
        outcome if outcome.as_str() == was => content.report,
        // Registered by somebody since the preview, or refused when it was to be written.
        outcome => {
            let mut line = json!({ "row": row.sheet_row });
            if let Some(sheet) = &row.sheet {
                line["sheet"] = sheet.as_str().into();
            }
            if outcome == RowOutcome::Rejected {
                line["field"] = row.field.clone().into();
            }
            if let Some(lead) = row.of_lead.as_ref().filter(|lead| visible.contains(*lead)) {
                line["of_lead"] = lead.as_str().into();
            }
            line
        }
    };
    line["outcome"] = row.outcome.as_str().into();
    line
}

/// Of the leads that rows turned out to duplicate, those that exist for the importer.
fn visible(conn: &mut AnyConn, actor: &Actor, rows: &[ImportRow]) -> QueryResult<HashSet<Id>> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.of_lead.clone()).collect();
    let found = visible_to(actor).filter(leads::id.eq_any(ids)).select(leads::id);
    Ok(found.load::<Id>(conn)?.into_iter().collect())
}
