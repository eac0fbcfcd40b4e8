//! Numbers in free text that search must not know: phones, identity cards, accounts.

use std::borrow::Cow;

/// The text with each digit of such a number replaced by `*`.
///
/// Taken for one: ten digits or more in a row, also with a check letter x; a mobile number in groups
/// (1xx xxxx xxxx); an area code with a number (0777-xxxxxxx); four groups of four digits or more.
pub fn masked(text: &str) -> Cow<'_, str> {
    masked_where(text, |_| true)
}

/// The same of a name that every reader sees anyway: there ten to fourteen digits are a number of something (a document, a
/// batch, a day with its time), unless they begin like a telephone's.
pub fn masked_in_name(text: &str) -> Cow<'_, str> {
    masked_where(text, |digits| {
        let begins = |with: &str| digits.starts_with(with);
        match digits.len() {
            11 => begins("0") || begins("1"),
            10 | 12 => begins("0"),
            13 => begins("861"),
            length => length > 14,
        }
    })
}

/// `is_private` is asked of ten digits or more, which it gets in narrow characters.
fn masked_where(text: &str, is_private: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let runs = digit_runs(text);
    let mut private = vec![false; runs.len()];
    for first in 0..runs.len() {
        let size = |i: usize| runs.get(first + i).map_or(0, |r: &Run| r.digits);
        let joined = |i: usize| runs.get(first + i).is_some_and(|r| r.joined);
        let starts = |digit: char| text[runs[first].start..].starts_with(to_narrow_or_wide(digit));
        let mut mark = |count: usize| private.iter_mut().skip(first).take(count).for_each(|p| *p = true);
        if size(0) >= 10 && is_private(&narrow(&text[runs[first].start..runs[first].end])) {
            mark(1);
        }
        if size(0) == 3 && starts('1') && joined(1) && size(1) == 4 && joined(2) && size(2) == 4 {
            mark(3);
        }
        if matches!(size(0), 3 | 4) && starts('0') && joined(1) && matches!(size(1), 7 | 8) {
            mark(2);
        }
        if (0..4).all(|i| size(i) == 4) && (1..4).all(joined) {
            mark(4 + usize::from(joined(4)));
        }
    }
    if private.iter().all(|p| !p) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (run, _) in runs.iter().zip(&private).filter(|(_, private)| **private) {
        out.push_str(&text[done..run.start]);
        out.extend(std::iter::repeat_n('*', run.digits));
        done = run.end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

struct Run {
    start: usize,
    end: usize,
    digits: usize,
    /// Only one space, dash or closing bracket stands between this run and the one before.
    joined: bool,
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn to_narrow_or_wide(digit: char) -> [char; 2] {
    let wide = u32::from(digit) - u32::from('0') + u32::from('０');
    [digit, char::from_u32(wide).unwrap_or(digit)]
}

fn narrow(digits: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    };
    digits.chars().map(narrow).collect()
}

fn digit_runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if !is_digit(c) {
            inside = false;
        } else if let Some(run) = runs.last_mut().filter(|_| inside) {
            run.end = end;
            run.digits += 1;
        } else {
            let joined = runs.last().is_some_and(|before| {
                let mut gap = text[before.end..at].chars();
                matches!((gap.next(), gap.next()), (Some(' ' | '-' | ')' | '）' | '－' | '—'), None))
            });
            runs.push(Run { start: at, end, digits: 1, joined });
            inside = true;
        }
    }
    runs
}
