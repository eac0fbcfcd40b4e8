//! How the characters of a typed word may have been meant: the letters from its beginning to its end, and where in
//! them a character may begin.

use super::grams::TYPED;
use crate::search::tokens::units::{is_han, units};
use crate::search::tokens::{Language, Word};

/// So many ways to cut letters into syllables are tried, the longest syllables first.
const MOST_CUTS: usize = 8;
/// So many spellings of one word.
const MOST: usize = 16;

/// One way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    letters: String,
    /// Ascending.
    begins: Vec<usize>,
}

impl Spelling {
    fn followed_by(&self, other: &Spelling) -> Spelling {
        let begins = self.begins.iter().copied().chain(other.begins.iter().map(|at| at + self.letters.len()));
        Spelling { letters: format!("{}{}", self.letters, other.letters), begins: begins.collect() }
    }

    /// One character that is typed so.
    fn of(letters: &str) -> Spelling {
        Spelling { letters: letters.to_owned(), begins: vec![0] }
    }

    /// Letters and digits that stand for themselves: a character begins at each.
    fn literal(letters: &str) -> Spelling {
        Spelling { letters: letters.to_owned(), begins: (0..letters.len()).collect() }
    }

    /// Parts that a term can hold, each from where a character begins, none with a gap to the next.
    pub(super) fn parts(&self) -> Vec<String> {
        let (mut parts, mut start) = (Vec::new(), 0);
        loop {
            let end = (start + TYPED).min(self.letters.len());
            parts.push(self.letters[start..end].to_owned());
            if end == self.letters.len() {
                return parts;
            }
            // The last part reaches back, so that it is as long as it can be.
            let last = self.letters.len() - TYPED;
            let next = |upto: usize| self.begins.iter().rev().find(|at| **at > start && **at <= upto);
            let nearest = self.begins.iter().find(|at| **at >= last && **at <= end && **at > start);
            start = nearest.or_else(|| next(end)).copied().unwrap_or(end);
        }
    }
}

/// The ways of typing these characters, of which all are letters, digits, or have readings.
pub(super) fn spellings(word: &Word, language: &Language) -> Vec<Spelling> {
    let text: String = word.chars.iter().collect();
    let readings = language.readings(&units(&text, language));
    let kind = |c: &char| (is_han(*c), c.is_ascii_lowercase());
    let (mut all, mut place) = (vec![Spelling::default()], 0);
    for run in word.chars.chunk_by(|a, b| kind(a) == kind(b) && !is_han(*a)) {
        let last = place + run.len() == word.chars.len();
        let choices: Vec<Spelling> = match run {
            [han] if is_han(*han) => {
                let read = readings.get(place).copied().unwrap_or_default();
                read.iter().map(|syllable| Spelling::of(language.syllables().letters(syllable))).collect()
            }
            letters if letters[0].is_ascii_lowercase() => {
                let within = |at: &usize| at.checked_sub(place).filter(|at| *at < letters.len());
                let breaks: Vec<usize> = word.breaks.iter().filter_map(within).collect();
                let plain = Spelling::literal(&letters.iter().collect::<String>());
                let mut found = of_letters(&word.syllables_of(place, letters), &breaks, last, language);
                found.push(plain);
                found
            }
            others => vec![Spelling::literal(&others.iter().collect::<String>())],
        };
        place += run.len();
        let longer = all.iter().flat_map(|begun| choices.iter().map(move |next| begun.followed_by(next)));
        all = longer.take(MOST).collect();
    }
    all
}

/// Each cut into syllables.
fn of_letters(letters: &str, breaks: &[usize], unfinished: bool, language: &Language) -> Vec<Spelling> {
    let syllables = language.syllables();
    let mut found = Vec::new();
    let cuts = syllables.cuts(letters, breaks, unfinished, &mut |_, _| true);
    for cut in cuts.iter().take(MOST_CUTS) {
        let mut spelling = Spelling::default();
        for sounds in cut {
            let rest = &letters[spelling.letters.len()..];
            let whole = sounds.first().map(|sound| syllables.letters(*sound)).unwrap_or_default();
            // What is not finished, or written as most people do, stays as it was typed.
            let length = if sounds.len() == 1 { whole.len().min(rest.len()) } else { rest.len() };
            spelling = spelling.followed_by(&Spelling::of(&rest[..length]));
        }
        found.push(spelling);
    }
    found
}
