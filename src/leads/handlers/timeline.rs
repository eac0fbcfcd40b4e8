//! `/leads/{id}/timeline`

use super::load;
use crate::app::App;
use crate::error::AppError;
use crate::leads::timeline;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::{Value, json};

/// `GET /api/v1/leads/{id}/timeline`, the latest first, all of it: one lead's history is short.
pub async fn show(reader: LeadReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let items = app
        .read(move |app, conn| {
            let lead = load(conn, &reader, &id)?.lead;
            timeline::of_lead(conn, app.tools(), &reader, &lead)
        })
        .await?;
    Ok(HttpResponse::Ok().json(json!({ "items": items, "next_cursor": Value::Null })))
}
