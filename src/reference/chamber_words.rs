//! The words of what is entered of a chamber: posts, kinds of members and agreements, the labels of 四好.

use super::fold::folded;
use super::source::{Files, ReferenceError};
use crate::chambers::entries::ChamberEntryKind;
use crate::leads::model::ClosureKind;
use chrono::{Days, NaiveDate};
use serde::Deserialize;
use std::collections::HashSet;

/// The words, and how far ahead an end is marked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChamberWords {
    /// Days
    pub expiring_days: u32,
    /// Closures of leads that were none.
    pub not_valid: Vec<ClosureKind>,
    officer: Vec<ChamberWord>,
    member: Vec<ChamberWord>,
    agreement: Vec<ChamberWord>,
    recognition: Vec<ChamberWord>,
}

/// A word under the names that it bore.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChamberWord {
    pub code: String,
    /// In the order of their days.
    name: Vec<ChamberWordName>,
}

/// A name, and the first and last day of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChamberWordName {
    zh: String,
    en: String,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

impl ChamberWord {
    /// The name on a day, in a language (`zh-CN`, `en`).
    pub fn name(&self, lang: &str, day: NaiveDate) -> &str {
        let of_day = |name: &&ChamberWordName| {
            name.from.is_none_or(|from| from <= day) && name.until.is_none_or(|until| day <= until)
        };
        let name = self.name.iter().find(of_day).or(self.name.last());
        name.map_or(&self.code, |name| if lang.starts_with("en") { &name.en } else { &name.zh })
    }
}

impl ChamberWords {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("chamber-words.toml")?;
        let words: ChamberWords = file.toml()?;
        for kind in ChamberEntryKind::ALL {
            let mut codes = HashSet::new();
            for word in words.of(*kind) {
                if !codes.insert(&word.code) {
                    return Err(file.fault(&word.code, format!("{kind} has this code twice")));
                }
                if word.name.is_empty() {
                    return Err(file.fault(&word.code, "it needs a name"));
                }
            }
        }
        Ok(words)
    }

    /// The first and the last day of what ends soon, as seen on a day.
    pub fn ending(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let until = today.checked_add_days(Days::new(self.expiring_days.into())).unwrap_or(today);
        (today, until)
    }

    /// The words for this kind; none for a kind that has no words.
    pub fn of(&self, kind: ChamberEntryKind) -> &[ChamberWord] {
        match kind {
            ChamberEntryKind::Officer => &self.officer,
            ChamberEntryKind::Member => &self.member,
            ChamberEntryKind::Agreement => &self.agreement,
            ChamberEntryKind::Recognition => &self.recognition,
            ChamberEntryKind::Term | ChamberEntryKind::ServicePoint => &[],
        }
    }

    /// The word of this kind that bears or bore this name in some language, or has this code.
    pub fn read(&self, kind: ChamberEntryKind, text: &str) -> Option<&ChamberWord> {
        let text = folded(text);
        let is = |name: &str| folded(name) == text;
        self.of(kind)
            .iter()
            .find(|word| is(&word.code) || word.name.iter().any(|name| is(&name.zh) || is(&name.en)))
    }

    /// A word of this kind by its code.
    pub fn word(&self, kind: ChamberEntryKind, code: &str) -> Option<&ChamberWord> {
        self.of(kind).iter().find(|word| word.code == code)
    }
}
