//! From a typed word to the terms that a lead must have: several choices, of which any will do.

use super::grams::{CHARS, INITIALS, TYPED, chars_term, typed_term};
use super::spelling::spellings;
use crate::search::tokens::units::units;
use crate::search::tokens::{Language, Word};

/// Terms that must all be there.
pub(super) type Terms = Vec<Term>;

/// A word of the question to the server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Term {
    /// It and no other.
    Exact(String),
    /// It, or a word one slip away.
    Near(String),
}

/// The ways in which a lead can have the word as it was typed, without doubles.
pub(super) fn choices(word: &Word, language: &Language) -> Vec<Terms> {
    if word.exact {
        return vec![literal(word)];
    }
    let mut choices = as_typed(word, language);
    if let Some(initials) = initials(word)
        && !choices.contains(&initials)
    {
        choices.push(initials);
    }
    choices
}

/// The word's very characters, each run between pauses by itself. Letters that were typed and letters that a character
/// sounds like are one term here, so that letters in quotes are found as pinyin, too.
pub(super) fn literal(word: &Word) -> Terms {
    let starts = std::iter::once(0).chain(word.pauses.iter().copied());
    let ends = word.pauses.iter().copied().chain([word.chars.len()]);
    let runs = starts.zip(ends).map(|(start, end)| &word.chars[start..end]);
    let alike = |a: &char, b: &char| a.is_ascii_alphanumeric() == b.is_ascii_alphanumeric();
    let mut terms = Terms::new();
    for part in runs.flat_map(|run| run.chunk_by(alike)) {
        let is_typed = part.first().is_some_and(char::is_ascii_alphanumeric);
        let width = part.len().min(if is_typed { TYPED } else { CHARS });
        for at in covering(part.len(), width) {
            let window = &part[at..at + width];
            let term =
                if is_typed { typed_term(&window.iter().collect::<String>()) } else { chars_term(window) };
            terms.push(Term::Exact(term));
        }
    }
    terms
}

/// The same in other characters of these sounds.
pub(super) fn by_sound(word: &Word, language: &Language) -> Vec<Terms> {
    let parts = spellings(word, language).iter().map(|spelling| exact(spelling.parts().iter())).collect();
    without_doubles(parts)
}

/// Terms for parts of what is typed.
pub(super) fn exact<'a>(parts: impl Iterator<Item = &'a String>) -> Terms {
    parts.map(|part| Term::Exact(typed_term(part))).collect()
}

fn as_typed(word: &Word, language: &Language) -> Vec<Terms> {
    let mut fixed: Terms = Vec::new();
    for run in word.chars.split(char::is_ascii_alphanumeric).filter(|run| !run.is_empty()) {
        let width = run.len().min(CHARS);
        let starts = covering(run.len(), width);
        fixed.extend(starts.map(|at| Term::Exact(chars_term(&run[at..at + width]))));
    }
    if !word.chars.iter().any(char::is_ascii_alphanumeric) {
        return vec![fixed];
    }
    let mut choices = vec![fixed];
    for part in typed_parts(word, language) {
        let typed = by_sound(&part, language);
        // Characters whose sound nobody knows are asked for themselves, above.
        if !typed.is_empty() {
            let longer = |terms: &Terms| {
                typed.iter().map(|more| [terms.as_slice(), more].concat()).collect::<Vec<_>>()
            };
            choices = choices.iter().flat_map(longer).collect();
        }
    }
    without_doubles(choices)
}

/// The parts of a word that can be typed and hold a letter or digit.
fn typed_parts(word: &Word, language: &Language) -> Vec<Word> {
    let can = |c: &char| c.is_ascii_alphanumeric() || is_read(*c, language);
    let (mut parts, mut place) = (Vec::new(), 0);
    for run in word.chars.chunk_by(|a, b| can(a) == can(b)) {
        if run.iter().all(can) && run.iter().any(char::is_ascii_alphanumeric) {
            let within = |at: &usize| at.checked_sub(place).filter(|at| *at < run.len());
            let breaks = word.breaks.iter().filter_map(within).collect();
            let umlauts = word.umlauts.iter().filter_map(within).collect();
            parts.push(Word { chars: run.to_vec(), breaks, umlauts, ..Word::default() });
        }
        place += run.len();
    }
    parts
}

fn is_read(c: char, language: &Language) -> bool {
    language.readings(&units(&c.to_string(), language)).iter().any(|readings| !readings.is_empty())
}

/// First letters: no syllable begins with i, u or v. Up to `INITIALS` of them are the word itself.
fn initials(word: &Word) -> Option<Terms> {
    let initial = |c: &char| c.is_ascii_digit() || c.is_ascii_lowercase() && !matches!(c, 'i' | 'u' | 'v');
    if word.chars.len() <= INITIALS || !word.chars.iter().all(initial) {
        return None;
    }
    let letters: String = word.chars.iter().collect();
    let parts: Vec<String> =
        covering(letters.len(), INITIALS).map(|at| letters[at..at + INITIALS].to_owned()).collect();
    Some(exact(parts.iter()))
}

/// The places of the fewest windows of `width` that cover `length` places.
fn covering(length: usize, width: usize) -> impl Iterator<Item = usize> {
    (0..length.div_ceil(width)).map(move |i| (i * width).min(length - width))
}

fn without_doubles(all: Vec<Terms>) -> Vec<Terms> {
    let mut once: Vec<Terms> = Vec::new();
    all.into_iter().for_each(|terms| {
        if !once.contains(&terms) {
            once.push(terms);
        }
    });
    once
}

/// What is left of these terms when the server looks at no more than `most`: of each word first the beginning and the
/// end, so that a long word is held together as far as it goes.
pub(super) fn within(words: &[&Terms], most: usize) -> Terms {
    let longest = words.iter().map(|terms| terms.len()).max().unwrap_or(0);
    let mut kept: Terms = Vec::new();
    for round in 0..longest {
        for terms in words.iter().filter(|terms| round < terms.len()) {
            let at = if round.is_multiple_of(2) { round / 2 } else { terms.len() - 1 - round / 2 };
            if kept.len() < most && !kept.contains(&terms[at]) {
                kept.push(terms[at].clone());
            }
        }
    }
    kept
}
