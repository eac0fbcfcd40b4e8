//! HTTP of chambers, one resource a file: HTML and JSON of the same resource side by side.

pub mod disclosure;
pub mod list;
pub mod merger;
pub mod record;

use crate::chambers::view::ChamberView;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(chamber: &ChamberView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(chamber.version)).json(chamber)
}
