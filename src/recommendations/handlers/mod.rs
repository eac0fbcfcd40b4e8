//! HTTP of recommendations, one resource a file: HTML and JSON of the same resource side by side.

pub mod deletion;
pub mod form;
pub mod list;
pub mod record;

use crate::app::App;
use crate::recommendations::pages::Row;
use crate::recommendations::view::RecommendationView;
use crate::reference::{RecommendationWord, recommendation_word};
use crate::web::filled::Choice;
use crate::web::i18n::Lang;
use crate::web::precondition::etag;
use actix_web::HttpResponse;

fn ok(shown: &RecommendationView) -> HttpResponse {
    HttpResponse::Ok().insert_header(etag(shown.version)).json(shown)
}

/// A recommendation as pages show it.
fn row(app: &App, lang: Lang, shown: &RecommendationView) -> Row {
    let words = app.reference.recommendation_words();
    let name = |words: &[RecommendationWord], code: &str| match recommendation_word(words, code) {
        Some(word) => word.name(lang.code()).to_owned(),
        None => code.to_owned(),
    };
    Row {
        id: shown.id.to_string(),
        code: shown.code.clone(),
        county: app.reference.region_name(&shown.county, lang.code()).to_owned(),
        enterprise: shown.enterprise.clone(),
        size: name(&words.size, &shown.size),
        chamber: shown.chamber.clone(),
        recipient_kind: shown.recipient_kind.to_string(),
        recipient: shown.recipient.clone(),
        need_fen: shown.need_fen,
        credit: name(&words.credit, &shown.credit),
        state: shown.state.to_string(),
        sent_on: shown.sent_on,
        result: shown.result.as_ref().map(|code| name(&words.result, code)),
        result_on: shown.result_on,
    }
}

/// Words of the reference data as choices.
fn choices(words: &[RecommendationWord], lang: Lang) -> Vec<Choice> {
    words.iter().map(|word| Choice::named(&word.code, word.name(lang.code()))).collect()
}
