//! Every URL, grouped by feature.

use crate::error::AppError;
use crate::web::assets;
use actix_web::HttpResponse;
use actix_web::web::{ServiceConfig, get, to};

/// All routes. What is not here is 404.
pub fn configure(routes: &mut ServiceConfig) {
    routes.route("/static/{name:.*}", get().to(assets::serve)).default_service(to(nowhere));
}

async fn nowhere() -> Result<HttpResponse, AppError> {
    Err(AppError::NotFound)
}
