//! What is asked over the API: one object of domain/award-facts.md.

use super::facts::present;
use crate::policies::awards::AwardRule;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Facts to be judged by a rule. A worked case can be sent as it is, with its `scenario` and `expected`; any other
/// field is refused, as everywhere in the API. Among the facts, what the rule does not read is passed over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardQuestion)]
pub struct Question {
    /// Comes back with the answer.
    #[serde(default)]
    pub id: Value,
    pub rule: AwardRule,
    /// The policy version's code; left out, the latest version that is not made up for a demonstration.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pub policy: Option<String>,
    /// The rule's facts. Amounts in fen, shares in basis points, areas in square metres.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
    /// Not read.
    #[serde(default)]
    pub scenario: Value,
    /// Not read.
    #[serde(default)]
    pub expected: Value,
}
