//! The terms that Meilisearch stores of a text, and which a question asks for. All are words of Latin letters and
//! digits, so that no dictionary cuts them, and of one length for one kind, so that none begins another:
//!
//! | term | column | of 新能源 |
//! |---|---|---|
//! | `c` and four letters for each of up to three characters | chars | 新, 新能, 新能源, 能, … |
//! | `t` and what is typed from a character on, up to six letters | typed | `x` `xi` … `xinnen`, `n` … `nengyu`, … |
//! | `t` and two to four first letters | initials | `xn`, `xny`, `ny` |
//! | `w` and a Latin word | words, for slips | |
//!
//! A letter or digit is typed as itself, so a Latin word is found from any letter on. What is longer than a term is
//! asked for by several that overlap or touch. Each term stands once for a field: where it stands is not asked.

use std::collections::HashSet;

use super::attributes::Column;
use crate::search::tokens::grams::{latin_words, run_at};
use crate::search::tokens::units::units;
use crate::search::tokens::{Language, Readings, Unit};

/// The longest terms.
pub(super) const CHARS: usize = 3;
pub(super) const TYPED: usize = 6;
pub(super) const INITIALS: usize = 4;
/// Less of a code says nothing.
pub(super) const LEAST_OF_CODE: usize = 3;

/// A character with several readings begins several terms; more than these of one place are left out.
const MOST_READINGS: usize = 16;

/// The terms of a text by column, apart by spaces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Grams {
    pub(super) chars: String,
    pub(super) typed: String,
    pub(super) initials: String,
    pub(super) words: String,
}

impl Grams {
    /// The terms of a column; none of one that texts do not have.
    pub(super) fn of(&self, column: Column) -> &str {
        match column {
            Column::Chars => &self.chars,
            Column::Typed => &self.typed,
            Column::Initials => &self.initials,
            Column::Words => &self.words,
            Column::Parts => "",
        }
    }
}

/// The terms of a name or a text.
pub(super) fn of_text(text: &str, language: &Language) -> Grams {
    let units = units(text, language);
    let readings = language.readings(&units);
    let (mut chars, mut typed, mut initials) = (Terms::default(), Terms::default(), Terms::default());
    for start in 0..units.len() {
        let run = run_at(&units, start, TYPED);
        let (units, readings) = (&units[start..start + run], &readings[start..start + run]);
        for length in 1..=run.min(CHARS) {
            let part: Vec<char> = units[..length].iter().map(|unit| unit.ch).collect();
            if !part.iter().all(char::is_ascii_alphanumeric) {
                chars.put(chars_term(&part));
            }
        }
        let mut left = MOST_READINGS;
        spell(language, units, readings, &mut String::new(), &mut left, &mut |letters| {
            (1..=letters.len()).for_each(|end| typed.put(typed_term(&letters[..end])));
        });
        let (units, readings) = (&units[..run.min(INITIALS)], &readings[..run.min(INITIALS)]);
        if readings.iter().any(|readings| !readings.is_empty()) {
            let mut left = MOST_READINGS;
            begin(language, units, readings, &mut String::new(), &mut left, &mut |letters| {
                (2..=letters.len()).for_each(|end| initials.put(typed_term(&letters[..end])));
            });
        }
    }
    let mut words = Terms::default();
    latin_words(&units).for_each(|word| words.put(word_term(&word)));
    Grams { chars: chars.text, typed: typed.text, initials: initials.text, words: words.text }
}

/// The terms of a code: what is typed from any of its characters on.
pub(super) fn of_code(text: &str, language: &Language) -> String {
    let chars: Vec<char> =
        units(text, language).iter().map(|unit| unit.ch).filter(char::is_ascii_alphanumeric).collect();
    let mut parts = Terms::default();
    for start in 0..chars.len() {
        for end in start + LEAST_OF_CODE..=(start + TYPED).min(chars.len()) {
            parts.put(typed_term(&chars[start..end].iter().collect::<String>()));
        }
    }
    parts.text
}

/// The term of characters: four letters each, which is room for 456,976 of them.
pub(super) fn chars_term(chars: &[char]) -> String {
    let mut term = String::with_capacity(1 + chars.len() * 4);
    term.push('c');
    for character in chars {
        let code = u32::from(*character);
        for place in [17_576, 676, 26, 1] {
            term.push(char::from(b'a' + u8::try_from(code / place % 26).unwrap_or(0)));
        }
    }
    term
}

pub(super) fn typed_term(letters: &str) -> String {
    format!("t{letters}")
}

pub(super) fn word_term(word: &str) -> String {
    format!("w{word}")
}

/// How a syllable may be typed: `lve` and `nve` also as most people write them.
pub(super) fn spellings(syllable: &str) -> [Option<&str>; 2] {
    let usual = match syllable {
        "lve" => Some("lue"),
        "nve" => Some("nue"),
        _ => None,
    };
    [Some(syllable), usual]
}

/// Terms in the order in which they first stand.
#[derive(Default)]
struct Terms {
    known: HashSet<String>,
    text: String,
}

impl Terms {
    fn put(&mut self, term: String) {
        if self.known.contains(&term) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(&term);
        self.known.insert(term);
    }
}

/// Puts each way of typing the units from the first on, cut where it is long enough; at most `left` of them.
fn spell(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    letters: &mut String,
    left: &mut usize,
    put: &mut impl FnMut(&str),
) {
    let before = letters.len();
    let next = units.split_first().zip(readings.split_first());
    let Some(((unit, units), (read, readings))) = next.filter(|_| before < TYPED && *left > 0) else {
        if *left > 0 {
            *left -= 1;
            put(&letters[..before.min(TYPED)]);
        }
        return;
    };
    if read.is_empty() && !unit.ch.is_ascii_alphanumeric() {
        return spell(language, &[], &[], letters, left, put);
    }
    let mut with = |typed: &str| {
        letters.push_str(typed);
        spell(language, units, readings, letters, left, put);
        letters.truncate(before);
    };
    if read.is_empty() {
        with(unit.ch.encode_utf8(&mut [0; 4]));
    }
    for syllable in read.iter() {
        spellings(language.syllables().letters(syllable)).into_iter().flatten().for_each(&mut with);
    }
}

/// The same with the first letter of each unit.
fn begin(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    letters: &mut String,
    left: &mut usize,
    put: &mut impl FnMut(&str),
) {
    let next = units.split_first().zip(readings.split_first()).filter(|_| *left > 0);
    let next = next.filter(|((unit, _), (read, _))| !read.is_empty() || unit.ch.is_ascii_alphanumeric());
    let Some(((unit, units), (read, readings))) = next else {
        if *left > 0 {
            *left -= 1;
            put(letters);
        }
        return;
    };
    let mut first: Vec<char> =
        read.iter().filter_map(|syllable| language.syllables().letters(syllable).chars().next()).collect();
    first.dedup();
    if first.is_empty() {
        first.push(unit.ch);
    }
    for letter in first {
        letters.push(letter);
        begin(language, units, readings, letters, left, put);
        letters.pop();
    }
}
