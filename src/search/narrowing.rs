//! Filters that are typed into the box, `county:灵山 投资:1亿以上`: taken out of the text and made parameters of the search.
//! The words are in search/filters.toml. A value behind a minus is unwanted, in the box (`-county:灵山`) and in the parameter
//! (`county=-450721`) alike.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::clock;
use crate::db::AnyConn;
use crate::error::FieldErrors;
use crate::imports::ledger::cells::amount::{self, MoneyUnit};
use crate::imports::ledger::sheet::Cell;
use crate::leads::model::{SourceKind, Stage, Status};
use crate::reference::{Region, folded};
use crate::search::error::SearchError;
use crate::search::fields::FacetField;
use crate::search::tokens::pieces::{COLONS, listed, pieces};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use chrono::{Datelike, NaiveDate};
use diesel::QueryResult;
use serde::Deserialize;
use std::collections::BTreeMap;

const FILTERS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/filters.toml"));

/// The parameters of bounds: from … to …, both included.
pub const INVESTMENT_FROM: &str = "investment_from_fen";
pub const INVESTMENT_TO: &str = "investment_to_fen";
pub const REGISTERED_FROM: &str = "registered_from";
pub const REGISTERED_TO: &str = "registered_to";

/// Whether a parameter is a bound.
fn is_bound(name: &str) -> bool {
    [INVESTMENT_FROM, INVESTMENT_TO, REGISTERED_FROM, REGISTERED_TO].contains(&name)
}

/// The value of a parameter for leads that have none: no chamber, officer, leader or amount.
pub const NONE: &str = "none";

/// A number without a unit is in 万元, as in a ledger.
const TEN_THOUSAND_YUAN: MoneyUnit = MoneyUnit::Fen(1_000_000);

/// The words of filters.
#[derive(Debug, Clone)]
pub struct FilterWords {
    fields: BTreeMap<String, FacetField>,
    bounds: BoundWords,
    none: Vec<String>,
    /// What stands before a phone number and is no word to look for.
    pub phone: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundWords {
    from: Vec<String>,
    to: Vec<String>,
    from_after: Vec<String>,
    to_after: Vec<String>,
    between: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FiltersFile {
    words: BTreeMap<String, Vec<String>>,
    bounds: BoundWords,
    none: Vec<String>,
    phone: Vec<String>,
}

impl FilterWords {
    /// The words that the program was built with.
    pub fn builtin() -> Result<FilterWords, SearchError> {
        let wrong = |reason: String| SearchError::Data { file: "filters.toml", reason };
        let file: FiltersFile = toml::from_str(FILTERS).map_err(|e| wrong(e.to_string()))?;
        let mut fields = BTreeMap::new();
        for (name, words) in &file.words {
            let field = FacetField::parse(name).ok_or_else(|| wrong(format!("{name} is no field")))?;
            fields.extend(words.iter().map(|word| (folded(word), field)));
        }
        Ok(FilterWords { fields, bounds: file.bounds, none: file.none, phone: file.phone })
    }
}

/// The parameters of a search, with what was typed into the box among them.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    pub params: Params,
    /// Filters that cannot be. Then nothing is found.
    pub refused: Vec<Refusal>,
}

/// A filter that was typed into the box and cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub field: FacetField,
    /// As typed.
    pub value: String,
    /// `no-such-value`, or `no-minus-for-ranges`
    pub code: &'static str,
}

/// The first refusal as a fault of the parameter that had the text; none where nothing is refused.
pub fn faults(parameter: &'static str, refused: Vec<Refusal>) -> Option<FieldErrors> {
    let Refusal { field, value, code } = refused.into_iter().next()?;
    let mut errors = FieldErrors::default();
    errors.add_with(parameter, code, vec![("field", field.as_str().to_owned()), ("value", value)]);
    Some(errors)
}

