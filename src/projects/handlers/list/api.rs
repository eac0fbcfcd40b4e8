//! `GET /api/v1/projects`

use super::{FILTERS, read};
use crate::app::App;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::projects::view;
use crate::web::params::Params;
use crate::web::roles::ProjectReader;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn index(reader: ProjectReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(FILTERS)?;
    let page = app
        .read(move |app, conn| {
            let asked = read(conn, app, &reader, &params, params.flag("count")?)?;
            let items = view::list(conn, app.tools(), &reader, asked.page.items)?;
            Ok(PageOf { items, next_cursor: asked.page.next_cursor, total: asked.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
