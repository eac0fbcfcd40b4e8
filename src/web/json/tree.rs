//! JSON text as a value, with what no text may hold refused where it stands.

use crate::characters::{is_blank, is_refused};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// What the error of a refused text says.
pub(super) const CONTROL_CHARACTER: &str = "control character";
/// What the error of a field that is there twice begins with, before its name in backticks.
pub(super) const DUPLICATE_FIELD: &str = "duplicate field ";

/// A JSON value whose texts hold no control characters, and whose objects have each field once. A text of
/// which nothing can be seen is empty.
pub(super) struct Tree(pub(super) Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Tree, E> {
        Ok(Tree(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Tree, E> {
        if text.contains(is_refused) {
            return Err(E::custom(CONTROL_CHARACTER));
        }
        let is_unseen = is_blank(text) && !text.trim().is_empty();
        Ok(Tree(Value::String(if is_unseen { String::new() } else { text.to_owned() })))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(item)) = from.next_element()? {
            items.push(item);
        }
        Ok(Tree(Value::Array(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Tree, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            if fields.contains_key(&name) {
                return Err(A::Error::custom(format!("{DUPLICATE_FIELD}`{name}`")));
            }
            let Tree(value) = from.next_value()?;
            fields.insert(name, value);
        }
        Ok(Tree(Value::Object(fields)))
    }
}
