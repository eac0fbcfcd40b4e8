//! `GET /api/v1/award-applications/{id}/checklist`: the papers that the rule asks for, and which of them are there.

use super::known;
use crate::app::App;
use crate::award_applications::{checklist, policy};
use crate::db::page::Order;
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::AwardApplicationReader;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// As the plan lists them.
const ORDER: Order = Order::ascending("listed");

/// 403 for who sees only how far it has come.
pub async fn index(
    reader: AwardApplicationReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit", "count"])?;
    let page = app
        .read(move |app, conn| {
            let known = known(conn, app.tools(), &reader, &id)?;
            if !policy::sees_all(reader.role) {
                return Err(AppError::Forbidden("role"));
            }
            let asked = checklist::of(conn, &reader, &known)?;
            params.page_of(ORDER, asked, |one| one.kind.as_str())
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}
