//! `GET /api/v1/pool/quota?year=`

use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::quota::view;
use crate::web::params::Params;
use crate::web::roles::QuotaReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::Datelike;

pub async fn index(
    reader: QuotaReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["year"])?;
    let (year, lang) = (asked_year(&params)?, visit.lang);
    let quotas = app
        .read(move |app, conn| {
            let policies = app.policies.now(conn)?;
            Ok(view::of_year(conn, app, &reader, policies.of_year(year), year, lang)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(quotas))
}

/// The year that is asked for; this year unless another is named.
pub fn asked_year(params: &Params) -> Result<i32, AppError> {
    let year = params.one::<i32>("year")?.unwrap_or_else(|| clock::today().year());
    if clock::YEARS.contains(&year) { Ok(year) } else { Err(AppError::bad_request("year", "unknown")) }
}
