//! `/api/v1/policies/documents`: what was proposed, and what became of it.

use crate::app::App;
use crate::db::page::{Cursor, Order, PageOf};
use crate::error::AppError;
use crate::policies::{deciding, queries, view};
use crate::web::params::Params;
use crate::web::roles::PolicyReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;

/// The one order there is: the latest first.
const ORDER: Order = Order::descending("proposed_at");

/// `GET /api/v1/policies/documents`
pub async fn index(_: PolicyReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["sort", "cursor", "limit", "count"])?;
    let order = params.order(ORDER)?;
    let (after, limit, counts) = (params.cursor(&order.to_string())?, params.limit()?, params.flag("count")?);
    let body = app
        .read(move |_, conn| {
            let rows = queries::page(conn, order.descending, after.as_ref(), limit)?;
            let cursor = |(document, _): &(queries::Document, _)| -> Cursor { order.at(&document.id) };
            let page = PageOf::from_rows(rows, limit, cursor);
            let items = view::documents(conn, page.items)?;
            let mut body = json!({ "items": items, "next_cursor": page.next_cursor });
            if counts {
                body["total"] = queries::count(conn)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `GET /api/v1/policies/documents/{id}`
pub async fn show(_: PolicyReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let document = app
        .read(move |_, conn| {
            let found = deciding::load(conn, &id)?;
            view::documents(conn, vec![found])?.pop().ok_or(AppError::NotFound)
        })
        .await?;
    Ok(HttpResponse::Ok().json(document))
}
