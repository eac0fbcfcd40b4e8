//! `GET /api/v1/leads/{id}/follow-ups`

use crate::app::App;
use crate::error::AppError;
use crate::follow_ups::queries;
use crate::follow_ups::view::FollowUpView;
use crate::leads::handlers::load;
use crate::leads::policy;
use crate::leads::view::people;
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde_json::json;

/// The latest first, with who wrote each.
pub async fn index(
    reader: LeadReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit", "count"])?;
    let (cursor, limit, count) = (params.cursor(queries::ORDER)?, params.limit()?, params.flag("count")?);
    let (page, total) = app
        .read(move |_, conn| {
            let lead = load(conn, &reader, &id)?.lead;
            if !policy::reads_follow_ups(reader.role) {
                return Err(AppError::Forbidden("role"));
            }
            let page = queries::page(conn, &reader, &lead.id, cursor.as_ref(), limit)?
                .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let total = if count { Some(queries::count(conn, &reader, &lead.id)?) } else { None };
            let writers: Vec<_> = page.items.iter().map(|follow_up| follow_up.by_user.clone()).collect();
            let people = people(conn, &writers)?;
            let page =
                page.map(|follow_up| FollowUpView::from(&follow_up).by(people.get(&follow_up.by_user)));
            Ok((page, total))
        })
        .await?;
    let mut body = json!(page);
    if let Some(total) = total {
        body["total"] = total.into();
    }
    Ok(HttpResponse::Ok().json(body))
}
