//! How far ahead the four about-to lists (四临) look.

use super::source::{Files, ReferenceError};
use crate::leads::model::Stage;
use serde::Deserialize;

/// The four lists.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AboutTo {
    pub sign: Signing,
    pub start: Ahead,
    pub produce: Ahead,
    pub register: Ahead,
}

/// Days ahead.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ahead {
    pub days: u32,
}

/// Days ahead, and the stages of leads that are about to sign.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    pub days: u32,
    pub stages: Vec<Stage>,
}

pub(super) fn load(files: &Files<'_>) -> Result<AboutTo, ReferenceError> {
    files.read("about-to.toml")?.toml()
}
