//! HTTP of referrers, one resource a file: HTML and JSON of the same resource side by side.

pub mod deletion;
pub mod disclosure;
pub mod form;
pub mod list;
pub mod members;
pub mod merger;
pub mod record;
pub mod show;

use crate::app::App;
use crate::referrers::identity::IdentityKind;
use crate::referrers::pages::Row;
use crate::referrers::view::ReferrerView;
use crate::registers::places;
use crate::web::filled::Choice;
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(referrer: &ReferrerView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(referrer.version)).json(referrer)
}

/// The kinds of papers that an identity number can be of, as choices.
fn identity_kinds() -> Vec<Choice> {
    IdentityKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect()
}

/// A referrer as pages show it; what the reader may not see is empty.
fn row(app: &App, lang: Lang, shown: ReferrerView) -> Row {
    let region = |code: String| places::name_of(&app.reference, &code, lang.code());
    Row {
        id: shown.id.to_string(),
        code: shown.code,
        name: shown.name,
        kind: shown.kind.map(|kind| kind.to_string()).unwrap_or_default(),
        region: shown.region.map(region),
        contact_person: shown.contact_person,
        status: shown.status.map(|status| status.to_string()).unwrap_or_default(),
        leads: shown.leads,
    }
}
