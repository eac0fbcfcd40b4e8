//! Answering a query: every word's documents, in scope, then filters, counts and the best of them.

use std::collections::{BTreeMap, HashSet};
use std::time::Instant;

use tantivy::{DocAddress, Searcher};

use super::bits::Bits;
use super::facets::{self, Facets};
use super::kept::Kept;
use super::lookup::Lookup;
use super::rank::Best;
use super::schema::{Fields, TextField};
use super::scope;
use super::tiers::{self, Tiers, Wholes};
use crate::search::answer::SearchAnswer;
use crate::search::error::SearchError;
use crate::search::near;
use crate::search::query::SearchQuery;
use crate::search::settings::{FieldKind, Settings};
use crate::search::tokens::grams::whole_text;
use crate::search::tokens::units::units;
use crate::search::tokens::{MatchKind, Pattern, Typed, Word, words};

/// Several words side by side count this much of a match of the whole.
const JOINED_SHARE: f32 = 0.5;

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
    kept: &Kept,
    settings: &Settings,
    query: &SearchQuery,
) -> Result<SearchAnswer, SearchError> {
    let began = Instant::now();
    query.check()?;
    let lookup = Lookup::new(searcher, fields, kept, settings, query.fields);
    let typed = words::typed(&query.text, &settings.language);
    let nothing_asked = typed.wanted.is_empty() && typed.unwanted.is_empty();
    if nothing_asked && !query.text.trim().is_empty() {
        return Ok(SearchAnswer::default());
    }
    let mut choices = lookup.choices(&typed.wanted, query.as_you_type);
    let mut round = round(&lookup, query, &typed, &choices)?;
    let mut approximate = false;
    if round.total < near::FEW && !typed.wanted.is_empty() && !query.exact {
        choices = lookup.choices(&typed.wanted, true);
        for (patterns, word) in choices.iter_mut().zip(&typed.wanted) {
            patterns.extend(near::patterns(&lookup, settings, word)?);
        }
        let wider = self::round(&lookup, query, &typed, &choices)?;
        approximate = wider.total > round.total;
        round = wider;
    }
    let page: Vec<(f32, DocAddress)> =
        round.best.in_order().into_iter().skip(query.offset).take(query.limit).collect();
    let in_papers = if query.highlight { in_papers(&lookup, &choices, &page)? } else { HashSet::new() };
    let hits = page.into_iter().map(|(score, at)| {
        let shown = |field: &TextField| {
            query.highlight && (field.kind != FieldKind::Papers || in_papers.contains(&at))
        };
        lookup.hit(score, at, &choices, shown)
    });
    let hits = hits.collect::<Result<_, _>>()?;
    let took_ms = began.elapsed().as_secs_f64() * 1_000.0;
    Ok(SearchAnswer { hits, total: round.total, facets: round.facets, approximate, took_ms })
}

/// The hits in whose papers a word stands: papers are long, and looking through those of the others would be in vain.
fn in_papers(
    lookup: &Lookup<'_>,
    choices: &[Vec<Pattern>],
    hits: &[(f32, DocAddress)],
) -> Result<HashSet<DocAddress>, SearchError> {
    let papers = || lookup.texts().iter().filter(|field| field.kind == FieldKind::Papers);
    let mut found = HashSet::new();
    for (ordinal, segment) in (0..).zip(lookup.segments()) {
        let mut of_segment = Bits::none(segment.documents());
        let here = hits.iter().filter(|(_, at)| at.segment_ord == ordinal);
        here.for_each(|(_, at)| of_segment.insert(at.doc_id));
        for patterns in choices.iter().filter(|_| !of_segment.is_empty()) {
            let word = Tiers::of(papers(), lookup.language(), patterns, 1.0);
            let holding = word.find(segment, &of_segment, &mut [])?;
            found.extend(holding.iter().map(|document| DocAddress::new(ordinal, document)));
        }
    }
    Ok(found)
}

fn round(
    lookup: &Lookup<'_>,
    query: &SearchQuery,
    typed: &Typed,
    choices: &[Vec<Pattern>],
) -> Result<Round, SearchError> {
    let words = &typed.wanted;
    let tiers = |patterns: &[Pattern], share| Tiers::new(lookup, patterns, share);
    let unwanted: Vec<Tiers> = typed.unwanted.iter().map(|word| tiers(&[word.literal()], 1.0)).collect();
    let wanted: Vec<Tiers> = choices.iter().map(|patterns| tiers(patterns, 1.0)).collect();
    let joined = lookup.choices(&[Word::joined(words)], false);
    let joined = joined.first().filter(|_| words.len() > 1);
    let by_sound = joined.or(choices.first().filter(|_| words.len() == 1));
    let by_sound = by_sound.map(|patterns| Wholes::of(patterns, lookup.language()));
    // `xia men`: 厦门 is meant, in whichever field it stands. So it is worth what all words scattered over the heaviest one
    // would be, on top of its own.
    let as_one_word = joined.filter(|_| words.iter().all(Word::is_spelt)).map(|patterns| {
        let sounds = patterns.iter().filter(|pattern| pattern.kind == MatchKind::Pinyin);
        tiers(&sounds.cloned().collect::<Vec<_>>(), 1.0)
    });
    let heaviest = lookup.texts().first().map_or(0.0, |field| field.weight);
    let scattered: f32 = words.iter().map(|_| heaviest).sum();
    let joined = joined.map(|patterns| tiers(patterns, JOINED_SHARE));
    let whole = whole_text(&units(&typed.text, lookup.language())).filter(|_| !words.is_empty());

    let mut round = Round { best: Best::new(query.offset + query.limit), total: 0, facets: Facets::new() };
    let counted = query.facets.iter().filter(|field| query.fields.has_facet(**field));
    round.facets.extend(counted.map(|field| (*field, BTreeMap::new())));
    for (ordinal, segment) in (0..).zip(lookup.segments()) {
        let mut matching = scope::in_scope(segment, query)?;
        let filtered = scope::filtered(segment, &query.filters)?;
        let mut scores = vec![0.0; if words.is_empty() { 0 } else { segment.documents() as usize }];
        for word in &wanted {
            matching = word.find(segment, &matching, &mut scores)?;
        }
        for word in &unwanted {
            let having = word.find(segment, &matching, &mut [])?;
            matching.and_not(&having);
        }
        for (field, counts) in &mut round.facets {
            facets::count(segment, *field, &matching, &filtered, counts)?;
        }
        filtered.values().for_each(|passing| matching.and(passing));
        round.total += matching.count();
        if let Some(joined) = &joined {
            joined.find(segment, &matching, &mut scores)?;
        }
        if let Some(as_one_word) = &as_one_word {
            let having = as_one_word.find(segment, &matching, &mut [])?;
            tiers::add(scattered, &having, &mut scores);
        }
        if let Some(whole) = &whole {
            tiers::add_whole(lookup, segment, whole, &matching, &mut scores)?;
        }
        if let Some(by_sound) = &by_sound {
            by_sound.add(lookup, segment, &matching, &mut scores)?;
        }
        round.best.take(segment, ordinal, &matching, &scores)?;
    }
    Ok(round)
}
