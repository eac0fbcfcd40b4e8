//! The queries that a question is asked by. A lead is an answer when any of them finds it, and stands as high as the
//! best of them puts it.

use std::collections::{BTreeSet, HashSet};

use super::attributes::{self, Column, Tier};
use super::near_terms;
use super::record;
use super::terms::{self, Term, Terms};
use crate::search::fields::FieldSet;
use crate::search::settings::{FieldKind, Searchable, Settings};
use crate::search::tokens::{MatchKind, Word};

/// The server looks at so many words of a query.
const MOST_TERMS: usize = 10;
/// Ways of having all words as typed, of having them side by side, and of nearly having them.
const MOST_EXACT: usize = 16;
const MOST_JOINED: usize = 4;
const MOST_NEAR: usize = 400;

/// Words side by side lift a lead within its tier.
const JOINED: f32 = 0.1;
/// Syllables side by side, `xia men` for 厦门, lift it above any tier of scattered ones.
const AS_ONE_WORD: f32 = 1.0;
/// A name that is the query itself comes before anything that only holds it.
const WHOLE: f32 = 2.0;
/// One that only sounds like the query counts this much of it.
const BY_SOUND: f32 = 0.5;
/// And so much of that, if it sounds so only when the query is cut into more syllables.
const MORE_SYLLABLES: f32 = 0.98;
/// What is only near comes after everything else.
const NEAR: f32 = 0.05;

/// One query.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub(super) terms: Terms,
    /// Where the terms may stand; not asked without terms.
    pub(super) attributes: Vec<String>,
    /// Only leads with one of these names as a whole.
    pub(super) whole: Vec<String>,
    pub(super) weight: f32,
    /// Whether it finds leads that the others do not: these queries alone say how many there are.
    pub(super) decides: bool,
}

