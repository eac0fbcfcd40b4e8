//! Answering a query.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::bits::Bits;
use super::facets::{self, Facets};
use super::phrase;
use super::rank::Best;
use super::schema::{Fields, TextField};
use super::scope;
use super::segment::Segment;
use super::{compile, highlight, near};
use crate::search::answer::{SearchAnswer, SearchHit};
use crate::search::error::SearchError;
use crate::search::fields::{FieldSet, LeadField};
use crate::search::query::SearchQuery;
use crate::search::settings::{FieldKind, Settings};
use crate::search::tokens::grams::{SOUND, whole_text};
use crate::search::tokens::units::units;
use crate::search::tokens::{MatchKind, Pattern, Word, words};

/// Fewer hits than this, and what lies near the words is looked for too.
const FEW: u64 = 3;
/// A title or company that is the query itself comes before anything that only holds it.
const WHOLE_BONUS: f32 = 1_000.0;
/// Several words side by side count this much of a match of the whole.
const JOINED_SHARE: f32 = 0.5;

/// One query over one state of the index.
pub(super) struct Lookup<'a> {
    searcher: &'a Searcher,
    settings: &'a Settings,
    segments: Vec<Segment<'a>>,
    /// The text fields that the asker may match, heaviest first.
    texts: Vec<TextField>,
    followed: RefCell<HashMap<(u16, u16), bool>>,
}

/// What one round of looking up found.
struct Round {
    best: Best,
    total: u64,
    facets: Facets,
}

/// Answers the query from what the searcher sees.
pub(super) fn answer(
    searcher: &Searcher,
    fields: &Fields,
    settings: &Settings,
    query: &SearchQuery,
) -> Result<SearchAnswer, SearchError> {
    let began = Instant::now();
    query.check()?;
    let lookup = Lookup::new(searcher, fields, settings, query.fields);
    let words = words::words(&query.text, &settings.language);
    if words.is_empty() && !query.text.trim().is_empty() {
        return Ok(SearchAnswer::default());
    }
    let mut choices = lookup.choices(&words, query.as_you_type);
    let mut round = lookup.round(query, &words, &choices)?;
    let mut approximate = false;
    if round.total < FEW && !words.is_empty() {
        choices = lookup.choices(&words, true);
        for (patterns, word) in choices.iter_mut().zip(&words) {
            patterns.extend(near::patterns(&lookup, settings, word)?);
        }
        let wider = lookup.round(query, &words, &choices)?;
        approximate = wider.total > round.total;
        round = wider;
    }
    let page = round.best.in_order().into_iter().skip(query.offset).take(query.limit);
    let hits =
        page.map(|(score, at)| lookup.hit(score, at, &choices, query.highlight)).collect::<Result<_, _>>()?;
    let took_ms = began.elapsed().as_secs_f64() * 1_000.0;
    Ok(SearchAnswer { hits, total: round.total, facets: round.facets, approximate, took_ms })
}

