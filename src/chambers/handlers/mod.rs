//! HTTP of chambers, one resource a file: HTML and JSON of the same resource side by side.

pub mod deletion;
pub mod disclosure;
pub mod entries;
pub mod entry_form;
pub mod entry_page;
pub mod export;
pub mod form;
pub mod list;
pub mod merger;
pub mod record;

use crate::app::App;
use crate::chambers::pages::Row;
use crate::chambers::view::ChamberView;
use crate::registers::places;
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(chamber: &ChamberView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(chamber.version)).json(chamber)
}

/// A chamber as pages show it.
pub(super) fn row(app: &App, lang: Lang, shown: ChamberView) -> Row {
    let region = |code: String| places::name_of(&app.reference, &code, lang.code());
    Row {
        id: shown.id.to_string(),
        code: shown.code,
        name: shown.name,
        kind: shown.kind.to_string(),
        region: shown.region.map(region),
        contact_person: shown.contact_person,
        status: shown.status.to_string(),
        leads: shown.leads,
        expiring: shown.expiring,
    }
}
