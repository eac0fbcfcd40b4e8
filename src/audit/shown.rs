//! Differences as readers of the trail see them: a personal field only says that it changed.

use serde_json::Value;

/// Fields that are personal wherever they stand, should an entry not say so itself.
const PERSONAL: &[&str] = &["phone", "other_phones", "email", "wechat", "identity_number", "bank_account"];

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Nothing,
    Text(String),
    /// There is something, kept encrypted.
    Encrypted,
}

/// (field, before, after) of an entry's differences, in the order of the fields.
pub fn changes(differences: &Value) -> Vec<(String, Shown, Shown)> {
    let Value::Object(fields) = differences else { return Vec::new() };
    fields
        .iter()
        .map(|(field, change)| {
            let last = field.rsplit('.').next().unwrap_or(field);
            let personal = change["encrypted"] == Value::Bool(true) || PERSONAL.contains(&last);
            (field.clone(), side(&change["from"], personal), side(&change["to"], personal))
        })
        .collect()
}

fn side(value: &Value, personal: bool) -> Shown {
    match value {
        Value::Null => Shown::Nothing,
        Value::Array(items) if items.is_empty() => Shown::Nothing,
        _ if personal => Shown::Encrypted,
        Value::String(text) => Shown::Text(text.clone()),
        other => Shown::Text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_personal_field_only_says_that_it_changed() {
        let seen = changes(&json!({
            "contact.phone": { "from": "c2VhbGVk", "to": null },
            "post": { "from": "a", "to": "b", "encrypted": true },
            "title": { "from": null, "to": "x" },
            "jobs": { "from": 3, "to": 4 },
        }));
        let of = |name: &str| seen.iter().find(|(field, ..)| field == name).cloned().unwrap();
        assert_eq!(of("contact.phone"), ("contact.phone".into(), Shown::Encrypted, Shown::Nothing));
        assert_eq!(of("post").1, Shown::Encrypted);
        assert_eq!(of("title").2, Shown::Text("x".into()));
        assert_eq!((of("jobs").1, of("jobs").2), (Shown::Text("3".into()), Shown::Text("4".into())));
    }
}
