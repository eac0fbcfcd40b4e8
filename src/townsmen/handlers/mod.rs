//! HTTP of townsmen, one resource a file: HTML and JSON of the same resource side by side.

pub mod form;
pub mod list;
pub mod record;
pub mod removal;
pub mod review;

use crate::app::App;
use crate::registers::places;
use crate::townsmen::pages::Row;
use crate::townsmen::view::TownsmanView;
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(townsman: &TownsmanView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(townsman.version)).json(townsman)
}

/// A townsman as pages show him.
fn row(app: &App, lang: Lang, shown: &TownsmanView) -> Row {
    let place = |code: &String| places::name_of(&app.reference, code, lang.code());
    let home = |code: &String| app.reference.region_name(code, lang.code()).to_owned();
    Row {
        id: shown.id.to_string(),
        code: shown.code.clone(),
        name: shown.name.clone(),
        post: shown.post.clone(),
        region: shown.region.as_ref().map(place),
        home: shown.home.as_ref().map(home),
        introducer: shown
            .chamber
            .as_ref()
            .map(|chamber| chamber.name.clone())
            .or_else(|| shown.introducer.clone()),
        review_due_on: Some(shown.review_due_on),
        review_due: shown.review_due,
    }
}
