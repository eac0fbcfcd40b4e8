//! An entry as the API shows it, its phone masked.

use super::model::{ChamberEntryKind, Entry};
use super::rules::{self, EntryStanding};
use crate::app::Tools;
use crate::clock;
use crate::db::Id;
use crate::error::AppError;
use crate::registers::sealed;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// What holds of a chamber for a time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChamberEntry)]
pub struct EntryView {
    pub id: Id,
    pub kind: ChamberEntryKind,
    /// Post, kind of member or agreement, label: a code of the reference data.
    pub word: Option<String>,
    pub name: String,
    pub uscc: Option<String>,
    pub region: Option<String>,
    pub address: Option<String>,
    /// The other side of an agreement.
    pub party: Option<String>,
    pub contact_person: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
    /// Today.
    pub standing: EntryStanding,
    pub note: Option<String>,
}

impl EntryView {
    pub fn of(tools: Tools<'_>, entry: Entry) -> Result<Self, AppError> {
        let sealed = entry.phone_encrypted.as_deref();
        let ahead = tools.reference.chamber_words().expiring_days;
        Ok(EntryView {
            phone: sealed::masked_phone(tools.keys, &entry.phone_context(), sealed)?,
            standing: rules::standing(entry.kind, entry.to_on, clock::today(), ahead),
            id: entry.id,
            kind: entry.kind,
            word: entry.word,
            name: entry.name,
            uscc: entry.uscc,
            region: entry.region,
            address: entry.address,
            party: entry.party,
            contact_person: entry.contact_person,
            from_on: entry.from_on,
            to_on: entry.to_on,
            note: entry.note,
        })
    }
}
