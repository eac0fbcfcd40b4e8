//! What somebody typed: words that must all be found, and the patterns that each may stand for.

use super::language::Language;
use super::pieces::pieces;
use super::syllables::Sounds;
use super::units::{Unit, is_han, units};

/// Longer input is cut: nobody types this much into a search box.
const LONGEST_INPUT: usize = 200;
/// So many words count; the rest is left out.
const MOST_WORDS: usize = 16;
/// So many patterns of one word are looked up.
const MOST_PATTERNS: usize = 64;

/// Characters that must follow one another, in one field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Word {
    pub chars: Vec<char>,
    /// Places in `chars` before which a syllable must end: an apostrophe or space was typed there.
    pub breaks: Vec<usize>,
    /// Places in `chars` where a ü was typed: u in a word of Latin letters (für), v in a syllable (lübu).
    pub umlauts: Vec<usize>,
    /// It stood in quotes: these very characters are wanted, and nothing that sounds or looks like them.
    pub exact: bool,
    /// Places in `chars` before which the text pauses; only words in quotes go on behind a pause.
    pub pauses: Vec<usize>,
}

/// What somebody typed, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// All of these must be found.
    pub wanted: Vec<Word>,
    /// None of these may be found, as typed.
    pub unwanted: Vec<Word>,
    /// The text of what is wanted.
    pub text: String,
}

/// How a pattern came from the word, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// The characters as typed.
    Literal,
    /// Letters read as pinyin.
    Pinyin,
    /// Letters read as the first of each syllable.
    Initials,
    /// A similar spelling, the same sound, a synonym.
    Approximate,
}

/// One place of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitPattern {
    Char(char),
    /// A Han character that is read as one of these syllables.
    Sound(Sounds),
    /// A Han character whose reading begins so, or the letter or digit itself.
    Initial(char),
}

/// Something a word may stand for, place by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub kind: MatchKind,
    pub units: Vec<UnitPattern>,
    /// Places in `units` before which the text pauses.
    pub pauses: Vec<usize>,
}

impl Pattern {
    /// Of these units, without a pause.
    pub fn of(kind: MatchKind, units: Vec<UnitPattern>) -> Pattern {
        Pattern { kind, units, pauses: Vec::new() }
    }

    /// These very characters.
    pub fn of_chars(kind: MatchKind, chars: impl IntoIterator<Item = char>) -> Pattern {
        Pattern::of(kind, chars.into_iter().map(UnitPattern::Char).collect())
    }

    /// How far behind its first unit one stands: a pause takes a place of its own.
    pub fn offset(&self, place: usize) -> u32 {
        (place + self.pauses.iter().filter(|pause| **pause <= place).count()) as u32
    }
}

/// The words of an input, in order. Spaces divide words, and so does punctuation that stands for a pause; what stands
/// in quotes is one word, and a dash before a word says that it is unwanted.
pub fn typed(input: &str, language: &Language) -> Typed {
    let input = cut(input);
    let mut typed = Typed::default();
    for piece in pieces(&input) {
        let words = match piece.quoted {
            true => quoted(piece.text, language).into_iter().collect(),
            false => runs(piece.text, language),
        };
        if piece.unwanted {
            typed.unwanted.extend(words);
            continue;
        }
        typed.wanted.extend(words);
        if !typed.text.is_empty() {
            typed.text.push(' ');
        }
        typed.text.push_str(piece.text);
    }
    typed.wanted.truncate(MOST_WORDS);
    typed.unwanted.truncate(MOST_WORDS);
    typed
}

/// The runs of a piece of text, each a word.
fn runs(piece: &str, language: &Language) -> Vec<Word> {
    let units = units(piece, language);
    let word = |run: &[Unit]| {
        let apart = |pair: &[Unit]| piece[pair[0].end..pair[1].start].contains(['\'', '’']);
        let breaks =
            (1..).zip(run.windows(2)).filter(|(_, pair)| pair[0].end <= pair[1].start && apart(pair));
        let breaks = breaks.map(|(place, _)| place).collect();
        let is_umlaut = |(_, unit): &(usize, &Unit)| matches!(&piece[unit.start..unit.end], "ü" | "Ü");
        let umlauts = run.iter().enumerate().filter(is_umlaut).map(|(place, _)| place).collect();
        Word { chars: run.iter().map(|unit| unit.ch).collect(), breaks, umlauts, ..Word::default() }
    };
    units.chunk_by(|a, b| b.position == a.position + 1).map(word).collect()
}

/// All of it as one word.
fn quoted(text: &str, language: &Language) -> Option<Word> {
    let units = units(text, language);
    let paused = |(_, pair): &(usize, &[Unit])| pair[1].position != pair[0].position + 1;
    let pauses = (1..).zip(units.windows(2)).filter(paused).map(|(place, _)| place).collect();
    let chars: Vec<char> = units.iter().map(|unit| unit.ch).collect();
    (!chars.is_empty()).then(|| Word { chars, exact: true, pauses, ..Word::default() })
}

/// The words of a text in which no sign has a meaning.
pub fn words(input: &str, language: &Language) -> Vec<Word> {
    cut(input).split_whitespace().flat_map(|piece| runs(piece, language)).take(MOST_WORDS).collect()
}

