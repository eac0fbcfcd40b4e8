//! What a search is narrowed by, in words.

use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::db::{AnyConn, Id};
use crate::search::FacetField;
use crate::search::narrowing::{
    INVESTMENT_FROM, INVESTMENT_TO, NONE, REGISTERED_FROM, REGISTERED_TO, Refusal, signed,
};
use crate::search::pages::{Bound, Refused};
use crate::web::i18n::{Lang, Message};
use crate::web::markup::money_text;
use crate::web::params::Params;
use diesel::QueryResult;
use std::collections::{BTreeSet, HashMap};

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
pub fn bounds(app: &App, lang: Lang, params: &Params) -> Vec<Bound> {
    let say = |message: &Message| app.views.i18n().say(lang, message);
    let bound = |name: &'static str| {
        let value = params.text(name)?;
        let shown = match name {
            INVESTMENT_FROM | INVESTMENT_TO => money_text(app.views.i18n(), lang, value.parse().ok()?),
            _ => value.to_owned(),
        };
        let label = say(&Message::of("search", name).text("value", shown));
        let query = params.without("offset").with(name, None);
        Some(Bound { label, href: format!("/search?{query}") })
    };
    BOUNDS.into_iter().filter_map(bound).collect()
}

/// The values in force that are left out, in words, each with the way to take it away.
pub fn left_out(app: &App, lang: Lang, params: &Params, names: &Names) -> Vec<Bound> {
    let mut bounds = Vec::new();
    for field in FACETS {
        let values: Vec<&str> = params.text(field.as_str()).into_iter().flat_map(|t| t.split(',')).collect();
        for (place, (code, _)) in
            values.iter().map(|value| signed(value)).enumerate().filter(|(_, (_, unwanted))| *unwanted)
        {
            let others = values.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, value)| *value);
            let others = others.collect::<Vec<_>>().join(",");
            let others = (!others.is_empty()).then_some(others.as_str());
            let href = format!("/search?{}", params.without("offset").with(field.as_str(), others));
            bounds.push(Bound { label: unwanted_in_words(app, lang, field, code, names), href });
        }
    }
    bounds
}

/// `除灵山县以外`
pub fn unwanted_in_words(app: &App, lang: Lang, field: FacetField, code: &str, names: &Names) -> String {
    let value = value_in_words(app, lang, field, code, names);
    app.views.i18n().say(lang, &Message::new("search-without").text("value", value))
}

/// What a value of a parameter is called; `none` is nobody, or no amount.
pub fn value_in_words(app: &App, lang: Lang, field: FacetField, code: &str, names: &Names) -> String {
    let say = |message: &Message| app.views.i18n().say(lang, message);
    match code {
        NONE if field == FacetField::Investment => say(&Message::new("investment-none")),
        NONE => say(&Message::new("nobody")),
        _ => label(app, lang, field, code, names).unwrap_or_else(|| say(&Message::of(field.as_str(), code))),
    }
}

/// The names of the chambers and people that these parameters name by their ids.
pub fn names_in(conn: &mut AnyConn, asked: &[Params]) -> QueryResult<Names> {
    let ids = |fields: &[FacetField]| -> Vec<Id> {
        let texts = asked.iter().flat_map(|params| fields.iter().filter_map(|one| params.text(one.as_str())));
        let values = texts.flat_map(|text| text.split(',')).map(|value| signed(value).0);
        let ids: BTreeSet<Id> = values.filter_map(|value| value.parse().ok()).collect();
        ids.into_iter().collect()
    };
    let chambers = chambers::queries::of_ids(conn, &ids(&[FacetField::Chamber]))?;
    let people = users::names(conn, &ids(&[FacetField::Officer, FacetField::Leader]))?;
    let chambers = chambers.into_iter().map(|chamber| (chamber.id.to_string(), chamber.name));
    Ok(chambers.chain(people.into_iter().map(|(id, _, name)| (id.to_string(), name))).collect())
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

/// Filters of the box that cannot be, as a page says them.
pub fn refused(all: Vec<Refusal>) -> Vec<Refused> {
    let shown = |one: Refusal| Refused {
        field: message_of(one.field).to_owned(),
        value: one.value,
        code: one.code.to_owned(),
    };
    all.into_iter().map(shown).collect()
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
