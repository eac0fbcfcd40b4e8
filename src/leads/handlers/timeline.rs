//! `/leads/{id}/timeline`

use super::load;
use crate::app::App;
use crate::db::page::{Cursor, PageOf};
use crate::error::AppError;
use crate::leads::timeline::{self, TimelineItem};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::NaiveDateTime;
use serde_json::json;

/// The order of the timeline, as its cursors name it.
const ORDER: &str = "-at";

/// `GET /api/v1/leads/{id}/timeline`, the latest first.
///
/// It is put together of several tables and the trail, so a page is cut out of the whole: one lead's history is
/// short.
pub async fn show(
    reader: LeadReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit", "count"])?;
    let (cursor, limit, count) = (params.cursor(ORDER)?, params.limit()?, params.flag("count")?);
    let mut items = app
        .read(move |app, conn| {
            let lead = load(conn, &reader, &id)?.lead;
            timeline::of_lead(conn, app.tools(), &reader, &lead)
        })
        .await?;
    let total = items.len();
    if let Some(cursor) = &cursor {
        let (at, id) = place(cursor).ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
        items.retain(|item| (item.at, item.id.as_str()) < (at, id));
    }
    let mut body = json!(PageOf::from_rows(items, limit, cursor_of));
    if count {
        body["total"] = total.into();
    }
    Ok(HttpResponse::Ok().json(body))
}

fn cursor_of(item: &TimelineItem) -> Cursor {
    Cursor { sort: ORDER.to_owned(), value: Some(format!("{:?}", item.at)), id: item.id.to_string() }
}

/// Time and id of the item that a cursor names.
fn place(cursor: &Cursor) -> Option<(NaiveDateTime, &str)> {
    Some((cursor.value.as_deref()?.parse().ok()?, cursor.id.as_str()))
}
