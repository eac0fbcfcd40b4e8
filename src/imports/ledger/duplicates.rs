//! Which rows speak of a company that is already there: in the database, or in a row before.

use super::draft::{LedgerRow, Warning};
use crate::companies::identity::{Companies, Found};
use crate::leads::model::DuplicateReason;

/// A row by where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowRef {
    pub sheet: Option<String>,
    pub row: u32,
}

/// What becomes of a row. `L` names a lead that is already there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<L> {
    New,
    /// The same company as a row before.
    OfRow(RowRef, DuplicateReason),
    /// The same company as a lead that is already there.
    OfLead(L, DuplicateReason),
    Rejected,
}

/// Judges the rows of one file in their order.
#[derive(Debug)]
pub struct Judge<L> {
    known: Companies<L>,
    new: Companies<RowRef>,
}

impl<L: Clone> Judge<L> {
    /// `known` are the leads already there: all of them, or those whose core or credit code a row of the file
    /// has.
    pub fn new(known: Companies<L>) -> Self {
        Self { known, new: Companies::default() }
    }

    /// The verdict over the next row. Only a new row can be the original of later ones; a company of the same
    /// name, but another region or code, is new with the warning `same_name`.
    ///
    /// A row of the same credit code tells another name of that company: later rows may use it.
    pub fn judge(&mut self, row: &mut LedgerRow) -> Verdict<L> {
        let Ok(draft) = &row.result else { return Verdict::Rejected };
        let namesake = match self.known.find(&draft.identity) {
            Found::Same(lead, reason) => {
                let lead = lead.clone();
                if reason == DuplicateReason::Uscc {
                    self.known.add(draft.identity.clone(), lead.clone());
                }
                return Verdict::OfLead(lead, reason);
            }
            Found::SameName(_) => true,
            Found::Nothing => false,
        };
        let namesake = match self.new.find(&draft.identity) {
            Found::Same(first, reason) => {
                let first = first.clone();
                if reason == DuplicateReason::Uscc {
                    self.new.add(draft.identity.clone(), first.clone());
                }
                return Verdict::OfRow(first, reason);
            }
            Found::SameName(_) => true,
            Found::Nothing => namesake,
        };
        if namesake {
            row.warnings.push(Warning::new("same_name", "investor", &draft.investor));
        }
        self.new.add(draft.identity.clone(), RowRef { sheet: row.sheet.clone(), row: row.row });
        Verdict::New
    }
}
