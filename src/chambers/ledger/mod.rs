//! The ledger of chambers (商协会名录): chambers as lines of a sheet, and back.
//!
//! A [`Line`] is what a row says of a chamber and of what is entered of it; `table` finds the rows of a file, `reading`
//! reads them, `bodies` reads a file of bodies, `export` writes them, so that what is exported comes back as it was;
//! `import` makes chambers of lines, or changes those that are there. Columns and words are
//! `seeds/reference/chamber-ledger.toml`.
//!
//! Of each kind of entry a line holds the one that holds today; members, officers and service points have lines of their
//! own, in a sheet for each kind. A phone leaves masked, and a masked one says nothing.

pub mod bodies;
pub mod export;
pub mod import;
pub mod reading;
mod table;

pub use table::known_columns;

use crate::chambers::entries::body::EntryBody;
use crate::chambers::model::{ChamberKind, SourceStatus};

/// What a row says of a chamber; of what is `None` it says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub code: Option<String>,
    pub name: Option<String>,
    pub kind: Option<ChamberKind>,
    pub region: Option<String>,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    pub status: Option<SourceStatus>,
    /// What is entered of it.
    pub entries: Vec<EntryBody>,
    /// The entry whose row it is, in a few words: of one chamber there are then as many rows as members, or officers.
    pub of_entry: Option<String>,
}

impl Line {
    /// Whether it says nothing of the chamber itself but which it is.
    fn tells_nothing(&self) -> bool {
        let named = Line { code: self.code.clone(), name: self.name.clone(), ..Line::default() };
        *self == named
    }
}

/// Every code of a warning that other ledgers do not have.
pub const WARNING_CODES: &[&str] = &["left_out", "entry_incomplete", "kind_guessed"];

#[cfg(test)]
mod tests;
