//! What bureaus write in the cells of their ledgers.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Deserializer};

use super::fold::folded;
use super::source::{File, Files, ReferenceError};
use crate::leads::model::{SourceKind, Stage, Status};

/// All words of cells, folded.
#[derive(Debug)]
pub struct ValueWords {
    nothing: HashSet<String>,
    ditto: HashSet<String>,
    /// Ends of a line of sums.
    pub subtotal: Vec<String>,
    /// Beginnings of a line about the sheet.
    pub line_marks: Vec<String>,
    /// Beginnings of the cell that gives a sheet's units.
    pub unit_marks: Vec<String>,
    /// Parts of an amount that make it inexact, the longest first; `false` for those that say nothing.
    pub approximate: Vec<(String, bool)>,
    /// Words for the yuan, the longest first.
    pub own_currency: Vec<String>,
    /// Words for other currencies, the longest first.
    pub foreign_currency: Vec<String>,
    /// Units of money, the longest word first.
    pub money: Vec<Money>,
    /// Units of land in mu, the longest word first.
    pub land: Vec<Measure>,
    /// Units of floor area in square metres, the longest word first.
    pub area: Vec<Measure>,
    /// Units of people, the longest word first.
    pub people: Vec<Measure>,
    stages: HashMap<String, StageWord>,
    stage_before: Vec<String>,
    stage_after: Vec<String>,
    /// The longest first.
    sources: Vec<(String, SourceKind)>,
    chamber_ends: Vec<String>,
    chamber_after: Vec<String>,
    chamber_kinds: Vec<String>,
}

/// A unit of money.
#[derive(Debug, Clone)]
pub struct Money {
    pub word: String,
    /// One of it in fen.
    pub fen: i64,
}

/// A unit of anything else.
#[derive(Debug, Clone)]
pub struct Measure {
    pub word: String,
    /// One of it in the field's own unit.
    pub per: f64,
}

