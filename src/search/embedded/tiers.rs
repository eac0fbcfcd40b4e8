//! What a word's match is worth: the field's weight, less for letters that were only read as Chinese.

use super::bits::Bits;
use super::compile::{self, Plan};
use super::lookup::Lookup;
use super::phrase;
use super::schema::TextField;
use super::segment::Segment;
use crate::search::error::SearchError;
use crate::search::settings::FieldKind;
use crate::search::tokens::{Language, MatchKind, Pattern, grams};

/// A title or company that is the query itself comes before anything that only holds it.
const WHOLE_BONUS: f32 = 1_000.0;

/// Where to look for a word, by falling score.
pub(super) struct Tiers(Vec<Tier>);

struct Tier {
    score: f32,
    field: TextField,
    plans: Vec<Plan>,
}

impl Tiers {
    /// The places of a word that may stand for any of `patterns`; every score is multiplied by `share`.
    pub(super) fn new(lookup: &Lookup<'_>, patterns: &[Pattern], share: f32) -> Tiers {
        Tiers::of(lookup.texts().iter(), lookup.language(), patterns, share)
    }

    /// The same in some fields only.
    pub(super) fn of<'a>(
        fields: impl Iterator<Item = &'a TextField>,
        language: &Language,
        patterns: &[Pattern],
        share: f32,
    ) -> Tiers {
        let mut tiers = Vec::new();
        for field in fields {
            for kind in [MatchKind::Literal, MatchKind::Pinyin, MatchKind::Initials, MatchKind::Approximate] {
                let plan = |pattern| match field.kind {
                    FieldKind::Code if kind == MatchKind::Literal => compile::for_code(pattern),
                    FieldKind::Code => None,
                    FieldKind::Name | FieldKind::Text | FieldKind::Papers => {
                        compile::for_text(pattern, language)
                    }
                };
                let of_kind = patterns.iter().filter(|pattern| pattern.kind == kind);
                let plans: Vec<Plan> = of_kind.filter_map(plan).collect();
                if !plans.is_empty() {
                    tiers.push(Tier { score: field.weight * share_of(kind) * share, field: *field, plans });
                }
            }
        }
        tiers.sort_by(|a, b| b.score.total_cmp(&a.score));
        Tiers(tiers)
    }

    /// The documents among `within` that hold the word. Each gains the score of its best place.
    pub(super) fn find(
        &self,
        segment: &Segment<'_>,
        within: &Bits,
        scores: &mut [f32],
    ) -> Result<Bits, SearchError> {
        let mut left = within.clone();
        let mut found = Bits::none(segment.documents());
        for Tier { score, field, plans } in &self.0 {
            if left.is_empty() {
                break;
            }
            let mut here = Bits::none(segment.documents());
            for plan in plans {
                here.or(&phrase::find(segment, field, plan, &left)?);
            }
            add(*score, &here, scores);
            left.and_not(&here);
            found.or(&here);
        }
        Ok(found)
    }
}

/// Lifts the documents among `within` that have a name of exactly this text.
pub(super) fn add_whole(
    lookup: &Lookup<'_>,
    segment: &Segment<'_>,
    whole: &str,
    within: &Bits,
    scores: &mut [f32],
) -> Result<(), SearchError> {
    for field in lookup.texts().iter().filter(|field| field.kind == FieldKind::Name) {
        if let Some(single) = field.single {
            let mut equal = segment.with_term(single, whole)?;
            equal.and(within);
            add(WHOLE_BONUS * field.weight, &equal, scores);
        }
    }
    Ok(())
}

/// Names that are the query by sound or by initials alone, by falling worth.
pub(super) struct Wholes(Vec<(f32, String, Plan)>);

impl Wholes {
    /// Of what the whole query may stand for.
    pub(super) fn of(patterns: &[Pattern], language: &Language) -> Wholes {
        let by_sound = |kind| matches!(kind, MatchKind::Pinyin | MatchKind::Initials);
        let whole = |pattern: &Pattern| {
            let plan = compile::for_text(pattern, language)?;
            Some((share_of(pattern.kind), grams::length(pattern.units.len()), plan))
        };
        let mut wholes: Vec<_> =
            patterns.iter().filter(|pattern| by_sound(pattern.kind)).filter_map(whole).collect();
        wholes.sort_by(|a, b| b.0.total_cmp(&a.0));
        Wholes(wholes)
    }

    /// Lifts the documents among `within` that have such a name: it holds the pattern, and is no longer.
    pub(super) fn add(
        &self,
        lookup: &Lookup<'_>,
        segment: &Segment<'_>,
        within: &Bits,
        scores: &mut [f32],
    ) -> Result<(), SearchError> {
        for field in lookup.texts().iter().filter(|field| field.kind == FieldKind::Name) {
            let Some(single) = field.single else { continue };
            let mut left = within.clone();
            for (share, length, plan) in &self.0 {
                let mut as_long = segment.with_term(single, length)?;
                as_long.and(&left);
                if as_long.is_empty() {
                    continue;
                }
                let equal = phrase::find(segment, field, plan, &as_long)?;
                add(WHOLE_BONUS * field.weight * share, &equal, scores);
                left.and_not(&equal);
            }
        }
        Ok(())
    }
}

/// Lifts each of these documents by so much.
pub(super) fn add(score: f32, documents: &Bits, scores: &mut [f32]) {
    for document in documents.iter() {
        if let Some(place) = scores.get_mut(document as usize) {
            *place += score;
        }
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
