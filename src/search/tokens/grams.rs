//! The terms under which an index stores a text. Those of one kind begin with a mark of their own, so that
//! they cannot be taken for one another:
//!
//! | term | kind | example for 新能源 |
//! |---|---|---|
//! | two characters | pair, with position | `新能` |
//! | `\u{1}` and two sounds | pair of sounds, with position | `xin neng` |
//! | `\u{2}` and up to four letters | initials, with position | `xny` |
//! | one character | single | `新` |
//! | `\u{1}` and a sound | single | `xin` |
//! | `\u{3}` and a word | Latin word, for typos | `novachem` |
//! | `\u{4}` and all characters | the whole text of a name | `新能源` |
//! | `\u{5}` and a number | how many characters a name has | `3` |

use super::language::Language;
use super::readings::Readings;
use super::units::Unit;

/// Before the sounds of Han characters.
pub const SOUND: char = '\u{1}';
/// Before initials.
pub const INITIALS: char = '\u{2}';
/// Before a whole Latin word.
pub const WORD: char = '\u{3}';
/// Before the whole text of a name.
pub const WHOLE: char = '\u{4}';
/// Before the length of a name.
pub const LENGTH: char = '\u{5}';

/// So many initials make a term; more are several terms at their places.
pub const INITIALS_LENGTH: usize = 4;
/// So many characters of a code make a term.
pub const CODE_LENGTH: usize = 3;
/// A name longer than this is not found as a whole, as a term has its limit.
const LONGEST_WHOLE: usize = 200;
/// A character's four readings over four initials would be 256 terms; real names stay far below.
const MOST_INITIALS: usize = 16;

/// Calls `put(term, position)` for each pair, pair of sounds and run of initials of a text.
pub fn positional(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    mut put: impl FnMut(&str, u32),
) {
    let mut term = String::new();
    for (i, unit) in units.iter().enumerate() {
        let run = run_at(units, i, INITIALS_LENGTH);
        if run >= 2 {
            term.clear();
            term.extend([unit.ch, units[i + 1].ch]);
            put(&term, unit.position);
            pair_of_sounds(language, units, readings, i, |term| put(term, unit.position));
        }
        let (units, readings) = (&units[i..i + run], &readings[i..i + run]);
        if readings.iter().any(|r| !r.is_empty()) {
            term.clear();
            term.push(INITIALS);
            let mut left = MOST_INITIALS;
            initials(language, units, readings, &mut term, &mut left, &mut |term| put(term, unit.position));
        }
    }
}

/// Calls `put(term)` once for each single character, sound and Latin word of a text, and for the whole.
pub fn single(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    whole: bool,
    mut put: impl FnMut(&str),
) {
    let mut term = String::new();
    let mut put_marked = |mark: &str, text: &str| {
        term.clear();
        term.push_str(mark);
        term.push_str(text);
        put(&term);
    };
    let mut buffers = ([0; 4], [0; 4]);
    for character in once_each(units.iter().map(|unit| unit.ch)) {
        put_marked("", character.encode_utf8(&mut buffers.0));
    }
    let mark = SOUND.encode_utf8(&mut buffers.0);
    for sound in once_each(readings.iter().flat_map(|readings| readings.iter())) {
        put_marked(mark, language.syllables().letters(sound));
    }
    let mark = WORD.encode_utf8(&mut buffers.1);
    for word in once_each(latin_words(units)) {
        put_marked(mark, &word);
    }
    if whole && let Some(whole) = whole_text(units) {
        put(&whole);
        put(&length(units.len()));
    }
}

/// Calls `put(term, position)` for each part of a code. A code has no pauses: all its units follow one another.
pub fn of_code(units: &[Unit], mut put: impl FnMut(&str, u32)) {
    for (position, part) in (0..).zip(units.windows(CODE_LENGTH)) {
        put(&part.iter().map(|unit| unit.ch).collect::<String>(), position);
    }
}

/// The term of a text as a whole, if it has any unit and is no novel.
pub fn whole_text(units: &[Unit]) -> Option<String> {
    let fits = (1..=LONGEST_WHOLE).contains(&units.len());
    fits.then(|| std::iter::once(WHOLE).chain(units.iter().map(|unit| unit.ch)).collect())
}

/// The term of names of so many units: a pattern of as many that stands in one is all of it.
pub fn length(units: usize) -> String {
    format!("{LENGTH}{units}")
}

/// How many units follow one another from `start` on without a pause, `most` at most.
pub fn run_at(units: &[Unit], start: usize, most: usize) -> usize {
    let pairs = units[start..].windows(2).take(most - 1);
    1 + pairs.take_while(|pair| pair[1].position == pair[0].position + 1).count()
}

fn pair_of_sounds(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    i: usize,
    mut put: impl FnMut(&str),
) {
    if readings[i].is_empty() && readings[i + 1].is_empty() {
        return;
    }
    let mut term = String::new();
    let mut buffers = ([0; 4], [0; 4]);
    each_sound(language, &units[i], readings[i], &mut buffers.0, |first| {
        each_sound(language, &units[i + 1], readings[i + 1], &mut buffers.1, |second| {
            term.clear();
            term.push(SOUND);
            term.push_str(first);
            term.push(' ');
            term.push_str(second);
            put(&term);
        });
    });
}

/// The readings of a Han character; a letter or digit sounds like itself.
fn each_sound(
    language: &Language,
    unit: &Unit,
    readings: Readings,
    buffer: &mut [u8; 4],
    mut with: impl FnMut(&str),
) {
    if readings.is_empty() {
        with(unit.ch.encode_utf8(buffer));
    }
    readings.iter().for_each(|sound| with(language.syllables().letters(sound)));
}

/// Puts `term` with each way of beginning the units behind it, at most `left` of them.
fn initials(
    language: &Language,
    units: &[Unit],
    readings: &[Readings],
    term: &mut String,
    left: &mut usize,
    put: &mut impl FnMut(&str),
) {
    let (Some((unit, units)), Some((read, readings))) = (units.split_first(), readings.split_first()) else {
        if *left > 0 {
            *left -= 1;
            put(term);
        }
        return;
    };
    let mut with = |letter: char| {
        term.push(letter);
        initials(language, units, readings, term, left, put);
        term.pop();
    };
    if read.is_empty() {
        with(unit.ch);
    }
    let letters = read.iter().filter_map(|sound| language.syllables().letters(sound).chars().next());
    let mut before = [None; 4];
    for (place, letter) in before.iter_mut().zip(letters) {
        *place = Some(letter);
    }
    for (i, letter) in before.iter().enumerate() {
        if let Some(letter) = letter
            && !before[..i].contains(&Some(*letter))
        {
            with(*letter);
        }
    }
}

fn once_each<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Runs of Latin letters and digits that hold a letter.
pub fn latin_words(units: &[Unit]) -> impl Iterator<Item = String> {
    units
        .chunk_by(|a, b| {
            a.ch.is_ascii_alphanumeric() && b.ch.is_ascii_alphanumeric() && b.position == a.position + 1
        })
        .filter(|run| {
            run.len() >= 3 && run.len() <= 40 && run.iter().any(|unit| unit.ch.is_ascii_alphabetic())
        })
        .map(|run| run.iter().map(|unit| unit.ch).collect())
}
