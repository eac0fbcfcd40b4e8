//! `GET /api/v1/leads`

use super::{PARAMETERS, asked, counted, found_at};
use crate::app::App;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::leads::{queries, view};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let page = app
        .read(move |app, conn| {
            let count = params.flag("count")?;
            let asked = asked(conn, app, &reader, &params)?;
            let page = queries::page(conn, &reader, &asked.filter, asked.sort, &asked.at, asked.limit)?;
            let page = found_at(page)?;
            let total = if count { Some(counted(conn, app, &reader, &asked.filter)?) } else { None };
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
