//! The document for programs, and the page to read it.

use super::pages::ApiPage;
use crate::app::App;
use crate::error::AppError;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

/// `GET /api/v1/openapi.json`: for anybody, for it holds no data.
pub async fn document(request: HttpRequest, app: Data<App>) -> Result<HttpResponse, AppError> {
    let api = app.api()?;
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|tags| tags.contains(&api.tag));
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, api.tag.clone()))
        .insert_header((header::CACHE_CONTROL, "no-cache"));
    if is_known {
        return Ok(response.finish());
    }
    Ok(response.content_type("application/json").body(api.bytes.clone()))
}

/// `GET /api`: the same to be read.
pub async fn page(_: SignedIn, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    visit.page(&app, &ApiPage::new(app.api()?, &app.settings.server.public_url))
}
