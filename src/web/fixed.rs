//! What a template says in the same words each time is put into it once, when it is compiled for its language: a page
//! calls for a hundred such sentences, icons and addresses.

use crate::web::assets;
use crate::web::i18n::{I18n, Lang};
use crate::web::markup;

const ICONS: &str = "icons.svg";

/// The template with `{{ t(k="…") }}` of a message without parts, `{{ asset(name="…") }}` and
/// `{{ <ui.icon name="…" /> }}` filled in. What is not known stays, to be found missing where it is shown.
pub fn filled_in(template: &str, i18n: &I18n, lang: Lang) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(at) = rest.find("{{ ") {
        filled.push_str(&rest[..at]);
        rest = &rest[at..];
        match call(rest).and_then(|call| Some((call.length, call.text(i18n, lang)?))) {
            Some((length, text)) => {
                filled.push_str(&text);
                rest = &rest[length..];
            }
            None => {
                filled.push_str(&rest[..3]);
                rest = &rest[3..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// A call with one name in quotation marks and nothing else.
struct Call<'a> {
    kind: Kind,
    name: &'a str,
    /// Bytes that it takes in the template.
    length: usize,
}

#[derive(Clone, Copy)]
enum Kind {
    Message,
    Asset,
    Icon,
}

/// The call at the beginning of this text.
fn call(text: &str) -> Option<Call<'_>> {
    let forms = [
        (Kind::Message, "{{ t(k=\"", "\") }}"),
        (Kind::Asset, "{{ asset(name=\"", "\") }}"),
        (Kind::Icon, "{{ <ui.icon name=\"", "\" /> }}"),
    ];
    forms.into_iter().find_map(|(kind, begin, end)| {
        let (name, _) = text.strip_prefix(begin)?.split_once('"')?;
        let length = begin.len() + name.len() + end.len();
        text[begin.len() + name.len()..].starts_with(end).then_some(Call { kind, name, length })
    })
}

impl Call<'_> {
    fn text(&self, i18n: &I18n, lang: Lang) -> Option<String> {
        match self.kind {
            Kind::Message => {
                i18n.fixed(lang, self.name).map(markup::escaped).filter(|text| !text.contains('{'))
            }
            Kind::Asset => assets::url(self.name),
            Kind::Icon => Some(format!(
                "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{}#{}\"></use></svg>",
                assets::url(ICONS)?,
                self.name
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str) -> String {
        filled_in(template, &I18n::load().unwrap(), Lang::En)
    }

    #[test]
    fn what_never_changes_is_said_once() {
        assert_eq!(
            said(r#"<b title="{{ t(k="stage-new") }}">{{ x }}</b>"#),
            r#"<b title="Lead">{{ x }}</b>"#
        );
        assert!(said(r#"{{ asset(name="mark.svg") }}"#).starts_with("/static/mark.svg?v="));
        assert!(said(r#"{{ <ui.icon name="search" /> }}"#).contains("#search\"></use>"));
    }

    #[test]
    fn what_may_change_or_is_not_known_is_left_to_the_page() {
        for dynamic in [
            r#"{{ t(k="lateness-late", days=3) }}"#,
            r#"{{ t(k="lateness-late") }}"#,
            r#"{{ t(k="no-such-message") }}"#,
            r#"{{ t(k=label) }}"#,
            r#"{{ <ui.icon name={entry.key} /> }}"#,
            "{{ ",
        ] {
            assert_eq!(said(dynamic), dynamic);
        }
    }
}
