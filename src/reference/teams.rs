//! From which share of members who stayed on a team is called steady.

use super::source::{Files, ReferenceError};
use serde::Deserialize;

/// Terms of the stability of teams (plan clause 三(四)2(7)).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TeamTerms {
    /// How far back one looks.
    pub months: u32,
    /// Basis points.
    pub steady_bp: i64,
    pub shifting_bp: i64,
}

pub(super) fn load(files: &Files<'_>) -> Result<TeamTerms, ReferenceError> {
    let file = files.read("teams.toml")?;
    let terms: TeamTerms = file.toml()?;
    if terms.months == 0 || terms.shifting_bp > terms.steady_bp {
        return Err(file.fault("shifting_bp", "at least a month, and no more than steady_bp, is wanted"));
    }
    Ok(terms)
}
