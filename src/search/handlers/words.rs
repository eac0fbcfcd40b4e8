//! What a search is narrowed by, in words.

use crate::app::App;
use crate::search::narrowing::{INVESTMENT_FROM, INVESTMENT_TO, REGISTERED_FROM, REGISTERED_TO};
use crate::search::{FacetField, pages};
use crate::web::i18n::{Lang, Message};
use crate::web::markup::money_text;
use crate::web::params::Params;
use std::collections::HashMap;

/// Counted on the page, in this order.
pub const FACETS: [FacetField; 10] = [
    FacetField::County,
    FacetField::Industry,
    FacetField::Stage,
    FacetField::Status,
    FacetField::Source,
    FacetField::Investment,
    FacetField::Registered,
    FacetField::Chamber,
    FacetField::Leader,
    FacetField::Officer,
];
/// The bounds that a search can have, each a parameter.
pub const BOUNDS: [&str; 4] = [INVESTMENT_FROM, INVESTMENT_TO, REGISTERED_FROM, REGISTERED_TO];

/// Names of chambers and people, by id.
pub type Names = HashMap<String, String>;

/// The bounds in force, in words, each with the way to take it away.
pub fn bounds(app: &App, lang: Lang, params: &Params) -> Vec<pages::Bound> {
    let say = |message: &Message| app.views.i18n().say(lang, message);
    let bound = |name: &'static str| {
        let value = params.text(name)?;
        let shown = match name {
            INVESTMENT_FROM | INVESTMENT_TO => money_text(app.views.i18n(), lang, value.parse().ok()?),
            _ => value.to_owned(),
        };
        let label = say(&Message::of("search", name).text("value", shown));
        let query = params.without("offset").with(name, None);
        Some(pages::Bound { label, href: format!("/search?{query}") })
    };
    BOUNDS.into_iter().filter_map(bound).collect()
}

/// The message that names a field.
pub fn message_of(field: FacetField) -> &'static str {
    match field {
        FacetField::Source => "source_kind",
        FacetField::Investment => "total_investment",
        FacetField::Registered => "registered_on",
        other => other.as_str(),
    }
}

/// What a value is called; one of a word that says itself has its message, `<facet>-<code>`.
pub fn label(app: &App, lang: Lang, field: FacetField, code: &str, names: &Names) -> Option<String> {
    match field {
        FacetField::County => Some(app.reference.region_name(code, lang.code()).to_owned()),
        FacetField::Industry => Some(app.reference.industry_name(code, lang.code()).to_owned()),
        FacetField::Chamber | FacetField::Officer | FacetField::Leader => {
            Some(names.get(code).map_or(code, String::as_str).to_owned())
        }
        FacetField::Registered => Some(code.to_owned()),
        FacetField::Investment => Some(app.views.i18n().say(lang, &Message::of("investment", code))),
        FacetField::Stage | FacetField::Status | FacetField::Source | FacetField::Kind => None,
    }
}
