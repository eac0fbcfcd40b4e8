//! What is entered: the API's body and the page's form, and its checks.

use super::model::{ChamberEntryKind, Entry};
use super::rules;
use crate::app::Tools;
use crate::contacts::model::phone_hash;
use crate::error::{AppError, FieldErrors};
use crate::fields::{line, required, text};
use crate::leads::forms::{checked_uscc, normal_phone};
use crate::reference::Reference;
use crate::registers::{places, sealed};
use crate::web::form::Form;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An entry as POST takes it, and as a merge patch changes it. Which fields a kind has: the others are a fault.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ChamberEntryBody)]
pub struct EntryBody {
    /// Never changed.
    pub kind: Option<ChamberEntryKind>,
    /// Post, kind of member or agreement, label: a code of the reference data.
    pub word: Option<String>,
    #[schema(max_length = 200)]
    pub name: Option<String>,
    /// 18 characters (GB 32100).
    pub uscc: Option<String>,
    /// GB/T 2260, the bureau's own for a zone, or an ISO 3166 country.
    pub region: Option<String>,
    #[schema(max_length = 200)]
    pub address: Option<String>,
    /// The other side of an agreement.
    #[schema(max_length = 200)]
    pub party: Option<String>,
    #[schema(max_length = 200)]
    pub contact_person: Option<String>,
    /// 7 to 20 digits; kept encrypted, answered masked.
    pub phone: Option<String>,
    /// The first day; of an agreement that of signing.
    pub from_on: Option<NaiveDate>,
    /// The last day.
    pub to_on: Option<NaiveDate>,
    #[schema(max_length = 20000)]
    pub note: Option<String>,
}

impl EntryBody {
    /// From a page's form, which names the region. A phone that is left empty stays as it is in `kept`.
    pub fn from_form(form: &mut Form, kept: Option<&EntryBody>, reference: &Reference) -> Self {
        let region = form.text("region");
        EntryBody {
            kind: form.parsed("kind", "unknown").or(kept.and_then(|entry| entry.kind)),
            word: form.text("word"),
            name: form.text("name"),
            uscc: form.text("uscc"),
            region: region.map(|text| places::code_of(reference, &text).unwrap_or(text)),
            address: form.text("address"),
            party: form.text("party"),
            contact_person: form.text("contact_person"),
            phone: form.text("phone").or_else(|| kept.and_then(|entry| entry.phone.clone())),
            from_on: form.date("from_on"),
            to_on: form.date("to_on"),
            note: form.text("note"),
        }
    }

    /// An entry as the body that would give it, the phone in clear: what a merge patch starts from.
    pub fn of(tools: Tools<'_>, entry: &Entry) -> Result<Self, AppError> {
        let phone = sealed::open(tools.keys, &entry.phone_context(), entry.phone_encrypted.as_deref())?;
        let entry = entry.clone();
        Ok(EntryBody {
            kind: Some(entry.kind),
            word: entry.word,
            name: Some(entry.name),
            uscc: entry.uscc,
            region: entry.region,
            address: entry.address,
            party: entry.party,
            contact_person: entry.contact_person,
            phone,
            from_on: entry.from_on,
            to_on: entry.to_on,
            note: entry.note,
        })
    }

    /// Whether a field is filled.
    pub fn has(&self, field: &str) -> bool {
        let texts = match field {
            "word" => &self.word,
            "name" => &self.name,
            "uscc" => &self.uscc,
            "region" => &self.region,
            "address" => &self.address,
            "party" => &self.party,
            "contact_person" => &self.contact_person,
            "phone" => &self.phone,
            "note" => &self.note,
            "from_on" => return self.from_on.is_some(),
            _ => return self.to_on.is_some(),
        };
        texts.as_ref().is_some_and(|text| !text.trim().is_empty())
    }
}

/// Every field but the kind.
const FIELDS: &[&str] = &[
    "word",
    "name",
    "uscc",
    "region",
    "address",
    "party",
    "contact_person",
    "phone",
    "from_on",
    "to_on",
    "note",
];

/// `blank` with what was entered: all faults at once, each at its field, after those that the reading found.
pub fn filled(
    tools: Tools<'_>,
    blank: &Entry,
    body: EntryBody,
    mut errors: FieldErrors,
) -> Result<Entry, AppError> {
    let kind = blank.kind;
    for field in FIELDS.iter().filter(|field| body.has(field) && !rules::has(kind, field)) {
        errors.add(*field, "unknown-field");
    }
    for (field, must) in rules::fields(kind) {
        if *must && *field != "name" && !body.has(field) && !errors.has(field) {
            errors.add(*field, "required");
        }
    }
    let word = line(&mut errors, "word", body.word);
    if let Some(code) = &word
        && !errors.has("word")
        && tools.reference.chamber_words().word(kind, code).is_none()
    {
        errors.add("word", "unknown");
    }
    let name = required(&mut errors, "name", body.name);
    let uscc = checked_uscc(&mut errors, body.uscc);
    let region = line(&mut errors, "region", body.region);
    if region.as_deref().is_some_and(|code| tools.reference.region(code).is_none()) {
        errors.add("region", "unknown");
    }
    let phone = line(&mut errors, "phone", body.phone);
    let digits = phone.as_deref().and_then(normal_phone);
    if phone.is_some() && digits.is_none() {
        errors.add("phone", "not-a-phone");
    }
    errors.check_day("from_on", body.from_on);
    errors.check_day("to_on", body.to_on);
    if matches!((body.from_on, body.to_on), (Some(from), Some(to)) if to < from) {
        errors.add("to_on", "ends-before-it-begins");
    }
    let entry = Entry {
        word,
        name,
        uscc: uscc.map(|uscc| uscc.to_string()),
        region,
        address: line(&mut errors, "address", body.address),
        party: line(&mut errors, "party", body.party),
        contact_person: line(&mut errors, "contact_person", body.contact_person),
        note: text(&mut errors, "note", body.note),
        from_on: body.from_on,
        to_on: body.to_on,
        ..blank.clone()
    };
    errors.into_result()?;
    let was = blank.phone_encrypted.as_deref();
    let phone_encrypted = sealed::seal(tools.keys, &blank.phone_context(), was, digits.as_deref())?;
    let phone_hash = digits.as_ref().map(|phone| phone_hash(tools.keys, phone));
    Ok(Entry { phone_encrypted, phone_hash, ..entry })
}
