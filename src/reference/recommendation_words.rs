//! The words of recommendations to banks and guarantors.

use super::source::{Files, ReferenceError};
use serde::Deserialize;

/// Sizes of enterprises, credit statuses, results.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationWords {
    pub size: Vec<RecommendationWord>,
    pub credit: Vec<RecommendationWord>,
    pub result: Vec<RecommendationWord>,
}

/// A word with its names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecommendationWord {
    pub code: String,
    pub zh: String,
    pub en: String,
    /// Of a credit status: whether an enterprise of it may be sent.
    #[serde(default)]
    pub may_be_sent: bool,
}

impl RecommendationWord {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") { &self.en } else { &self.zh }
    }
}

/// A word of these by its code.
pub fn word<'a>(words: &'a [RecommendationWord], code: &str) -> Option<&'a RecommendationWord> {
    words.iter().find(|word| word.code == code)
}

pub(super) fn load(files: &Files<'_>) -> Result<RecommendationWords, ReferenceError> {
    files.read("recommendation-words.toml")?.toml()
}
