//! What saved searches ask, in words.

use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::saved_searches::view::SavedSearchView;
use crate::search::FacetField;
use crate::search::handlers::words::{FACETS, Names, bounds, label, message_of};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use std::collections::BTreeSet;

/// Of each search its words, then each filter. Chambers and people are read once for all of them.
pub fn of_all(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    searches: &[SavedSearchView],
) -> Result<Vec<Vec<String>>, AppError> {
    let asked = searches.iter().map(|one| Params::parse(&one.query)).collect::<Result<Vec<_>, _>>()?;
    let names = names(conn, &asked)?;
    Ok(asked.iter().map(|params| terms(app, lang, params, &names)).collect())
}

/// The same of what is being saved.
pub fn of_one(conn: &mut AnyConn, app: &App, lang: Lang, params: Params) -> Result<Vec<String>, AppError> {
    let asked = [params];
    let names = names(conn, &asked)?;
    Ok(asked.iter().flat_map(|params| terms(app, lang, params, &names)).collect())
}

fn names(conn: &mut AnyConn, asked: &[Params]) -> Result<Names, AppError> {
    let ids = |fields: &[FacetField]| -> Vec<Id> {
        let texts = asked.iter().flat_map(|params| fields.iter().filter_map(|one| params.text(one.as_str())));
        let ids: BTreeSet<Id> =
            texts.flat_map(|text| text.split(',')).filter_map(|value| value.parse().ok()).collect();
        ids.into_iter().collect()
    };
    let chambers = chambers::queries::of_ids(conn, &ids(&[FacetField::Chamber]))?;
    let people = users::names(conn, &ids(&[FacetField::Officer, FacetField::Leader]))?;
    let chambers = chambers.into_iter().map(|chamber| (chamber.id.to_string(), chamber.name));
    Ok(chambers.chain(people.into_iter().map(|(id, _, name)| (id.to_string(), name))).collect())
}

fn terms(app: &App, lang: Lang, params: &Params, names: &Names) -> Vec<String> {
    let say = |message: &Message| app.views.i18n().say(lang, message);
    let value = |field: FacetField, code: &str| match code {
        "none" => say(&Message::new("nobody")),
        _ => label(app, lang, field, code, names).unwrap_or_else(|| say(&Message::of(field.as_str(), code))),
    };
    let filter = |field: FacetField| {
        let values: Vec<String> =
            params.text(field.as_str())?.split(',').map(|code| value(field, code.trim())).collect();
        let name = say(&Message::of("field", message_of(field)));
        let term = Message::new("saved-search-term").text("field", name).text("value", values.join(" / "));
        Some(say(&term))
    };
    let words = params.text("q").map(str::to_owned);
    let filters = FACETS.into_iter().filter_map(filter);
    let bounds = bounds(app, lang, params).into_iter().map(|bound| bound.label);
    words.into_iter().chain(filters).chain(bounds).collect()
}
