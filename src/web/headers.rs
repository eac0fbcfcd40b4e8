//! Headers of every answer.

use crate::app::App;
use crate::web::assets;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, SET_COOKIE};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::web::Data;

/// Nothing comes from other hosts, nothing runs that stands in a page, nobody frames us.
pub fn security() -> DefaultHeaders {
    DefaultHeaders::new()
        .add(("Content-Security-Policy", assets::CONTENT_SECURITY_POLICY))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Referrer-Policy", "same-origin"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"))
        // Pages hold personal data: no shared cache keeps them. Assets say otherwise themselves.
        .add(("Cache-Control", "no-store"))
}

/// Middleware: where users come by https, no cookie travels without it, whoever set it.
pub async fn secure_cookies(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let app = req.app_data::<Data<App>>();
    let is_https = app.is_some_and(|app| app.settings.server.public_url.starts_with("https://"));
    let mut response = next.call(req).await?;
    if is_https {
        let cookies: Vec<HeaderValue> = response.headers_mut().remove(SET_COOKIE).collect();
        for cookie in cookies {
            response.headers_mut().append(SET_COOKIE, secure(cookie));
        }
    }
    Ok(response)
}

fn secure(cookie: HeaderValue) -> HeaderValue {
    let text = cookie.to_str().unwrap_or_default();
    if text.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure")) {
        return cookie;
    }
    HeaderValue::from_str(&format!("{text}; Secure")).unwrap_or(cookie)
}
