//! A schema as the page shows it: a table of fields, each with what it is.

use super::shape::{allows_null, referred};
use serde::Serialize;
use serde_json::Value;

/// What a value is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Kind {
    /// JSON's word, with its format: `string date`. Empty for a record.
    pub word: String,
    /// Records that it is, by name; of several, one of them.
    pub records: Vec<String>,
    /// The words that it may be.
    pub words: Vec<String>,
    /// A list of such values.
    pub many: bool,
    /// Such values by name.
    pub by_name: bool,
    /// It may be null.
    pub nullable: bool,
}

/// One field of a record.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: String,
    pub kind: Kind,
    pub required: bool,
    /// In English, as in the document.
    pub text: String,
}

/// What a schema's values are.
pub fn kind(schema: &Value) -> Kind {
    let nullable = allows_null(schema);
    if let Some(record) = referred(schema) {
        return Kind { records: vec![record.to_owned()], ..Kind::default() };
    }
    if let Some(any) = schema["oneOf"].as_array() {
        let records = any.iter().filter_map(referred).map(str::to_owned).collect();
        return Kind { records, nullable, ..Kind::default() };
    }
    let word = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        kind => kind.as_str(),
    };
    match word {
        Some("array") => Kind { many: true, nullable, ..kind(&schema["items"]) },
        Some("object") if schema["additionalProperties"].is_object() => {
            Kind { by_name: true, nullable, ..kind(&schema["additionalProperties"]) }
        }
        word => {
            let words = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let format =
                schema["format"].as_str().filter(|format| !matches!(*format, "int64" | "int32" | "double"));
            let parts: Vec<&str> = word.into_iter().chain(format).collect();
            Kind {
                // A value of any kind has none of its own.
                word: if parts.is_empty() { "any".to_owned() } else { parts.join(" ") },
                words: words.map(str::to_owned).collect(),
                nullable,
                ..Kind::default()
            }
        }
    }
}

/// What is said of a value, as plain text. Beside a reference that may be null it stands with the reference.
pub fn description(schema: &Value) -> String {
    let parts = schema["oneOf"].as_array().into_iter().flatten();
    let said = std::iter::once(schema).chain(parts).find_map(|part| part["description"].as_str());
    said.unwrap_or_default().trim().replace('`', "")
}

/// The fields of an object, in the order of its schema.
pub fn fields(schema: &Value) -> Vec<Field> {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .map(|(name, property)| Field {
            kind: kind(property),
            required: required.iter().any(|one| one == name.as_str()),
            text: description(property),
            name: name.clone(),
        })
        .collect()
}
