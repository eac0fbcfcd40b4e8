//! HTTP of referrers, one resource a file: HTML and JSON of the same resource side by side.

pub mod disclosure;
pub mod list;
pub mod merger;
pub mod record;

use crate::referrers::view::ReferrerView;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(referrer: &ReferrerView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(referrer.version)).json(referrer)
}
