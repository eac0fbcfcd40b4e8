//! Headers of every answer.

use crate::web::assets;
use actix_web::middleware::DefaultHeaders;

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
