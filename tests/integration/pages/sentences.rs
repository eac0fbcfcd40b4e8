//! Templates hold no sentences: what people read stands in `locales/`.

use super::sources;

#[test]
fn no_template_holds_a_bare_sentence() {
    let mut found = Vec::new();
    for (path, text) in sources("templates", ".html") {
        for words in bare_words(&text) {
            found.push(format!("{}: {words}", path.display()));
        }
    }
    assert!(found.is_empty(), "put these into locales/*/*.ftl:\n{}", found.join("\n"));
}

/// Texts a reader would see that do not come from an expression.
fn bare_words(template: &str) -> Vec<String> {
    let mut text = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        text = without(&text, open, close, "\u{1}");
    }
    let mut bare: Vec<String> = seen_attributes(&text).into_iter().filter(|value| wordy(value)).collect();
    for part in without(&text, "<", ">", "\n").split('\n') {
        let part = without_attributes(part);
        if wordy(&part) {
            bare.push(part.trim().to_owned());
        }
    }
    bare
}

/// A component may make attributes alone (`required="required"`), outside any tag of its own.
fn without_attributes(text: &str) -> String {
    let names = |word: &str| !word.starts_with(|c: char| c.is_ascii_lowercase()) || !word.contains("=\"");
    text.split_inclusive(' ').filter(|word| names(word)).collect()
}

/// Values of the attributes that are read out or shown.
fn seen_attributes(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    for name in [" placeholder=\"", " title=\"", " aria-label=\"", " alt=\"", " data-label=\""] {
        for (at, _) in text.match_indices(name) {
            let rest = &text[at + name.len()..];
            values.extend(rest.split('"').next().map(str::to_owned));
        }
    }
    values
}

/// Any letter at all, entities apart: templates may hold signs and figures, no words.
fn wordy(text: &str) -> bool {
    without(text, "&", ";", "").chars().any(char::is_alphabetic)
}

fn without(text: &str, open: &str, close: &str, instead: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        out.push_str(instead);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    out + rest
}

#[test]
fn a_bare_sentence_is_seen() {
    assert_eq!(bare_words("<p class=\"a\">{{ t(k=\"x\") }} · 3</p>{# a note #}"), Vec::<String>::new());
    assert_eq!(bare_words("<p>首页{{ x }}</p>").len(), 1);
    assert_eq!(bare_words("<a title=\"Go home\">{% if a %}Home{% endif %}</a>").len(), 2);
}