/// Takes the filters out of `q`. Fields that the asker may not filter by are words like others; a value that was given
/// as a parameter too gives way to what was typed.
pub fn narrowed(conn: &mut AnyConn, app: &App, actor: &Actor, params: Params) -> QueryResult<Narrowed> {
    let Some(text) = params.text("q").filter(|text| text.contains(COLONS)) else {
        return Ok(Narrowed { params, refused: Vec::new() });
    };
    let fields = app.search_settings.fields_of(actor.role.as_str());
    let mut rest = Vec::new();
    let mut given: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut refused = Vec::new();
    let mut pieces = pieces(text).into_iter().peekable();
    while let Some(piece) = pieces.next() {
        let parts = piece.text.split_once(COLONS).filter(|_| !piece.quoted);
        let field =
            parts.and_then(|(name, _)| app.search_settings.filters.fields.get(&folded(name)).copied());
        let Some(((_, values), field)) = parts.zip(field.filter(|field| fields.has_facet(*field))) else {
            rest.push(piece.typed);
            continue;
        };
        // `county: 灵山`: what stands behind the space is meant.
        let values = match pieces.next_if(|next| values.is_empty() && !next.unwanted) {
            Some(next) if next.quoted => vec![next.text],
            Some(next) => listed(next.text),
            None => listed(values),
        };
        let sign = if piece.unwanted { UNWANTED } else { "" };
        let values = values.into_iter().map(|value| value.trim_matches(QUOTES));
        for value in values.filter(|value| !value.is_empty()) {
            let refusal = |code| Refusal { field, value: value.to_owned(), code };
            match read(conn, app, field, value)? {
                Some(read) if piece.unwanted && read.iter().any(|(name, _)| is_bound(name)) => {
                    refused.push(refusal("no-minus-for-ranges"));
                }
                Some(read) => {
                    for (name, value) in read {
                        given.entry(name).or_default().push(format!("{sign}{value}"));
                    }
                }
                None => refused.push(refusal("no-such-value")),
            }
        }
    }
    let rest = rest.join(" ");
    let mut params = params.clone().set("q", &rest);
    for (name, values) in given {
        // Values are alternatives; of bounds typed twice the last is meant.
        let values =
            if is_bound(name) { values.last().cloned().unwrap_or_default() } else { values.join(",") };
        params = params.set(name, &values);
    }
    Ok(Narrowed { params, refused })
}

/// Stands before a value of a parameter that is unwanted.
pub const UNWANTED: &str = "-";

/// The value that a parameter has here, and whether it is unwanted.
pub fn signed(value: &str) -> (&str, bool) {
    let value = value.trim();
    let unwanted = value.strip_prefix(UNWANTED).filter(|value| !value.is_empty());
    unwanted.map_or((value, false), |value| (value, true))
}

/// What a value may stand in, and what is left of it where one quote is missing.
const QUOTES: [char; 7] = ['"', '＂', '“', '”', '「', '」', '\''];