impl Asked {
    /// As it is put to the server. Quotes forbid slips and beginnings, which only the last word is allowed.
    pub(super) fn text(&self) -> String {
        let near = |term: &&Term| matches!(term, Term::Near(_));
        let exact = self.terms.iter().filter(|term| !near(term));
        let in_order = exact.chain(self.terms.iter().filter(near));
        let words = in_order.map(|term| match term {
            Term::Exact(term) => format!("\"{term}\""),
            Term::Near(term) => term.clone(),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// What a question is made of.
pub(super) struct Question<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) fields: FieldSet,
    pub(super) settings: &'a Settings,
}

impl Question<'_> {
    /// The queries for the words as typed; none when the asker may match nothing.
    pub(super) fn exact(&self) -> Vec<Asked> {
        if self.words.is_empty() {
            return vec![Question::everything()];
        }
        let language = &self.settings.language;
        let tiers = attributes::tiers(self.settings, self.fields);
        let choices: Vec<Vec<Terms>> = self.words.iter().map(|word| terms::choices(word, language)).collect();
        let together = combined(&choices, MOST_EXACT);
        let mut asked: Vec<Asked> =
            together.iter().flat_map(|terms| in_tiers(terms, &tiers, 0.0, true)).collect();
        if self.words.len() > 1 {
            let joined = Word::joined(self.words);
            let is_spelt = self.words.iter().all(Word::is_spelt);
            let by_sound = if is_spelt { terms::by_sound(&joined, language) } else { Vec::new() };
            let lift = |terms| if by_sound.contains(terms) { AS_ONE_WORD } else { JOINED };
            asked.extend(terms::choices(&joined, language).iter().take(MOST_JOINED).flat_map(|terms| {
                in_tiers(&terms::within(&[terms], MOST_TERMS), &tiers, lift(terms), false)
            }));
        }
        if let Some(all) = tiers.last() {
            for (whole, weight) in self.wholes() {
                for terms in &together {
                    let (terms, attributes) = (terms.clone(), all.attributes.clone());
                    asked.push(Asked {
                        terms,
                        attributes,
                        whole: vec![whole.clone()],
                        weight,
                        decides: false,
                    });
                }
            }
        }
        asked.extend(self.wholes_by_sound());
        asked
    }

    /// The queries for names that are the query by sound or by initials: they hold its terms, and are as long as it may be
    /// meant.
    fn wholes_by_sound(&self) -> Vec<Asked> {
        let language = &self.settings.language;
        let word = if let [only] = self.words { only.clone() } else { Word::joined(self.words) };
        let patterns = word.patterns(language, false, &mut |_, _| true);
        let lengths: BTreeSet<usize> = patterns
            .iter()
            .filter(|pattern| matches!(pattern.kind, MatchKind::Pinyin | MatchKind::Initials))
            .map(|pattern| pattern.units.len())
            .collect();
        if lengths.is_empty() {
            return Vec::new();
        }
        let choices = terms::choices(&word, language);
        let mut asked = Vec::new();
        for name in self.names() {
            let columns = Column::of(name.kind).iter().filter(|column| **column != Column::Words);
            let attributes: Vec<String> = columns.map(|column| column.name(name.field)).collect();
            let whole: Vec<String> = lengths.iter().map(|units| record::long(name.field, *units)).collect();
            let weight = WHOLE * BY_SOUND * name.weight;
            let of_length = |whole: &[String], weight| {
                let asked = |terms| Asked {
                    terms: terms::within(&[terms], MOST_TERMS),
                    attributes: attributes.clone(),
                    whole: whole.to_vec(),
                    weight,
                    decides: false,
                };
                choices.iter().take(MOST_JOINED).map(asked).collect::<Vec<_>>()
            };
            // What is cut into the fewest syllables is meant first: guang xi, and not gu ang xi.
            let (fewest, _) = whole.split_at(1.min(whole.len()));
            asked.extend(of_length(fewest, weight));
            if whole.len() > 1 {
                asked.extend(of_length(&whole, weight * MORE_SYLLABLES));
            }
        }
        asked
    }

    /// The query for every lead that the conditions let through.
    pub(super) fn everything() -> Asked {
        Asked { terms: Vec::new(), attributes: Vec::new(), whole: Vec::new(), weight: 1.0, decides: true }
    }

    /// The queries for the leads that have an unwanted word: its very characters, in any field that the asker may match.
    pub(super) fn unwanted(word: &Word, settings: &Settings, fields: FieldSet) -> Option<Asked> {
        let attributes = attributes::all(settings, fields);
        let terms = terms::within(&[&terms::literal(word)], MOST_TERMS);
        let asked = Asked { terms, attributes, whole: Vec::new(), weight: 1.0, decides: true };
        (!asked.attributes.is_empty() && !asked.terms.is_empty()).then_some(asked)
    }

    /// The queries for what lies near, beside those for the words as typed.
    pub(super) fn near(&self) -> Vec<Asked> {
        let attributes = attributes::all(self.settings, self.fields);
        if attributes.is_empty() {
            // Asked without attributes, the server would look into all of them.
            return Vec::new();
        }
        let language = &self.settings.language;
        let (mut exact, mut wider) = (Vec::new(), Vec::new());
        for word in self.words {
            let mut choices = terms::choices(word, language);
            exact.push(choices.clone());
            choices.extend(near_terms::choices(word, self.settings));
            wider.push(choices);
        }
        let exact: HashSet<Terms> = combined(&exact, MOST_EXACT).into_iter().collect();
        let wider = combined(&wider, MOST_NEAR).into_iter().filter(|terms| !exact.contains(terms));
        let asked = |terms| {
            let attributes = attributes.clone();
            Asked { terms, attributes, whole: Vec::new(), weight: NEAR, decides: true }
        };
        wider.map(asked).collect()
    }

    /// The query as a name, for each field that may have it, with what that is worth.
    fn wholes(&self) -> Vec<(String, f32)> {
        let whole = |field: &Searchable| {
            Some((record::whole(field.field, self.text, self.settings)?, WHOLE * field.weight))
        };
        self.names().filter_map(whole).collect()
    }

    /// The names that may be matched.
    fn names(&self) -> impl Iterator<Item = &Searchable> {
        let names = self.settings.searchable.iter();
        names.filter(|field| field.kind == FieldKind::Name && self.fields.has(field.field))
    }
}

fn in_tiers(terms: &Terms, tiers: &[Tier], lift: f32, decides: bool) -> Vec<Asked> {
    let last = tiers.len().saturating_sub(1);
    let of_tier = |(i, tier): (usize, &Tier)| Asked {
        terms: terms.clone(),
        attributes: tier.attributes.clone(),
        whole: Vec::new(),
        weight: tier.weight + lift,
        decides: decides && i == last,
    };
    tiers.iter().enumerate().map(of_tier).collect()
}

/// One choice of each word, in every way; of so many ways the first, which are the likeliest.
fn combined(choices: &[Vec<Terms>], most: usize) -> Vec<Terms> {
    let mut ways: Vec<Vec<&Terms>> = vec![Vec::new()];
    for of_word in choices {
        let longer = ways.iter().flat_map(|way| {
            of_word.iter().map(move |terms| way.iter().copied().chain([terms]).collect::<Vec<_>>())
        });
        ways = longer.take(most).collect();
    }
    let mut known = HashSet::new();
    let terms = ways.iter().map(|way| terms::within(way, MOST_TERMS));
    terms.filter(|terms| known.insert(terms.clone())).collect()
}
