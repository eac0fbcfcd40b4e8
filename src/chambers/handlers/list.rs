//! The list of chambers.

use crate::app::App;
use crate::chambers::{queries, view};
use crate::error::AppError;
use crate::registers::ListQuery;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// `GET /api/v1/chambers?kind=&region=&status=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: ChamberReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    let asked = ListQuery::read(&params)?;
    let body = app
        .read(move |app, conn| {
            let page = queries::page(conn, &reader, &asked)?;
            let page = page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            let mut body = json!({ "items": items, "next_cursor": page.next_cursor });
            if asked.counts {
                body["total"] = queries::count(conn, &reader, &asked.filter)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}
