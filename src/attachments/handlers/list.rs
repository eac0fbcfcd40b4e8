//! `GET /api/v1/attachments?owner_kind=&owner_id=`: the papers of a record.

use super::owner_name;
use crate::app::App;
use crate::attachments::{owner, queries, view};
use crate::error::{AppError, FieldErrors};
use crate::web::params::Params;
use crate::web::roles::AttachmentReader;
use actix_web::HttpResponse;
use actix_web::web::Data;
use serde_json::json;

/// The latest first, with who brought each.
pub async fn index(
    reader: AttachmentReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["owner_kind", "owner_id", "milestone", "cursor", "limit", "count"])?;
    let mut errors = FieldErrors::default();
    let name = owner_name(|field| params.text(field), &mut errors);
    let (cursor, limit, count) = (params.cursor(queries::ORDER)?, params.limit()?, params.flag("count")?);
    let name = name.filter(|_| errors.is_empty()).ok_or(AppError::BadRequest(errors))?;
    let body = app
        .read(move |_, conn| {
            let owner = owner::find(conn, &reader, &name)?;
            let stores = queries::stores_of(conn, &reader, &owner)?;
            let page = queries::page(conn, &stores, cursor.as_ref(), limit)?
                .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let mut body = json!({
                "items": view::list(conn, page.items)?,
                "next_cursor": page.next_cursor,
            });
            if count {
                body["total"] = queries::count(conn, &stores)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}
