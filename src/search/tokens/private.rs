//! Numbers in free text that search must not know: phones, identity cards, accounts.

use std::borrow::Cow;

/// The text with each digit of such a number replaced by `*`.
///
/// Taken for one: ten digits or more in a row, also with a check letter x; a mobile number in groups
/// (1xx xxxx xxxx); an area code with a number (0777-xxxxxxx); four groups of four digits or more.
pub fn masked(text: &str) -> Cow<'_, str> {
    let runs = digit_runs(text);
    let mut private = vec![false; runs.len()];
    for first in 0..runs.len() {
        let size = |i: usize| runs.get(first + i).map_or(0, |r: &Run| r.digits);
        let joined = |i: usize| runs.get(first + i).is_some_and(|r| r.joined);
        let starts = |digit: char| text[runs[first].start..].starts_with(to_narrow_or_wide(digit));
        let mut mark = |count: usize| private.iter_mut().skip(first).take(count).for_each(|p| *p = true);
        if size(0) >= 10 {
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
