//! What an act changed, field by field.

use serde::Serialize;
use serde_json::{Map, Value, json};

/// Fields that differ, with the value before and after; what is equal is left out.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Differences(Map<String, Value>);

impl Differences {
    /// Adds a field if it changed.
    pub fn field<T: Serialize>(mut self, name: &str, from: &T, to: &T) -> Self {
        let (from, to) = (json!(from), json!(to));
        if from != to {
            self.0.insert(name.to_owned(), json!({ "from": from, "to": to }));
        }
        self
    }

    /// Adds a field that was set for the first time.
    pub fn set<T: Serialize>(mut self, name: &str, to: &T) -> Self {
        let to = json!(to);
        if !to.is_null() {
            self.0.insert(name.to_owned(), json!({ "from": null, "to": to }));
        }
        self
    }

    /// Adds a personal field by its ciphertexts: readers of the trail see only that it changed.
    pub fn sealed(mut self, name: &str, from: Option<&str>, to: Option<&str>) -> Self {
        if from != to {
            self.0.insert(name.to_owned(), json!({ "from": from, "to": to, "encrypted": true }));
        }
        self
    }

    /// All fields that differ between two views of one record.
    pub fn between<T: Serialize>(before: &T, after: &T) -> Self {
        let (Value::Object(before), Value::Object(after)) = (json!(before), json!(after)) else {
            return Differences::default();
        };
        after.iter().fold(Differences::default(), |found, (name, to)| {
            found.field(name, before.get(name).unwrap_or(&Value::Null), to)
        })
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
