//! One query over one state of the index: what the asker may look into.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::kept::Kept;
use super::schema::{Fields, TextField};
use super::segment::Segment;
use super::terms::beginning_with;
use crate::search::answer::SearchHit;
use crate::search::error::SearchError;
use crate::search::fields::{FieldSet, LeadField};
use crate::search::highlight;
use crate::search::near::Known;
use crate::search::settings::Settings;
use crate::search::tokens::grams::{SOUND, WORD};
use crate::search::tokens::{Language, Pattern, Word, typos};

pub(super) struct Lookup<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    settings: &'a Settings,
    segments: Vec<Segment<'a>>,
    /// The text fields that the asker may match, heaviest first.
    texts: Vec<TextField>,
    followed: RefCell<HashMap<(u16, u16), bool>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        kept: &'a Kept,
        settings: &'a Settings,
        allowed: FieldSet,
    ) -> Lookup<'a> {
        let segment = |reader| Segment { reader, fields, kept };
        let segments = searcher.segment_readers().iter().map(segment).collect();
        let texts = fields.texts.iter().filter(|field| allowed.has(field.name)).copied().collect();
        Lookup { searcher, fields, settings, segments, texts, followed: RefCell::default() }
    }

    pub(super) fn language(&self) -> &'a Language {
        &self.settings.language
    }

    pub(super) fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    /// The text fields that the asker may match, heaviest first.
    pub(super) fn texts(&self) -> &[TextField] {
        &self.texts
    }

    /// Every text column that the asker may match, lightest first: long texts hold most.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&Segment<'a>, &TextField)> {
        self.texts.iter().rev().flat_map(|field| self.segments.iter().map(move |segment| (segment, field)))
    }

    /// What each word may stand for; `unfinished` is said of the last.
    pub(super) fn choices(&self, words: &[Word], unfinished: bool) -> Vec<Vec<Pattern>> {
        let last = words.len().saturating_sub(1);
        let patterns = |(i, word): (usize, &Word)| {
            word.patterns(self.language(), unfinished && i == last, &mut |a, b| self.follows(a, b))
        };
        words.iter().enumerate().map(patterns).collect()
    }

    /// The lead at this address, with the patterns of each word marked in the fields that are shown.
    pub(super) fn hit(
        &self,
        score: f32,
        at: DocAddress,
        choices: &[Vec<Pattern>],
        shown: impl Fn(&TextField) -> bool,
    ) -> Result<SearchHit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let code = self.fields.texts.iter().find(|field| field.name == LeadField::Code);
        let code = code.map_or("", |field| text(field.positional)).to_owned();
        let mut highlights = BTreeMap::new();
        for field in self.texts.iter().filter(|field| shown(field)) {
            let marked = highlight::marked(text(field.positional), field.kind, choices, self.language());
            highlights.extend(marked.map(|html| (field.name, html)));
        }
        Ok(SearchHit { id: text(self.fields.id).to_owned(), code, score, highlights })
    }
}

/// The index, as far as the asker may match it.
impl Known for Lookup<'_> {
    fn follows(&self, first: u16, second: u16) -> bool {
        if let Some(known) = self.followed.borrow().get(&(first, second)) {
            return *known;
        }
        let syllables = self.language().syllables();
        let term = format!("{SOUND}{} {}", syllables.letters(first), syllables.letters(second));
        // A column that cannot be read says so when the pattern itself is looked up.
        let has = |(segment, field): (&Segment<'_>, &TextField)| {
            let terms = segment.terms_of(field.positional).map(|column| column.terms().get(&term));
            !matches!(terms, Ok(Ok(None)))
        };
        let found = self.columns().filter(|(_, field)| field.single.is_some()).any(has);
        self.followed.borrow_mut().insert((first, second), found);
        found
    }

    fn latin(&self, typed: &str) -> Result<Vec<String>, SearchError> {
        let mut near = BTreeSet::new();
        for (segment, field) in self.columns() {
            if let Some(single) = field.single {
                beginning_with(&*segment.terms_of(single)?, &WORD.to_string(), |word, _| {
                    let word = word.trim_start_matches(WORD);
                    if typos::begins_near(typed, word) {
                        near.insert(word.to_owned());
                    }
                })?;
            }
        }
        Ok(near.into_iter().collect())
    }
}
