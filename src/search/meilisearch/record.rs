//! What the server stores of a lead: its own fields, and the terms by which it is found.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::attributes::Column;
use super::grams;
use crate::search::document::LeadDocument;
use crate::search::fields::{FacetField, LeadField};
use crate::search::settings::{FieldKind, Settings};
use crate::search::stored::{changed_micros, days, is_active, keyword, text, tie};
use crate::search::tokens::grams::whole_text;
use crate::search::tokens::units::units;

/// Part of the index's name. Raised whenever records or terms change, so that an index that another version filled
/// is never asked but left to it.
pub(super) const VERSION: u32 = 5;

/// What is filtered by, beside the keyword fields.
pub(super) const FILTERED: [&str; 7] =
    ["id", "kind", "handed_on_by", "phone_hash", "registered_on", "total_investment_fen", "whole"];

/// So many characters of its papers are a lead's, names apart: the server takes 65,535 terms of a column.
const OF_PAPERS: usize = 6_000;

/// The value of a field that has none: an empty text is in no filter of the server.
const NONE: &str = "-";

/// The value by which `""` and any other is stored and filtered.
pub(super) fn stored_keyword(value: &str) -> &str {
    if value.is_empty() { NONE } else { value }
}

/// The value that was stored so.
pub(super) fn keyword_of(stored: &str) -> &str {
    if stored == NONE { "" } else { stored }
}

/// What a hit may tell: never the terms.
pub(super) fn displayed(settings: &Settings) -> Vec<String> {
    let texts = settings.searchable.iter().map(|searchable| searchable.field.as_str());
    let mut names: Vec<String> = ["id", "version"].into_iter().chain(texts).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

/// The lead as the server stores it.
pub(super) fn record(lead: &LeadDocument, settings: &Settings) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("id", json!(lead.id));
    put("version", json!(lead.version));
    put("active", json!(u8::from(is_active(lead))));
    put("updated_at", json!(changed_micros(lead)));
    // Numbers are kept as floating-point: these digits are exact.
    put("tie", json!(tie(&lead.id) >> 11));
    put("registered_on", json!(lead.registered_on.map(days)));
    put("phone_hash", json!(lead.phone_hashes));
    put("total_investment_fen", json!(lead.total_investment_fen));
    put("handed_on_by", json!(lead.handed_on_by));
    for field in FacetField::ALL {
        put(field.as_str(), json!(stored_keyword(&keyword(lead, &settings.amounts, field))));
    }
    let mut wholes = Vec::new();
    for searchable in &settings.searchable {
        let text = text(lead, searchable.field, searchable.kind, OF_PAPERS);
        if text.is_empty() {
            continue;
        }
        let column = |column: Column| column.name(searchable.field);
        match searchable.kind {
            FieldKind::Code => put(&column(Column::Parts), json!(grams::of_code(&text, &settings.language))),
            FieldKind::Name | FieldKind::Text | FieldKind::Papers => {
                let terms = grams::of_text(&text, &settings.language);
                for kept in Column::of(searchable.kind) {
                    put(&column(*kept), json!(terms.of(*kept)));
                }
            }
        }
        if searchable.kind == FieldKind::Name {
            wholes.extend(whole(searchable.field, &text, settings));
            wholes.push(long(searchable.field, units(&text, &settings.language).len()));
        }
        put(searchable.field.as_str(), json!(text));
    }
    put("whole", json!(wholes));
    Value::Object(fields)
}

/// A name of so many characters.
pub(super) fn long(field: LeadField, units: usize) -> String {
    format!("{}:#{units}", field.as_str())
}

/// A name as a whole, in so few letters that the server keeps all of them.
pub(super) fn whole(field: LeadField, text: &str, settings: &Settings) -> Option<String> {
    let whole = whole_text(&units(text, &settings.language))?;
    let digest: String = Sha256::digest(whole).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("{}:{digest}", field.as_str()))
}
