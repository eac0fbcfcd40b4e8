//! The list of referrers.

use crate::app::App;
use crate::error::AppError;
use crate::referrers::{policy, queries, view};
use crate::registers::ListQuery;
use crate::web::params::Params;
use crate::web::roles::ReferrerReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// What one may ask who sees names only: a filter would tell the rest.
const OF_NAMES: &[&str] = &["q", "sort", "cursor", "limit", "count"];

/// `GET /api/v1/referrers?kind=&region=&status=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: ReferrerReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    if policy::sees_names_only(reader.role) {
        params.only(OF_NAMES)?;
    }
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