/// The parameters that a value stands for; none when it names nothing.
fn read(
    conn: &mut AnyConn,
    app: &App,
    field: FacetField,
    value: &str,
) -> QueryResult<Option<Vec<(&'static str, String)>>> {
    let reference = &app.reference;
    let plain = folded(value);
    let filters = &app.search_settings.filters;
    let one = |found: Option<String>| found.map(|value| vec![(field.as_str(), value)]);
    Ok(match field {
        FacetField::County if reference.is_county(value) => one(Some(value.to_owned())),
        FacetField::County => {
            let places = reference.places();
            let said = places.of_word(&plain).map(|place| places.county_of(place).to_owned());
            // The English name is the pinyin: `lingshan`.
            let spelt = |county: &&Region| {
                county.en.split_whitespace().next().is_some_and(|word| folded(word) == plain)
            };
            let counties = reference.counties().iter();
            one(said.or_else(|| counties.clone().find(spelt).map(|county| county.code.clone())))
        }
        FacetField::Industry => {
            let found = reference.industry(value).or_else(|| reference.industry_of_word(value));
            one(found.map(|industry| industry.code.clone()))
        }
        FacetField::Stage => {
            let said = labelled(app, "stage", Stage::ALL, &plain);
            let said = said.or_else(|| reference.values().stage(value).map(|word| word.stage));
            one(said.map(|stage| stage.to_string()))
        }
        FacetField::Status => {
            one(labelled(app, "status", Status::ALL, &plain).map(|status| status.to_string()))
        }
        FacetField::Source => {
            let said = labelled(app, "source", SourceKind::ALL, &plain);
            one(said.or_else(|| reference.values().source(value)).map(|kind| kind.to_string()))
        }
        FacetField::Chamber | FacetField::Officer | FacetField::Leader | FacetField::Investment
            if filters.none.contains(&plain) =>
        {
            one(Some(NONE.to_owned()))
        }
        FacetField::Chamber => {
            let chamber = match chambers::queries::find(conn, value)? {
                Some(chamber) => Some(chamber),
                None => chambers::queries::find_by_name(conn, value)?,
            };
            one(chamber.map(|chamber| chamber.id.to_string()))
        }
        FacetField::Officer | FacetField::Leader => {
            one(users::find_named(conn, value)?.map(|user| user.id.to_string()))
        }
        // Behind an amount a dash is from … to …; a day has dashes of its own.
        FacetField::Investment => {
            let dashes = ['-', '－', '–', '—'];
            let is_below_zero = value.starts_with(dashes);
            let value = if is_below_zero { value.to_owned() } else { value.replace(dashes, "..") };
            let bounds = bounds(&filters.bounds, &value, false, |text, _| money(app, text));
            bounds.map(|(from, to)| named(INVESTMENT_FROM, from, INVESTMENT_TO, to))
        }
        // What a search is for is chosen beside the box.
        FacetField::Kind => None,
        FacetField::Registered => {
            let value: String = value.split_whitespace().collect();
            let bounds = bounds(&filters.bounds, &value, true, day);
            bounds.map(|(from, to)| named(REGISTERED_FROM, from, REGISTERED_TO, to))
        }
    })
}

fn named(
    from: &'static str,
    first: Option<impl ToString>,
    to: &'static str,
    last: Option<impl ToString>,
) -> Vec<(&'static str, String)> {
    let first = first.map(|value| (from, value.to_string()));
    first.into_iter().chain(last.map(|value| (to, value.to_string()))).collect()
}

/// The word of these whose code or label, in either language, the text is.
fn labelled<T: Copy + ToString>(app: &App, family: &str, all: &[T], text: &str) -> Option<T> {
    let is_it = |one: &&T| {
        let code = one.to_string();
        let label = |lang| folded(&app.views.i18n().say(lang, &Message::of(family, &code)));
        folded(&code) == text || [Lang::ZhCn, Lang::En].into_iter().any(|lang| label(lang) == text)
    };
    all.iter().find(is_it).copied()
}

/// Which end of the bounds a value gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    First,
    Last,
}

/// `1亿以上`, `<5000万`, `5000万..1亿`, `..1亿`, `2026`: from … to …. An end that is left open is no bound. A value alone that
/// is a `span`, as a year is, gives both ends; another is where it begins.
fn bounds<T: Copy + PartialOrd>(
    words: &BoundWords,
    text: &str,
    span: bool,
    value: impl Fn(&str, End) -> Option<T>,
) -> Option<(Option<T>, Option<T>)> {
    // Before what stands between: `至少` begins with 至.
    let begins = |all: &[String]| all.iter().find_map(|word| text.strip_prefix(word.as_str()));
    let ends = |all: &[String]| all.iter().find_map(|word| text.strip_suffix(word.as_str()));
    if let Some(text) = begins(&words.from).or_else(|| ends(&words.from_after)) {
        return value(text, End::First).map(|first| (Some(first), None));
    }
    if let Some(text) = begins(&words.to).or_else(|| ends(&words.to_after)) {
        return value(text, End::Last).map(|last| (None, Some(last)));
    }
    if let Some((first, last)) = words.between.iter().find_map(|word| text.split_once(word.as_str())) {
        let end = |text: &str, end| match text.trim() {
            "" => Some(None),
            text => value(text, end).map(Some),
        };
        let both = (end(first, End::First)?, end(last, End::Last)?);
        let is_range = match both {
            (Some(first), Some(last)) => first <= last,
            (first, last) => first.is_some() || last.is_some(),
        };
        return is_range.then_some(both);
    }
    let first = value(text, End::First)?;
    Some((Some(first), if span { value(text, End::Last) } else { None }))
}

