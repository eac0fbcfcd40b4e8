//! What an act changed, field by field.

use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Fields that differ, with the value before and after; what is equal is left out.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Differences(BTreeMap<String, Change>);

/// As it is written into the trail, its keys in order.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Change {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    encrypted: bool,
    from: Value,
    to: Value,
}

impl Differences {
    /// Adds a field if it changed.
    pub fn field<T: Serialize>(self, name: &str, from: &T, to: &T) -> Self {
        self.changed(name.to_owned(), json!(from), json!(to))
    }

    /// Adds a field that was set for the first time.
    pub fn set<T: Serialize>(self, name: &str, to: &T) -> Self {
        self.changed(name.to_owned(), Value::Null, json!(to))
    }

    /// Adds a personal field by its ciphertexts: readers of the trail see only that it changed.
    pub fn sealed(mut self, name: &str, from: Option<&str>, to: Option<&str>) -> Self {
        if from != to {
            let change = Change { encrypted: true, from: json!(from), to: json!(to) };
            self.0.insert(name.to_owned(), change);
        }
        self
    }

    /// All fields that differ between two views of one record.
    pub fn between<T: Serialize>(before: &T, after: &T) -> Self {
        let (Value::Object(mut before), Value::Object(after)) = (json!(before), json!(after)) else {
            return Differences::default();
        };
        after.into_iter().fold(Differences::default(), |found, (name, to)| {
            let from = before.remove(&name).unwrap_or(Value::Null);
            found.changed(name, from, to)
        })
    }

    /// All fields of a record that is new.
    pub fn of_new<T: Serialize>(record: &T) -> Self {
        let Value::Object(record) = json!(record) else { return Differences::default() };
        record
            .into_iter()
            .fold(Differences::default(), |found, (name, to)| found.changed(name, Value::Null, to))
    }

    fn changed(mut self, name: String, from: Value, to: Value) -> Self {
        if from != to {
            self.0.insert(name, Change { encrypted: false, from, to });
        }
        self
    }

    pub fn merge(mut self, other: Differences) -> Self {
        self.0.extend(other.0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}