impl<'a> Lookup<'a> {
    fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        settings: &'a Settings,
        allowed: FieldSet,
    ) -> Lookup<'a> {
        let segments = searcher.segment_readers().iter().map(|reader| Segment { reader, fields }).collect();
        let texts = fields.texts.iter().filter(|field| allowed.has(field.name)).copied().collect();
        Lookup { searcher, settings, segments, texts, followed: RefCell::default() }
    }

    /// Every text column that the asker may match, lightest first: long texts hold most.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&Segment<'a>, &TextField)> {
        self.texts.iter().rev().flat_map(|field| self.segments.iter().map(move |segment| (segment, field)))
    }

    /// Whether two syllables follow one another in any text that the asker may match.
    pub(super) fn follows(&self, first: u16, second: u16) -> bool {
        if let Some(known) = self.followed.borrow().get(&(first, second)) {
            return *known;
        }
        let syllables = self.settings.language.syllables();
        let term = format!("{SOUND}{} {}", syllables.letters(first), syllables.letters(second));
        // A column that cannot be read says so when the pattern itself is looked up.
        let has = |(segment, field): (&Segment<'a>, &TextField)| {
            let terms = segment.terms_of(field.positional).map(|column| column.terms().get(&term));
            !matches!(terms, Ok(Ok(None)))
        };
        let found = self.columns().filter(|(_, field)| field.single.is_some()).any(has);
        self.followed.borrow_mut().insert((first, second), found);
        found
    }

    /// What each word may stand for.
    fn choices(&self, words: &[Word], unfinished: bool) -> Vec<Vec<Pattern>> {
        let last = words.len().saturating_sub(1);
        let patterns = |(i, word): (usize, &Word)| {
            word.patterns(&self.settings.language, unfinished && i == last, &mut |a, b| self.follows(a, b))
        };
        words.iter().enumerate().map(patterns).collect()
    }

    fn round(
        &self,
        query: &SearchQuery,
        words: &[Word],
        choices: &[Vec<Pattern>],
    ) -> Result<Round, SearchError> {
        let joined = (words.len() > 1).then(|| Word::joined(words));
        let joined =
            joined.map(|word| word.patterns(&self.settings.language, false, &mut |a, b| self.follows(a, b)));
        let whole = whole_text(&units(&query.text, &self.settings.language));
        let mut round =
            Round { best: Best::new(query.offset + query.limit), total: 0, facets: Facets::new() };
        let facets = query.facets.iter().filter(|field| query.fields.has_facet(**field));
        round.facets.extend(facets.map(|field| (*field, BTreeMap::new())));
        for (ordinal, segment) in (0..).zip(&self.segments) {
            let mut matching = scope::in_scope(segment, &query.scope)?;
            let filtered = scope::filtered(segment, &query.filters)?;
            let mut scores = vec![0.0; if words.is_empty() { 0 } else { segment.documents() as usize }];
            for patterns in choices {
                matching = self.score(segment, patterns, &matching, 1.0, &mut scores)?;
            }
            for (field, counts) in &mut round.facets {
                facets::count(segment, *field, &matching, &filtered, counts)?;
            }
            filtered.values().for_each(|passing| matching.and(passing));
            round.total += matching.count();
            if let Some(patterns) = &joined {
                self.score(segment, patterns, &matching, JOINED_SHARE, &mut scores)?;
            }
            if let Some(whole) = whole.as_ref().filter(|_| !words.is_empty()) {
                self.score_whole(segment, whole, &matching, &mut scores)?;
            }
            round.best.take(segment, ordinal, &matching, &scores)?;
        }
        Ok(round)
    }

    /// The documents among `within` that hold one of the patterns. Each gains the score of its best match.
    fn score(
        &self,
        segment: &Segment<'_>,
        patterns: &[Pattern],
        within: &Bits,
        share: f32,
        scores: &mut [f32],
    ) -> Result<Bits, SearchError> {
        let mut left = within.clone();
        let mut found = Bits::none(segment.documents());
        for (score, field, plans) in self.tiers(patterns) {
            let mut tier = Bits::none(segment.documents());
            for plan in &plans {
                tier.or(&phrase::find(segment, &field, plan, &left)?);
            }
            for document in tier.iter() {
                if let Some(place) = scores.get_mut(document as usize) {
                    *place += score * share;
                }
            }
            left.and_not(&tier);
            found.or(&tier);
            if left.is_empty() {
                break;
            }
        }
        Ok(found)
    }

    /// What to look for where, by falling score.
    fn tiers(&self, patterns: &[Pattern]) -> Vec<(f32, TextField, Vec<compile::Plan>)> {
        let mut tiers = Vec::new();
        for field in &self.texts {
            for kind in [MatchKind::Literal, MatchKind::Pinyin, MatchKind::Initials, MatchKind::Approximate] {
                let of_kind = patterns.iter().filter(|pattern| pattern.kind == kind);
                let plan = |pattern| match field.kind {
                    FieldKind::Code if kind == MatchKind::Literal => compile::for_code(pattern),
                    FieldKind::Code => None,
                    _ => compile::for_text(pattern, &self.settings.language),
                };
                let plans: Vec<compile::Plan> = of_kind.filter_map(plan).collect();
                if !plans.is_empty() {
                    tiers.push((field.weight * share_of(kind), *field, plans));
                }
            }
        }
        tiers.sort_by(|a, b| b.0.total_cmp(&a.0));
        tiers
    }

    fn score_whole(
        &self,
        segment: &Segment<'_>,
        whole: &str,
        within: &Bits,
        scores: &mut [f32],
    ) -> Result<(), SearchError> {
        for field in self.texts.iter().filter(|field| field.kind == FieldKind::Name) {
            if let Some(single) = field.single {
                let mut equal = segment.with_term(single, whole)?;
                equal.and(within);
                for document in equal.iter() {
                    if let Some(place) = scores.get_mut(document as usize) {
                        *place += WHOLE_BONUS * field.weight;
                    }
                }
            }
        }
        Ok(())
    }

    fn hit(
        &self,
        score: f32,
        at: DocAddress,
        choices: &[Vec<Pattern>],
        highlight: bool,
    ) -> Result<SearchHit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let fields = self.segments.first().map(|segment| segment.fields);
        let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let id = fields.map_or("", |fields| text(fields.id));
        let code = fields.and_then(|f| f.texts.iter().find(|t| t.name == LeadField::Code));
        let code = code.map_or("", |field| text(field.positional));
        let mut highlights = BTreeMap::new();
        for field in self.texts.iter().filter(|_| highlight) {
            let marked =
                highlight::marked(text(field.positional), field.kind, choices, &self.settings.language);
            highlights.extend(marked.map(|html| (field.name, html)));
        }
        Ok(SearchHit { id: id.to_owned(), code: code.to_owned(), score, highlights })
    }
}

/// How much of a field's weight a kind of match is worth.
fn share_of(kind: MatchKind) -> f32 {
    match kind {
        MatchKind::Literal => 1.0,
        MatchKind::Pinyin => 0.6,
        MatchKind::Initials => 0.3,
        MatchKind::Approximate => 0.1,
    }
}
