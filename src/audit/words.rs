//! Values of the trail in the reader's words: codes, amounts, times and places as pages say them.

use crate::clock;
use crate::reference::Reference;
use crate::web::i18n::{I18n, Lang, Message};
use crate::web::markup;
use chrono::{DateTime, NaiveDateTime};
use fluent_bundle::FluentArgs;
use serde_json::Value;

/// Whose messages say the codes of a field: of several, the first that has one.
const FAMILIES: &[(&str, &[&str])] = &[
    ("attachment_kind", &["attachment-kind"]),
    ("audience", &["notice-audience"]),
    ("closure_kind", &["closure"]),
    ("decision", &["filing-decision", "decision"]),
    ("entry_kind", &["entry-kind"]),
    ("event_kind", &["events-kind"]),
    ("event_status", &["events-status"]),
    ("field", &["field"]),
    ("filing_role", &["filing-role"]),
    ("identity_kind", &["identity-kind"]),
    ("kind", &["chamber-kind", "referrer-kind", "contract-kind", "ruling-kind", "import-kind"]),
    ("milestone", &["milestone"]),
    ("milestone_state", &["milestone-state"]),
    ("owner_kind", &["audit-kind"]),
    ("party", &["party"]),
    ("priority", &["priority"]),
    ("recipient_kind", &["recommendation-to"]),
    ("role", &["role"]),
    ("rule", &["award-rule"]),
    ("source_kind", &["source"]),
    ("stage", &["stage"]),
    ("status", &["application-status", "status", "register-status"]),
];

/// What the words of a value are taken from.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub i18n: &'a I18n,
    pub reference: &'a Reference,
    pub lang: Lang,
}

impl Words<'_> {
    /// What an entry was about: `lead` is 线索.
    pub fn kind(self, kind: &str) -> String {
        self.message(&Message::of("audit-kind", &kind.replace('_', "-")).key)
            .unwrap_or_else(|| kind.to_owned())
    }

    /// A field's value as its page would say it; what is no code of a known kind stays as it is.
    pub fn value(self, field: &str, text: String) -> String {
        let name = field.rsplit('.').next().unwrap_or(field);
        self.said(name, &text).unwrap_or(text)
    }

    fn said(self, field: &str, text: &str) -> Option<String> {
        if field.ends_with("_fen") {
            return text.parse().ok().map(|fen| markup::money_text(self.i18n, self.lang, fen));
        }
        match text {
            "true" => return self.message("said-yes"),
            "false" => return self.message("said-no"),
            _ => {}
        }
        if let Some(at) = time(text) {
            return Some(clock::china_time(at).format("%Y-%m-%d %H:%M").to_string());
        }
        if let Some(count) = entries(text) {
            let mut args = FluentArgs::new();
            args.set("count", count);
            return self.i18n.find(self.lang, "audit-entries", &args);
        }
        let lang = self.lang.code();
        match field {
            "county" | "region" | "origin" | "home" => {
                Some(self.reference.region_name(text, lang).to_owned())
            }
            "industry" => Some(self.reference.industry_name(text, lang).to_owned()),
            "park" => self.reference.park(text).map(|park| park.name(lang).to_owned()),
            _ => {
                let (_, families) = FAMILIES.iter().find(|(known, _)| *known == field)?;
                families.iter().find_map(|family| self.message(&format!("{family}-{text}")))
            }
        }
    }

    fn message(self, key: &str) -> Option<String> {
        self.i18n.find(self.lang, key, &FluentArgs::new())
    }
}

/// A moment in UTC, as the trail keeps it.
fn time(text: &str) -> Option<NaiveDateTime> {
    if !text.contains('T') {
        return None;
    }
    let zoned = DateTime::parse_from_rfc3339(text).map(|at| at.naive_utc());
    zoned.or_else(|_| text.parse::<NaiveDateTime>()).ok()
}

/// How many entries a list or a record that is kept as one value has.
fn entries(text: &str) -> Option<usize> {
    if !text.starts_with(['[', '{']) {
        return None;
    }
    match serde_json::from_str(text).ok()? {
        Value::Array(items) if items.iter().any(|item| !item.is_string()) => Some(items.len()),
        Value::Object(fields) => Some(fields.len()),
        _ => None,
    }
}
