//! Writes come from our own pages, or with a token: the browser says where a request was made.

use crate::accounts::Via;
use crate::app::App;
use crate::error::AppError;
use crate::web::visit::Visit;
use actix_web::HttpMessage;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;
use actix_web::web::Data;

/// Middleware: refuses unsafe requests of other sites. Without `Sec-Fetch-Site` the Origin must be ours;
/// without either, only requests that carry no cookie pass.
pub async fn same_origin(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if is_ours(&req) {
        next.call(req).await.map(ServiceResponse::map_into_left_body)
    } else {
        Ok(req.error_response(AppError::Forbidden("other-site")).map_into_right_body())
    }
}

fn is_ours(req: &ServiceRequest) -> bool {
    if matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let via = req.extensions().get::<Visit>().and_then(|visit| Some(visit.actor.as_ref()?.via.clone()));
    // No browser adds a token by itself: who sends one means it, from wherever.
    if matches!(via, Some(Via::Token(_))) {
        return true;
    }
    let header = |name: &str| req.headers().get(name).and_then(|value| value.to_str().ok());
    match (header("sec-fetch-site"), header("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let public = req.app_data::<Data<App>>().map(|app| app.settings.server.public_url.clone());
            let info = req.connection_info();
            public.as_deref() == Some(origin) || origin == format!("{}://{}", info.scheme(), info.host())
        }
        (None, None) => !matches!(via, Some(Via::Session(_))),
    }
}
