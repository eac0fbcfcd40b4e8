//! The parts of a company name that do not tell companies apart.

use serde::Deserialize;

use super::source::{Files, ReferenceError};

/// Legal forms, group words and bracket marks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompanyWords {
    /// Legal forms, the longest first.
    pub forms: Vec<String>,
    /// Words for a group of companies.
    pub groups: Vec<String>,
    /// Marks that are dropped while what they hold stays.
    pub brackets: Vec<char>,
}

impl CompanyWords {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let mut words: Self = files.read("company-names.toml")?.toml()?;
        words.forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Ok(words)
    }
}
