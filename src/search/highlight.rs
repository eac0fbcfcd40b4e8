//! A field's text with what matched in it, as HTML.

use std::ops::Range;

use crate::search::papers;
use crate::search::settings::FieldKind;
use crate::search::tokens::{Language, MatchKind, Matcher, Pattern};

/// A long text is shown from this many characters before its first match.
const BEFORE: usize = 20;
/// So many characters of a long text are shown.
const SHOWN: usize = 100;

/// The text, or of a long one the part around the first match, escaped, with matches in `<em>`; none where
/// nothing matches; of papers the first one that holds a match, under its name. `words` has the patterns of each word; of these the best kind that is there is marked.
pub(in crate::search) fn marked(
    text: &str,
    kind: FieldKind,
    words: &[Vec<Pattern>],
    language: &Language,
) -> Option<String> {
    if kind == FieldKind::Papers {
        return papers::marked(text, words, language);
    }
    let matcher = match kind {
        FieldKind::Code => Matcher::of_code(text, language),
        FieldKind::Name | FieldKind::Text | FieldKind::Papers => Matcher::new(text, language),
    };
    let matches = merged(words.iter().flat_map(|patterns| best(&matcher, patterns)).collect());
    let first = matches.first()?;
    let shown = match kind {
        FieldKind::Text | FieldKind::Papers => around(text, first),
        FieldKind::Code | FieldKind::Name => 0..text.len(),
    };
    let mut html = String::with_capacity(shown.len() + 32);
    if shown.start > 0 {
        html.push('…');
    }
    let mut done = shown.start;
    for range in matches.iter().filter(|range| range.start >= shown.start && range.end <= shown.end) {
        escape(&text[done..range.start], &mut html);
        html.push_str("<em>");
        escape(&text[range.clone()], &mut html);
        html.push_str("</em>");
        done = range.end;
    }
    escape(&text[done..shown.end], &mut html);
    if shown.end < text.len() {
        html.push('…');
    }
    Some(html)
}

/// Where the patterns of the best kind stand.
fn best(matcher: &Matcher<'_>, patterns: &[Pattern]) -> Vec<Range<usize>> {
    let kinds = [MatchKind::Literal, MatchKind::Pinyin, MatchKind::Initials, MatchKind::Approximate];
    let of_kind = |kind| patterns.iter().filter(move |pattern| pattern.kind == kind);
    let found = kinds.map(|kind| of_kind(kind).flat_map(|pattern| matcher.find(pattern)).collect::<Vec<_>>());
    found.into_iter().find(|ranges| !ranges.is_empty()).unwrap_or_default()
}

/// Overlapping and touching ranges made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}

/// The match with some text on both sides, cut between characters.
fn around(text: &str, found: &Range<usize>) -> Range<usize> {
    let start =
        text[..found.start].char_indices().rev().take(BEFORE).last().map_or(found.start, |(at, _)| at);
    let rest = &text[start..];
    let end = rest.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| start + at);
    start..end.max(found.end)
}

pub(in crate::search) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
