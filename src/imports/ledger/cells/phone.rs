//! Phone numbers: 120 0000 0201, +86-12000000201, 0777-2800001转8, a number cell, two in one cell.

use unicode_normalization::UnicodeNormalization;

use crate::imports::ledger::sheet::Cell;
use crate::reference::ValueWords;

/// The numbers of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phones {
    /// The first: digits only, an extension after a hyphen, a foreign country's code after `+`.
    pub phone: String,
    pub others: Vec<String>,
    /// What stood beside the numbers: a name where one cell holds both.
    pub beside: Option<String>,
}

/// Why a cell holds no phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    NoDigits,
    TooShort,
    TooLong,
    LostDigits,
    Unreadable,
}

impl PhoneFault {
    /// The code of the message.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoDigits => "phone_no_digits",
            Self::TooShort => "phone_too_short",
            Self::TooLong => "phone_too_long",
            Self::LostDigits => "phone_lost_digits",
            Self::Unreadable => "error_cell",
        }
    }
}

/// Stands in for the digits that an export does not give away: what is left of them is no number.
const MASK: &str = "**";

/// Whether the cell holds a number that was masked.
pub fn is_masked(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.contains(MASK))
}

/// Fewer digits are no number anywhere in China.
const SHORTEST: usize = 7;
/// ITU-T E.164 allows no more.
const LONGEST: usize = 15;

/// Reads the numbers; `None` when the cell says nothing.
///
/// # Errors
/// No digits at all, too few or too many of them, or a spreadsheet's 1.2E+10, which has lost some.
pub fn read(cell: &Cell, words: &ValueWords) -> Result<Option<Phones>, PhoneFault> {
    let text = match cell {
        Cell::Empty => return Ok(None),
        Cell::Number(number) if number.fract() != 0.0 || *number < 0.0 || *number >= 1e15 => {
            return Err(PhoneFault::LostDigits);
        }
        Cell::Number(number) => format!("{number:.0}"),
        Cell::Text(text) if words.is_nothing(text) || text.contains(MASK) => return Ok(None),
        Cell::Text(text) => text.nfkc().collect(),
        Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) | Cell::NoValue => return Err(PhoneFault::Unreadable),
    };
    if is_scientific(&text) {
        return Err(PhoneFault::LostDigits);
    }
    let numbers: Vec<String> = pieces(&text).into_iter().flat_map(|piece| numbers(&piece)).collect();
    let usable =
        |number: &String| (SHORTEST..=LONGEST).contains(&digits(number.split('-').next().unwrap_or(number)));
    if let Some(at) = numbers.iter().position(usable) {
        let mut all = numbers;
        let phone = all.remove(at);
        all.retain(|number| usable(number) && *number != phone);
        return Ok(Some(Phones { phone, others: all, beside: beside(&text) }));
    }
    Err(match numbers.iter().map(|number| digits(number)).max() {
        None => PhoneFault::NoDigits,
        Some(count) if count < SHORTEST => PhoneFault::TooShort,
        Some(_) => PhoneFault::TooLong,
    })
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// `1.2E+10`: what is left of a number that a spreadsheet showed too narrow.
fn is_scientific(text: &str) -> bool {
    let text = text.trim();
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    number(mantissa) && number(exponent)
}

/// What stands between the marks that part two numbers. Other letters part them too, but for an extension.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let text = ["转分机", "分机号", "分机", "ext.", "ext", "#"]
        .iter()
        .fold(text.to_lowercase(), |text, word| text.replace(word, "转"));
    for c in text.chars() {
        match c {
            '0'..='9' | ' ' | '\u{a0}' | '+' | '(' | ')' | '转' | '.' | '·' => {}
            '-' | '—' | '–' | '‐' | '‑' | '−' | '_' | '*' => {
                pieces.last_mut().into_iter().for_each(|piece| piece.push('-'));
                continue;
            }
            _ => {
                pieces.push(String::new());
                continue;
            }
        }
        pieces.last_mut().into_iter().for_each(|piece| piece.push(c));
    }
    pieces.retain(|piece| digits(piece) > 0);
    pieces
}

