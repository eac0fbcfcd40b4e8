//! For whoever watches over the server: is it alive, can it serve, what does it do.

use crate::accounts::policy;
use crate::app::App;
use crate::db::migrations;
use crate::error::AppError;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// `GET /healthz`: the process answers.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// `GET /readyz`: the database answers and is at the present schema, the indexes are open; 503 otherwise. A search server
/// that does not answer is told and no reason to send nobody here: the database answers in its place.
pub async fn readyz(app: Data<App>) -> Result<HttpResponse, AppError> {
    let told = app.block(|app| {
        let is_current = app.db.read(|conn| {
            migrations::is_current(conn).map_err(|e| AppError::Unavailable(format!("the database: {e}")))
        })?;
        if !is_current {
            return Err(AppError::Unavailable("the database is not at the present schema".to_owned()));
        }
        for engine in [&app.search, &app.records] {
            match engine.status() {
                Ok(_) => {}
                Err(error) if engine.writer().is_some() => {
                    return Ok(format!("ready\nsearch is answered by the database: {error}\n"));
                }
                Err(error) => return Err(AppError::Unavailable(format!("the search index: {error}"))),
            }
        }
        Ok("ready\n".to_owned())
    });
    let told = told.await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(told))
}

/// `GET /metrics`: figures for Prometheus; to this machine itself, or to an administrator's token.
pub async fn metrics(app: Data<App>, visit: Visit, req: HttpRequest) -> Result<HttpResponse, AppError> {
    // Behind a proxy on this machine that nobody declared, every visitor would seem to be local.
    let is_forwarded = ["x-forwarded-for", "forwarded"].iter().any(|name| req.headers().contains_key(*name));
    let is_local = visit.address.is_loopback() && !is_forwarded;
    if !is_local && !policy::keeps_users(visit.actor()?.role) {
        return Err(AppError::Forbidden("role"));
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(app.metrics.render()))
}
