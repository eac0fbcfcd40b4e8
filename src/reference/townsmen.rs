//! How long the consent of a townsman holds unasked.

use super::source::{Files, ReferenceError};
use serde::Deserialize;

/// Terms of the list of townsmen.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TownsmanTerms {
    pub review_months: u32,
}

pub(super) fn load(files: &Files<'_>) -> Result<TownsmanTerms, ReferenceError> {
    files.read("townsmen.toml")?.toml()
}
