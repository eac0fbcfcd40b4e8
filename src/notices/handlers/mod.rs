//! HTTP of notices, one resource a file: HTML and JSON of the same resource side by side.

pub mod form;
pub mod list;
pub mod reading;
pub mod record;
pub mod retraction;

use crate::notices::pages::Row;
use crate::notices::view::NoticeView;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(shown: &NoticeView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(shown.version)).json(shown)
}

/// A notice as pages show it.
pub fn row(shown: &NoticeView) -> Row {
    Row {
        id: shown.id.to_string(),
        title: shown.title.clone(),
        from_on: shown.from_on,
        until_on: shown.until_on,
        standing: shown.standing.to_string(),
        audience: shown.audience.map(|audience| audience.to_string()),
        kinds: shown.kinds.iter().map(ToString::to_string).collect(),
        chambers: shown.chambers.iter().map(|chamber| chamber.name.clone()).collect(),
        addressed: shown.addressed,
        read: shown.read,
        read_at: shown.read_at,
    }
}
