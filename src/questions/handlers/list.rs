//! `GET /api/v1/leads/{id}/questions`

use crate::app::App;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::leads::handlers::load;
use crate::questions::{policy, queries, view};
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// The latest first, as their ids are.
pub const ORDER: Order = Order::descending("at");

/// A lead has few: they are read whole and paged in memory.
pub async fn index(
    reader: LeadReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |_, conn| {
            let lead = load(conn, &reader, &id)?.lead;
            if !policy::reads(reader.role) {
                return Err(AppError::Forbidden("role"));
            }
            let questions = queries::of_leads(conn, &reader, &[lead.id])?;
            let page = params.page_of(ORDER, questions, |question| question.id.as_str())?;
            let items = view::list(conn, page.items)?;
            Ok(PageOf { items, next_cursor: page.next_cursor, total: page.total })
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