/// The numbers of one piece: most often one, but two may stand side by side with only a space between.
fn numbers(piece: &str) -> Vec<String> {
    let (main, extension) = match piece.split_once('转') {
        Some((main, extension)) if digits(main) > 0 => (main, only_digits(extension)),
        _ => (piece, String::new()),
    };
    let groups = groups(main);
    let mut numbers: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    for group in groups {
        open = Some(match open.take() {
            Some(begun) if is_whole(&begun) => {
                numbers.push(begun);
                group
            }
            Some(begun) => begun + group.as_str(),
            None => group,
        });
    }
    numbers.extend(open);
    let mut numbers: Vec<String> = numbers.into_iter().map(|number| domestic(&number)).collect();
    if let Some(last) = numbers.last_mut().filter(|_| !extension.is_empty()) {
        last.push('-');
        last.push_str(&extension);
    }
    numbers
}

/// Runs of digits between spaces, hyphens, dots and brackets. A short run after a whole landline number and a
/// hyphen is an extension.
fn groups(text: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut hyphen_before = false;
    let mut run = String::new();
    let close = |run: &mut String, hyphen_before: bool, groups: &mut Vec<String>| {
        if run.is_empty() {
            return;
        }
        let all: String = groups.concat();
        if hyphen_before && (1..=5).contains(&run.len()) && all.starts_with('0') && is_whole(&all) {
            let extension = std::mem::take(run);
            groups.clear();
            groups.push(format!("{all}-{extension}"));
        } else {
            groups.push(std::mem::take(run));
        }
    };
    for c in text.chars() {
        if c.is_ascii_digit() || c == '+' && run.is_empty() {
            run.push(c);
        } else {
            let had_run = !run.is_empty();
            close(&mut run, hyphen_before, &mut groups);
            if had_run || c == '-' {
                hyphen_before = c == '-';
            }
        }
    }
    close(&mut run, hyphen_before, &mut groups);
    groups
}

/// Whether digits make a whole number, so that a further run begins another: a mobile number has 11, one with
/// an area code 10 to 12, a service number (400…) 10, one with +86 13.
fn is_whole(digits: &str) -> bool {
    if digits.contains('-') {
        return true;
    }
    let bare = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(digits);
    match bare.as_bytes().first() {
        Some(b'1') => bare.len() >= 11,
        Some(b'0') => {
            let area = if bare.starts_with("010") || bare.starts_with("02") { 3 } else { 4 };
            bare.len() >= area + 7
        }
        Some(b'4' | b'8') if bare.starts_with("400") || bare.starts_with("800") => bare.len() >= 10,
        // Another country's: nobody knows how long.
        Some(b'+') => false,
        // A number of the same city has no area code.
        Some(_) => (7..=8).contains(&bare.len()),
        None => false,
    }
}

/// Without +86 before it.
fn domestic(number: &str) -> String {
    let bare = number.strip_prefix("+86").or_else(|| number.strip_prefix("0086"));
    let bare =
        bare.or_else(|| number.strip_prefix("86").filter(|rest| rest.len() == 11 && rest.starts_with('1')));
    bare.unwrap_or(number).to_owned()
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The first name among the words: letters between numbers and marks, no label such as 电话.
fn beside(text: &str) -> Option<String> {
    const LABELS: &[&str] = &["电话", "手机", "联系", "微信", "办公", "座机", "号码", "转", "分机"];
    let mut words = text.split(|c: char| !c.is_alphabetic() && c != ' ').map(str::trim);
    let name =
        words.find(|word| word.chars().count() > 1 && !LABELS.iter().any(|label| word.contains(label)));
    name.map(str::to_owned)
}
