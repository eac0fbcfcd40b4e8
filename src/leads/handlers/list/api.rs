//! `GET /api/v1/leads`

use super::{PARAMETERS, read};
use crate::app::App;
use crate::error::AppError;
use crate::leads::view;
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let (items, next_cursor, total) = app
        .read(move |app, conn| {
            let count = params.flag("count")?;
            let asked = read(conn, app, &reader, &params, count)?;
            let items = view::list(conn, app.tools(), &reader, asked.page.items)?;
            Ok((items, asked.page.next_cursor, asked.total))
        })
        .await?;
    let mut body = json!({ "items": items, "next_cursor": next_cursor });
    if let Some(total) = total {
        body["total"] = total.into();
    }
    Ok(HttpResponse::Ok().json(body))
}
