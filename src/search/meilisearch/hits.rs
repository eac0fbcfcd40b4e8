//! What is told of a hit: its texts as the server keeps them, with what matched marked by our own reading of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::{Map, Value};

use crate::search::answer::SearchHit;
use crate::search::error::SearchError;
use crate::search::fields::LeadField;
use crate::search::highlight;
use crate::search::near::{self, Known};
use crate::search::query::SearchQuery;
use crate::search::settings::{Searchable, Settings};
use crate::search::tokens::grams::latin_words;
use crate::search::tokens::units::units;
use crate::search::tokens::{Language, Pattern, Word, typos};

/// The fields of a record that a hit brings along.
pub(super) type Fields = Map<String, Value>;

/// A hit as the server tells it.
pub(super) struct Found {
    pub(super) score: f32,
    pub(super) fields: Fields,
}

/// The fields that hits are to bring: of the texts only those that the asker may see marked.
pub(super) fn retrieved(query: &SearchQuery, settings: &Settings) -> Vec<String> {
    let texts = shown(query, settings).map(|searchable| searchable.field.as_str());
    let mut names: Vec<String> =
        ["id", LeadField::Code.as_str()].into_iter().chain(texts).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

fn shown<'a>(query: &'a SearchQuery, settings: &'a Settings) -> impl Iterator<Item = &'a Searchable> {
    let allowed = |searchable: &&Searchable| query.highlight && query.fields.has(searchable.field);
    settings.searchable.iter().filter(allowed)
}

/// The hits in their order, with what matched in each.
pub(super) fn marked(
    found: Vec<Found>,
    query: &SearchQuery,
    words: &[Word],
    approximate: bool,
    settings: &Settings,
) -> Result<Vec<SearchHit>, SearchError> {
    let texts = Texts::of(&found, query, settings);
    let mut choices: Vec<Vec<Pattern>> = Vec::with_capacity(words.len());
    for word in words.iter().filter(|_| query.highlight) {
        // A question to this engine never needs the last syllable whole, so nor do its marks.
        let mut patterns = word.patterns(&settings.language, true, &mut |a, b| texts.follows(a, b));
        if approximate {
            patterns.extend(near::patterns(&texts, settings, word)?);
        }
        choices.push(patterns);
    }
    let hit = |found: Found| {
        let text = |name: &str| found.fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let mut highlights = BTreeMap::new();
        for Searchable { field, kind, .. } in shown(query, settings) {
            let html = highlight::marked(text(field.as_str()), *kind, &choices, &settings.language);
            highlights.extend(html.map(|html| (*field, html)));
        }
        let (id, code) = (text("id").to_owned(), text(LeadField::Code.as_str()).to_owned());
        SearchHit { id, code, score: found.score, highlights }
    };
    Ok(found.into_iter().map(hit).collect())
}

/// What stands in the texts of these hits.
struct Texts {
    follow: HashSet<(u16, u16)>,
    latin: BTreeSet<String>,
}

impl Texts {
    fn of(found: &[Found], query: &SearchQuery, settings: &Settings) -> Texts {
        let language: &Language = &settings.language;
        let mut texts = Texts { follow: HashSet::new(), latin: BTreeSet::new() };
        for searchable in shown(query, settings) {
            let name = searchable.field.as_str();
            for text in found.iter().filter_map(|hit| hit.fields.get(name).and_then(Value::as_str)) {
                let units = units(text, language);
                let readings = language.readings(&units);
                let beside = units.windows(2).zip(readings.windows(2));
                for (_, read) in beside.filter(|(pair, _)| pair[1].position == pair[0].position + 1) {
                    let pairs = read[0].iter().flat_map(|a| read[1].iter().map(move |b| (a, b)));
                    texts.follow.extend(pairs);
                }
                texts.latin.extend(latin_words(&units));
            }
        }
        texts
    }
}

impl Known for Texts {
    fn follows(&self, first: u16, second: u16) -> bool {
        self.follow.contains(&(first, second))
    }

    fn latin(&self, typed: &str) -> Result<Vec<String>, SearchError> {
        Ok(self.latin.iter().filter(|word| typos::begins_near(typed, word)).cloned().collect())
    }
}