/// What a word for a stage means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageWord {
    pub stage: Stage,
    pub status: Status,
    /// The warning that goes with it; the word is then kept.
    pub warning: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValuesFile {
    nothing: Vec<Word>,
    ditto: Vec<Word>,
    subtotal: Vec<Word>,
    line_marks: Vec<Word>,
    unit_marks: Vec<Word>,
    approximate: Approximate,
    currency: Currency,
    money: Vec<MoneyEntry>,
    land: Vec<MeasureEntry>,
    area: Vec<MeasureEntry>,
    people: Vec<MeasureEntry>,
    stage_decorations: Decorations,
    stage: Vec<StageEntry>,
    source: Vec<SourceEntry>,
    #[serde(default)]
    chamber_names: ChamberNames,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Approximate {
    words: Vec<Word>,
    exact: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Currency {
    own: Vec<Word>,
    foreign: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyEntry {
    word: Word,
    #[serde(default)]
    also: Vec<Word>,
    fen: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureEntry {
    word: Word,
    #[serde(default)]
    also: Vec<Word>,
    per: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decorations {
    before: Vec<Word>,
    after: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageEntry {
    stage: Stage,
    status: Option<Status>,
    warning: Option<String>,
    words: Vec<Word>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChamberNames {
    ends: Vec<Word>,
    after: Vec<Word>,
    kinds: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceEntry {
    kind: SourceKind,
    words: Vec<Word>,
}

/// A word in the form in which it is compared.
struct Word(String);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(|word| Self(folded(&word)))
    }
}

impl ValueWords {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("ledger-values.toml")?;
        let found: ValuesFile = file.toml()?;
        let exact: HashSet<String> = plain(found.approximate.exact).into_iter().collect();
        let approximate = longest_first(found.approximate.words);
        Ok(Self {
            nothing: plain(found.nothing).into_iter().collect(),
            ditto: plain(found.ditto).into_iter().collect(),
            subtotal: plain(found.subtotal),
            line_marks: plain(found.line_marks),
            unit_marks: plain(found.unit_marks),
            approximate: approximate.into_iter().map(|word| (word.clone(), !exact.contains(&word))).collect(),
            own_currency: longest_first(found.currency.own),
            foreign_currency: longest_first(found.currency.foreign),
            money: money(found.money),
            land: measures(found.land),
            area: measures(found.area),
            people: measures(found.people),
            stages: stages(found.stage, &file)?,
            stage_before: plain(found.stage_decorations.before),
            stage_after: plain(found.stage_decorations.after),
            sources: sources(found.source, &file)?,
            chamber_ends: plain(found.chamber_names.ends),
            chamber_after: plain(found.chamber_names.after),
            chamber_kinds: plain(found.chamber_names.kinds),
        })
    }

    /// Whether a text says that there is nothing to say: empty, one of the words, or one of the marks repeated.
    pub fn is_nothing(&self, text: &str) -> bool {
        let text = folded(text);
        let mut letters = text.chars();
        let Some(first) = letters.next() else { return true };
        self.nothing.contains(&text)
            || letters.all(|c| c == first) && self.nothing.contains(first.to_string().as_str())
    }

    /// Whether a text repeats the cell above.
    pub fn is_ditto(&self, text: &str) -> bool {
        self.ditto.contains(&folded(text))
    }

    /// What a stage's word means: as it stands, or without what hangs around it.
    pub fn stage(&self, text: &str) -> Option<&StageWord> {
        let text = folded(text);
        let text = text.as_str();
        let starts = self.stage_before.iter().filter_map(|word| text.strip_prefix(word.as_str()));
        for start in std::iter::once(text).chain(starts) {
            let ends = self.stage_after.iter().filter_map(|word| start.strip_suffix(word.as_str()));
            if let Some(meaning) = std::iter::once(start).chain(ends).find_map(|word| self.stages.get(word)) {
                return Some(meaning);
            }
        }
        None
    }

    /// The source that a text names: its word, else the longest word that it holds, of equal ones the first in the text.
    pub fn source(&self, text: &str) -> Option<SourceKind> {
        let text = folded(text);
        let exact = self.sources.iter().find(|(word, _)| *word == text);
        let held = || {
            let found =
                self.sources.iter().filter_map(|(word, kind)| Some((word, kind, text.find(word.as_str())?)));
            found.min_by_key(|(word, _, at)| (Reverse(word.chars().count()), *at)).map(|(_, kind, _)| *kind)
        };
        exact.map(|(_, kind)| *kind).or_else(held)
    }

    /// The chamber that a source's text names beside saying that there was one: 深圳市钦州商会推荐, 商会:东莞市钦州商会.
    pub fn chamber_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        let text = text.trim();
        let marks = ['(', ')', '（', '）', ':', '：', ' ', '、', ',', '，'];
        self.chamber_name(text).or_else(|| text.split(marks).find_map(|part| self.chamber_name(part)))
    }

    fn chamber_name<'a>(&self, text: &'a str) -> Option<&'a str> {
        let ends = || self.chamber_ends.iter().map(String::as_str);
        let end = ends().filter_map(|word| Some(text.rfind(word)? + word.len())).max()?;
        let (name, rest) = text.split_at(end);
        let own = ends().filter_map(|word| name.strip_suffix(word)).min_by_key(|own| own.len())?;
        if own.chars().count() < 2 || self.chamber_kinds.iter().any(|word| word == own) {
            return None;
        }
        // A bracket behind the name is part of it.
        let is_bracket = rest.starts_with(['(', '（']) && rest.ends_with([')', '）']);
        match is_bracket {
            true => Some(text),
            false => (rest.is_empty() || self.chamber_after.iter().any(|word| word == rest)).then_some(name),
        }
    }
}

fn plain(words: Vec<Word>) -> Vec<String> {
    words.into_iter().map(|word| word.0).collect()
}

fn longest_first(words: Vec<Word>) -> Vec<String> {
    let mut words = plain(words);
    words.sort_by_key(|word| Reverse(word.len()));
    words
}

fn money(entries: Vec<MoneyEntry>) -> Vec<Money> {
    let words = |entry: MoneyEntry| {
        let fen = entry.fen;
        entry.also.into_iter().chain([entry.word]).map(move |word| Money { word: word.0, fen })
    };
    let mut all: Vec<Money> = entries.into_iter().flat_map(words).collect();
    all.sort_by_key(|unit| Reverse(unit.word.len()));
    all
}

fn measures(entries: Vec<MeasureEntry>) -> Vec<Measure> {
    let words = |entry: MeasureEntry| {
        let per = entry.per;
        entry.also.into_iter().chain([entry.word]).map(move |word| Measure { word: word.0, per })
    };
    let mut all: Vec<Measure> = entries.into_iter().flat_map(words).collect();
    all.sort_by_key(|unit| Reverse(unit.word.len()));
    all
}

fn stages(entries: Vec<StageEntry>, file: &File) -> Result<HashMap<String, StageWord>, ReferenceError> {
    let mut all = HashMap::new();
    for StageEntry { stage, status, warning, words } in entries {
        let meaning = StageWord { stage, status: status.unwrap_or(Status::Active), warning };
        for Word(word) in words {
            if all.get(&word).is_some_and(|other| *other != meaning) {
                return Err(
                    file.fault(format!("stage {stage}"), format!("the word {word} already means another"))
                );
            }
            all.insert(word, meaning.clone());
        }
    }
    Ok(all)
}

fn sources(entries: Vec<SourceEntry>, file: &File) -> Result<Vec<(String, SourceKind)>, ReferenceError> {
    let mut all: Vec<(String, SourceKind)> = Vec::new();
    for SourceEntry { kind, words } in entries {
        for Word(word) in words {
            if all.iter().any(|(other, of)| *other == word && *of != kind) {
                return Err(
                    file.fault(format!("source {kind}"), format!("the word {word} already means another"))
                );
            }
            all.push((word, kind));
        }
    }
    all.sort_by_key(|(word, _)| Reverse(word.chars().count()));
    Ok(all)
}