/// An amount in fen.
fn money(app: &App, text: &str) -> Option<i64> {
    let read = amount::read(&Cell::Text(text.to_owned()), &TEN_THOUSAND_YUAN, app.reference.values());
    read.ok().flatten().map(|amount| amount.fen)
}

/// The first or last day of `2026`, `2026-03` or `2026-03-05`, also written with dots, slashes or 年月日.
fn day(text: &str, end: End) -> Option<NaiveDate> {
    let plain = text.trim().trim_end_matches(['日', '号', '月', '年']);
    let parts: Vec<u32> =
        plain.split(['-', '.', '/', '年', '月']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let of = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let (first, next) = match parts.as_slice() {
        [year] => (of(*year, 1, 1)?, of(year + 1, 1, 1)?),
        [year, 12] => (of(*year, 12, 1)?, of(year + 1, 1, 1)?),
        [year, month] => (of(*year, *month, 1)?, of(*year, month + 1, 1)?),
        [year, month, day] => {
            let day = of(*year, *month, *day)?;
            (day, day.succ_opt()?)
        }
        _ => return None,
    };
    let day = if end == End::First { first } else { next.pred_opt()? };
    clock::YEARS.contains(&day.year()).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_a_month_and_a_day_have_a_first_and_a_last_day() {
        for (text, first, last) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026年", "2026-01-01", "2026-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2025年12月", "2025-12-01", "2025-12-31"),
            ("2026.3.5", "2026-03-05", "2026-03-05"),
            ("2026年3月5日", "2026-03-05", "2026-03-05"),
        ] {
            let both = [End::First, End::Last].map(|end| day(text, end).map(|day| day.to_string()));
            assert_eq!(both, [Some(first.to_owned()), Some(last.to_owned())], "{text}");
        }
        for text in ["26", "2026-13", "2026-02-30", "2026-1-2-3", "去年", "", "99999999999"] {
            assert_eq!(day(text, End::First), None, "{text}");
        }
    }

    #[test]
    fn a_range_may_be_open_at_one_end() {
        let words = FilterWords::builtin().unwrap().bounds;
        let read = |text: &str| {
            let both = bounds(&words, text, true, day);
            both.map(|(from, to)| [from, to].map(|day| day.map_or("-".to_owned(), |day| day.to_string())))
        };
        for (text, from, to) in [
            ("2026-03..", "2026-03-01", "-"),
            ("2026-03~", "2026-03-01", "-"),
            ("2026-03以后", "2026-03-01", "-"),
            (">=2026-03", "2026-03-01", "-"),
            ("至少2026", "2026-01-01", "-"),
            ("..2026-03", "-", "2026-03-31"),
            ("至2026-03", "-", "2026-03-31"),
            ("2026-03以前", "-", "2026-03-31"),
            ("2025..2026-03", "2025-01-01", "2026-03-31"),
        ] {
            assert_eq!(read(text), Some([from, to].map(str::to_owned)), "{text}");
        }
        for text in ["..", "~", "以后", "2026..2025", "..去年", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_field_can_be_typed() {
        let words = FilterWords::builtin().unwrap();
        for field in FacetField::ALL.into_iter().filter(|field| *field != FacetField::Kind) {
            assert_eq!(words.fields.get(field.as_str()), Some(&field));
        }
    }
}