/// As much of it as counts.
fn cut(input: &str) -> String {
    input.chars().take(LONGEST_INPUT).collect()
}

impl Word {
    /// The characters as typed.
    pub fn literal(&self) -> Pattern {
        let pauses = self.pauses.clone();
        Pattern { pauses, ..Pattern::of_chars(MatchKind::Literal, self.chars.iter().copied()) }
    }

    /// All words as one, for leads that hold them side by side.
    pub fn joined(words: &[Word]) -> Word {
        let mut joined = Word::default();
        for word in words {
            joined.breaks.push(joined.chars.len());
            joined.breaks.extend(word.breaks.iter().map(|place| joined.chars.len() + place));
            joined.umlauts.extend(word.umlauts.iter().map(|place| joined.chars.len() + place));
            joined.chars.extend(&word.chars);
        }
        joined
    }

    /// Whether it may be pinyin from end to end: letters, in no quotes.
    pub fn is_spelt(&self) -> bool {
        !self.exact && self.chars.iter().all(char::is_ascii_lowercase)
    }

    /// The letters, when the word is nothing else.
    pub fn letters(&self) -> Option<String> {
        self.chars.iter().all(char::is_ascii_lowercase).then(|| self.chars.iter().collect())
    }

    /// Letters of the word from this place on as pinyin is typed.
    pub fn syllables_of(&self, place: usize, letters: &[char]) -> String {
        let typed_as = |(at, letter)| if self.umlauts.contains(&at) { 'v' } else { letter };
        (place..).zip(letters.iter().copied()).map(typed_as).collect()
    }

    /// What the word stands for. Without `unfinished`, a last syllable may be a beginning only where the
    /// letters cannot be cut into whole ones.
    pub fn patterns(
        &self,
        language: &Language,
        unfinished: bool,
        follows: &mut dyn FnMut(u16, u16) -> bool,
    ) -> Vec<Pattern> {
        let mut patterns = vec![self.literal()];
        if !self.exact && self.chars.iter().any(char::is_ascii_lowercase) {
            patterns.extend(self.as_pinyin(language, unfinished, follows));
            patterns.extend(self.as_initials());
        }
        patterns
    }

    /// Each run of letters either stays as it is or is cut into syllables.
    fn as_pinyin(
        &self,
        language: &Language,
        unfinished: bool,
        follows: &mut dyn FnMut(u16, u16) -> bool,
    ) -> Vec<Pattern> {
        let mut begun: Vec<Vec<UnitPattern>> = vec![Vec::new()];
        let mut place = 0;
        for run in self.chars.chunk_by(|a, b| a.is_ascii_lowercase() == b.is_ascii_lowercase()) {
            let as_is: Vec<UnitPattern> = run.iter().copied().map(UnitPattern::Char).collect();
            let mut choices = vec![as_is];
            if run.first().is_some_and(char::is_ascii_lowercase) {
                let letters = self.syllables_of(place, run);
                let within = |b: &usize| b.checked_sub(place).filter(|b| *b < run.len());
                let breaks: Vec<usize> = self.breaks.iter().filter_map(within).collect();
                let last = place + run.len() == self.chars.len();
                let mut cuts = language.syllables().cuts(&letters, &breaks, last && unfinished, follows);
                if cuts.is_empty() && last && !unfinished {
                    cuts = language.syllables().cuts(&letters, &breaks, true, follows);
                }
                choices.extend(cuts.into_iter().map(|cut| cut.into_iter().map(UnitPattern::Sound).collect()));
            }
            place += run.len();
            let longer =
                begun.iter().flat_map(|b| choices.iter().map(move |choice| [b.as_slice(), choice].concat()));
            begun = longer.take(MOST_PATTERNS).collect();
        }
        let sounds =
            |units: &Vec<UnitPattern>| units.iter().any(|unit| matches!(unit, UnitPattern::Sound(_)));
        begun.retain(sounds);
        begun.into_iter().map(|units| Pattern::of(MatchKind::Pinyin, units)).collect()
    }

    /// No syllable begins with i, u or v, so words with these are no initials.
    fn as_initials(&self) -> Option<Pattern> {
        let initial =
            |c: &char| c.is_ascii_digit() || c.is_ascii_lowercase() && !matches!(c, 'i' | 'u' | 'v');
        let all = self.chars.iter().all(initial);
        all.then(|| {
            let units = self.chars.iter().copied().map(UnitPattern::Initial).collect();
            Pattern::of(MatchKind::Initials, units)
        })
    }

    /// The same sounds in other characters: what an input method offers first is not always meant.
    pub fn same_sound(&self, language: &Language) -> Option<Pattern> {
        if self.chars.len() < 2 || !self.chars.iter().all(|c| is_han(*c)) {
            return None;
        }
        let text: String = self.chars.iter().collect();
        let readings = language.readings(&units(&text, language));
        let sounds: Vec<Sounds> = readings.iter().map(|readings| readings.iter().collect()).collect();
        let known = sounds.iter().all(|sounds| !sounds.is_empty());
        known.then(|| {
            let units = sounds.into_iter().map(UnitPattern::Sound).collect();
            Pattern::of(MatchKind::Approximate, units)
        })
    }
}
