//! What a word may have been meant to be: looked for only when too few leads hold it as typed.

use super::error::SearchError;
use super::settings::Settings;
use super::tokens::{Language, MatchKind, Pattern, UnitPattern, Word, typos, words};

/// Fewer hits than this, and what lies near the words is looked for too.
pub(in crate::search) const FEW: u64 = 3;
/// Longer pinyin has too many spellings one slip away.
pub(in crate::search) const LONGEST: usize = 40;
/// So many other spellings of one word are looked up.
const MOST: usize = 64;

/// What is in the texts that are looked into.
pub(in crate::search) trait Known {
    /// Whether two syllables follow one another anywhere.
    fn follows(&self, first: u16, second: u16) -> bool;

    /// The Latin words that are one slip away from what was typed, or begin so.
    fn latin(&self, typed: &str) -> Result<Vec<String>, SearchError>;
}

/// The word with one slip mended, in other characters of the same sound, and its synonyms.
pub(in crate::search) fn patterns(
    known: &impl Known,
    settings: &Settings,
    word: &Word,
) -> Result<Vec<Pattern>, SearchError> {
    if word.exact {
        return Ok(Vec::new());
    }
    let synonyms = synonyms(settings, word).into_iter();
    let mut near: Vec<Pattern> =
        synonyms.map(|word| Pattern::of_chars(MatchKind::Approximate, word.chars)).collect();
    near.extend(word.same_sound(&settings.language));
    let typed: String = word.chars.iter().collect();
    if word.chars.len() >= typos::SHORTEST && word.chars.iter().all(char::is_ascii_alphanumeric) {
        let words = known.latin(&typed)?.into_iter();
        near.extend(words.map(|word| Pattern::of_chars(MatchKind::Approximate, word.chars())));
    }
    if let Some(letters) = word.letters().filter(|l| (typos::SHORTEST + 1..=LONGEST).contains(&l.len())) {
        near.extend(pinyin(known, &settings.language, &letters));
    }
    near.truncate(MOST);
    Ok(near)
}

/// The words that the field uses for this one.
pub(in crate::search) fn synonyms(settings: &Settings, word: &Word) -> Vec<Word> {
    let plain = |text: &String| words::words(text, &settings.language).into_iter().next();
    let groups = settings.synonyms.iter().map(|group| group.iter().filter_map(plain).collect::<Vec<_>>());
    groups
        .filter(|group| group.iter().any(|other| other.chars == word.chars))
        .flatten()
        .filter(|other| other.chars != word.chars)
        .collect()
}

/// Pinyin one slip away whose syllables follow one another somewhere.
fn pinyin(known: &impl Known, language: &Language, letters: &str) -> Vec<Pattern> {
    let syllables = language.syllables();
    let mut near: Vec<Pattern> = Vec::new();
    for spelling in typos::near(letters) {
        for cut in syllables.cuts(&spelling, &[], false, &mut |a, b| known.follows(a, b)) {
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
