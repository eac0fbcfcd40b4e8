//! What a word may have been meant to be: looked for only when too few leads hold it as typed.

use std::collections::BTreeSet;

use super::lookup::Lookup;
use super::terms::beginning_with;
use crate::search::error::SearchError;
use crate::search::settings::Settings;
use crate::search::tokens::grams::WORD;
use crate::search::tokens::{MatchKind, Pattern, UnitPattern, Word, typos, words};

/// Longer pinyin has too many spellings one slip away.
const LONGEST: usize = 40;
/// So many other spellings of one word are looked up.
const MOST: usize = 64;

/// The word with one slip mended, in other characters of the same sound, and its synonyms.
pub(super) fn patterns(lookup: &Lookup<'_>, word: &Word) -> Result<Vec<Pattern>, SearchError> {
    if word.exact {
        return Ok(Vec::new());
    }
    let settings = lookup.settings();
    let mut near = synonyms(settings, word);
    near.extend(word.same_sound(&settings.language));
    let typed: String = word.chars.iter().collect();
    if word.chars.len() >= typos::SHORTEST && word.chars.iter().all(char::is_ascii_alphanumeric) {
        near.extend(latin(lookup, &typed)?);
    }
    if let Some(letters) = word.letters().filter(|l| (typos::SHORTEST + 1..=LONGEST).contains(&l.len())) {
        near.extend(pinyin(lookup, &letters));
    }
    near.truncate(MOST);
    Ok(near)
}

fn synonyms(settings: &Settings, word: &Word) -> Vec<Pattern> {
    let plain = |text: &String| words::words(text, &settings.language).into_iter().map(|w| w.chars).next();
    let groups = settings.synonyms.iter().map(|group| group.iter().filter_map(plain).collect::<Vec<_>>());
    groups
        .filter(|group| group.contains(&word.chars))
        .flatten()
        .filter(|other| *other != word.chars)
        .map(|other| Pattern::of_chars(MatchKind::Approximate, other))
        .collect()
}

/// Latin words of the index one slip away, or beginning so.
fn latin(lookup: &Lookup<'_>, typed: &str) -> Result<Vec<Pattern>, SearchError> {
    let mut near = BTreeSet::new();
    for (segment, field) in lookup.columns() {
        if let Some(single) = field.single {
            beginning_with(&*segment.terms_of(single)?, &WORD.to_string(), |word, _| {
                let word = word.trim_start_matches(WORD);
                if typos::begins_near(typed, word) {
                    near.insert(word.to_owned());
                }
            })?;
        }
    }
    Ok(near.into_iter().map(|word| Pattern::of_chars(MatchKind::Approximate, word.chars())).collect())
}

/// Pinyin one slip away whose syllables follow one another somewhere.
fn pinyin(lookup: &Lookup<'_>, letters: &str) -> Vec<Pattern> {
    let syllables = lookup.language().syllables();
    let mut near: Vec<Pattern> = Vec::new();
    for spelling in typos::near(letters) {
        for cut in syllables.cuts(&spelling, &[], false, &mut |a, b| lookup.follows(a, b)) {
            let units = cut.into_iter().map(UnitPattern::Sound).collect();
            let pattern = Pattern::of(MatchKind::Approximate, units);
            // One syllable alone is one slip away from a dozen others.
            if pattern.units.len() > 1 && !near.contains(&pattern) {
                near.push(pattern);
            }
        }
    }
    near
}
