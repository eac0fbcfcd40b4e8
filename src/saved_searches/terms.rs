//! What saved searches ask, in words.

use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::saved_searches::view::SavedSearchView;
use crate::search::FacetField;
use crate::search::handlers::words::{
    FACETS, Names, bounds, message_of, names_in, unwanted_in_words, value_in_words,
};
use crate::search::narrowing::signed;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;

/// Of each search its words, then each filter. Chambers and people are read once for all of them.
pub fn of_all(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    searches: &[SavedSearchView],
) -> Result<Vec<Vec<String>>, AppError> {
    let asked = searches.iter().map(|one| Params::parse(&one.query)).collect::<Result<Vec<_>, _>>()?;
    let names = names_in(conn, &asked)?;
    Ok(asked.iter().map(|params| terms(app, lang, params, &names)).collect())
}

/// The same of what is being saved.
pub fn of_one(conn: &mut AnyConn, app: &App, lang: Lang, params: Params) -> Result<Vec<String>, AppError> {
    let asked = [params];
    let names = names_in(conn, &asked)?;
    Ok(asked.iter().flat_map(|params| terms(app, lang, params, &names)).collect())
}

fn terms(app: &App, lang: Lang, params: &Params, names: &Names) -> Vec<String> {
    let say = |message: &Message| app.views.i18n().say(lang, message);
    let value = |field: FacetField, value: &str| match signed(value) {
        (code, true) => unwanted_in_words(app, lang, field, code, names),
        (code, false) => value_in_words(app, lang, field, code, names),
    };
    let filter = |field: FacetField| {
        let values: Vec<String> =
            params.text(field.as_str())?.split(',').map(|one| value(field, one)).collect();
        let name = say(&Message::of("field", message_of(field)));
        let term = Message::new("saved-search-term").text("field", name).text("value", values.join(" / "));
        Some(say(&term))
    };
    let words = params.text("q").map(str::to_owned);
    let filters = FACETS.into_iter().filter_map(filter);
    let bounds = bounds(app, lang, params).into_iter().map(|bound| bound.label);
    words.into_iter().chain(filters).chain(bounds).collect()
}
