//! What is other than it was when an application was submitted: it shows, and changes nothing by itself.

use super::parties::Parties;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// A fact then and now.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = FactDifference)]
pub struct FactDifference {
    pub fact: String,
    pub frozen: Value,
    pub now: Value,
}

/// Facts that are other than what was frozen, in the order of their names. One that was not asked for then is none.
pub fn of_facts(frozen: &Map<String, Value>, now: &Map<String, Value>) -> Vec<FactDifference> {
    frozen
        .iter()
        .map(|(name, frozen)| {
            let now = now.get(name).cloned().unwrap_or(Value::Null);
            FactDifference { fact: name.clone(), frozen: frozen.clone(), now }
        })
        .filter(|one| one.frozen != one.now)
        .collect()
}

/// Names that are others now. An account that is another one is a warning, and no text.
pub fn of_parties(frozen: &Parties, now: &Parties) -> Vec<FactDifference> {
    let mut found = vec![
        ("project.title".to_owned(), json!(frozen.project), json!(now.project)),
        ("project.investor".to_owned(), json!(frozen.investor), json!(now.investor)),
        ("project.project_company".to_owned(), json!(frozen.project_company), json!(now.project_company)),
    ];
    for (at, (then, now)) in frozen.payees.iter().zip(&now.payees).enumerate() {
        found.push((format!("payees[{at}].name"), json!(then.name), json!(now.name)));
        found.push((format!("payees[{at}].members"), json!(then.members), json!(now.members)));
    }
    let difference = |(fact, frozen, now)| FactDifference { fact, frozen, now };
    found.into_iter().filter(|(_, frozen, now)| frozen != now).map(difference).collect()
}
