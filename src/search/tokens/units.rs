//! Text made plain: compatibility forms resolved, lower case, simplified, punctuation gone.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::language::Language;

/// One character that can be searched: a Han character, a letter, a digit or a picture (🦅, ☃).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// In its plain form.
    pub ch: char,
    /// Before it was simplified.
    pub original: char,
    /// Where the character begins and ends in the text, in bytes.
    pub start: usize,
    pub end: usize,
    /// Units that follow one another have successive positions; a pause in the text skips one.
    pub position: u32,
}

impl Unit {
    pub fn is_han(&self) -> bool {
        is_han(self.ch)
    }
}

/// Whether this is a Chinese character.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether this is a picture that people put into titles; the arrows and frames among the symbols are marks.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27BF}' | '\u{2B50}'..='\u{2B55}' | '\u{1F300}'..='\u{1FAFF}')
}

/// What stands between two units.
#[derive(Clone, Copy, PartialEq)]
enum Between {
    Nothing,
    /// Spaces: a pause, but not between two Han characters, as names are spaced out in ledgers (张　三).
    Space,
    /// A comma: a pause, but not between two digits.
    Comma,
    Pause,
}

/// The units of a text, in order. Brackets, quotes, dashes and middle dots count for nothing, so that
/// `（中国）有限公司` holds 中国有限; other punctuation is a pause, which no match spans.
pub fn units(text: &str, language: &Language) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(text.len() / 3 + 1);
    let mut between = Between::Nothing;
    let mut next = text.chars().skip(1);
    for (start, source) in text.char_indices() {
        let following = next.next();
        let end = start + source.len_utf8();
        let mut put = |plain: char, original: char, between: &mut Between| {
            let position = match units.last() {
                Some(before) => before.position + if pauses(before.ch, *between, plain) { 2 } else { 1 },
                None => 0,
            };
            units.push(Unit { ch: plain, original, start, end, position });
            *between = Between::Nothing;
        };
        if source.is_ascii_alphanumeric() {
            let plain = source.to_ascii_lowercase();
            put(plain, plain, &mut between);
        } else if source == '.' && digit_before(text, start) && following.is_some_and(|c| c.is_ascii_digit())
        {
            put('.', '.', &mut between);
        } else if ('\u{4E00}'..='\u{9FFF}').contains(&source) {
            put(language.simple(source), source, &mut between);
        } else {
            for plain in source.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
                if plain.is_alphanumeric() || is_picture(plain) {
                    put(language.simple(plain), plain, &mut between);
                } else {
                    between = widen(between, plain);
                }
            }
        }
    }
    units
}

fn digit_before(text: &str, at: usize) -> bool {
    text[..at].ends_with(|c: char| c.is_ascii_digit())
}

fn widen(between: Between, mark: char) -> Between {
    let here = match mark {
        '\n' | '\r' => Between::Pause,
        ' ' | '\t' => Between::Space,
        ',' => Between::Comma,
        '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '"' | '\'' | '`' | '-' | '_' | '/' | '&' | '+' => {
            return between;
        }
        '\u{2010}'..='\u{201F}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301B}' => return between,
        '·' | '•' | '・' | '‧' => return between,
        _ => Between::Pause,
    };
    if between == Between::Nothing || between == here { here } else { Between::Pause }
}

fn pauses(before: char, between: Between, after: char) -> bool {
    match between {
        Between::Nothing => false,
        Between::Space => !(is_han(before) && is_han(after)),
        Between::Comma => !(before.is_ascii_digit() && after.is_ascii_digit()),
        Between::Pause => true,
    }
}
