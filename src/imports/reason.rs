//! Why a row is rejected, in words.

use crate::imports::ledger::REFUSAL_CODES;
use crate::imports::model::{ImportKind, ImportRow, RowContent};
use crate::reference::Reference;
use crate::web::i18n::Message;

/// The header of the faulty column of a ledger whose form says it: its fields are more than a page has labels for.
pub fn column(
    reference: &Reference,
    kind: ImportKind,
    row: &ImportRow,
    content: &RowContent,
) -> Option<String> {
    let field = row.field.as_deref().unwrap_or_default();
    let of_field = match kind {
        ImportKind::Leads => return None,
        ImportKind::Projects => reference.project_ledger().header_of(field),
        ImportKind::Chambers => reference.chamber_ledger().header_of(field),
    };
    content.column.clone().or_else(|| of_field.map(str::to_owned))
}

/// What is wrong with a row: as it was read, or as it was to be written.
pub fn reason(row: &ImportRow, content: &RowContent) -> Message {
    if let Some(reason) = &content.reason {
        return reason.clone();
    }
    let code = row.code.as_deref().unwrap_or("unknown");
    let word = content.word.clone().unwrap_or_default();
    if REFUSAL_CODES.contains(&code) || code == "unknown" {
        return Message::of("import-refused", &code.replace('_', "-")).text("word", word);
    }
    Message::of("fault", code)
}
