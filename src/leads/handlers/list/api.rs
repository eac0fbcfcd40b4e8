//! `GET /api/v1/leads`

use super::{PARAMETERS, asked, counted, found_at};
use crate::app::App;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::leads::{queries, view};
use crate::search::narrowing::faults;
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// What the words of `q` were answered by, where it is not the whole index as of now: `database`, `stale`, `cut`.
const SEARCHED: &str = "X-Search";

pub async fn index(reader: LeadReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(PARAMETERS)?;
    let (page, said) = app
        .read(move |app, conn| {
            let count = params.flag("count")?;
            let asked = asked(conn, app, &reader, &params)?;
            if let Some(errors) = faults("q", asked.said.refused.clone()) {
                return Err(AppError::BadRequest(errors));
            }
            let page = queries::page(conn, &reader, &asked.filter, asked.sort, &asked.at, asked.limit)?;
            let page = found_at(page)?;
            let total = if count { Some(counted(conn, app, &reader, &asked.filter)?) } else { None };
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            Ok((PageOf { items, next_cursor: page.next_cursor, total }, asked.said))
        })
        .await?;
    let mut response = HttpResponse::Ok();
    let notes = [(said.from_database, "database"), (said.late, "stale"), (said.cut, "cut")];
    let notes: Vec<&str> = notes.iter().filter(|(holds, _)| *holds).map(|(_, note)| *note).collect();
    if !notes.is_empty() {
        response.insert_header((SEARCHED, notes.join(", ")));
    }
    Ok(response.json(page))
}
