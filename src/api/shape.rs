//! The shape of a body or an answer: the JSON Schema of its type, as serde reads and writes it.
//!
//! utoipa gives one schema for both. What differs is put right here: an answer always has its fields, null
//! or not, but for those that may not be null and are left out instead (`nullable = false` beside
//! `skip_serializing_if`); and flattened structs become one object.

use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// What a reference to a component begins with.
const COMPONENTS: &str = "#/components/schemas/";

/// The schemas of the document by name.
pub type Components = BTreeMap<String, Value>;

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Read by the program: fields may be left out.
    In,
    /// Written by the program: fields are there.
    Out,
}

/// A type of the API, before it is written as JSON.
#[derive(Clone)]
pub struct Shape {
    pub name: String,
    way: Way,
    schema: RefOr<Schema>,
    parts: Vec<(String, RefOr<Schema>)>,
    /// Flattened structs whose fields this one leaves out.
    without: &'static [&'static str],
}

impl Shape {
    /// The shape of a type, under its own name.
    pub fn of<T: ToSchema>(way: Way) -> Self {
        let mut parts = Vec::new();
        T::schemas(&mut parts);
        Shape { name: T::name().into_owned(), way, schema: T::schema(), parts, without: &[] }
    }

    /// With another type that it refers to by name only.
    pub fn beside<T: ToSchema>(mut self) -> Self {
        T::schemas(&mut self.parts);
        self.parts.push((T::name().into_owned(), T::schema()));
        self
    }

    /// The same under another name.
    pub fn named(self, name: &str) -> Self {
        Shape { name: name.to_owned(), ..self }
    }

    /// Without the fields of the flattened structs of these names: what a list leaves out.
    pub fn without(self, flattened: &'static [&'static str]) -> Self {
        Shape { without: flattened, ..self }
    }

    /// A reference to it.
    pub fn reference(&self) -> Value {
        json!({ "$ref": format!("{COMPONENTS}{}", self.name) })
    }

    /// Adds it and what it is made of to the components.
    ///
    /// # Errors
    /// When it cannot be written as JSON, or another shape has its name.
    pub fn add_to(&self, components: &mut Components) -> anyhow::Result<()> {
        let mut found = Components::new();
        for (name, part) in &self.parts {
            found.insert(name.clone(), serde_json::to_value(part)?);
        }
        let whole = serde_json::to_value(&self.schema)?;
        let mut seen = Vec::new();
        let whole = self.finished(whole, &found, &mut seen);
        add(components, &self.name, whole)?;
        // Only what is still named: a flattened struct has gone into its owner.
        let mut done = BTreeSet::new();
        while let Some(name) = seen.pop() {
            if let (true, Some(part)) = (done.insert(name.clone()), found.get(&name).cloned()) {
                let part = self.finished(part, &found, &mut seen);
                add(components, &name, part)?;
            }
        }
        Ok(())
    }

    fn finished(&self, schema: Value, parts: &Components, seen: &mut Vec<String>) -> Value {
        let mut schema = flattened(schema, parts, self.without);
        if self.way == Way::Out {
            require_nullable(&mut schema);
        }
        references(&schema, seen);
        schema
    }
}

fn add(components: &mut Components, name: &str, schema: Value) -> anyhow::Result<()> {
    match components.get(name) {
        Some(known) if *known != schema => anyhow::bail!("two shapes are called {name}"),
        _ => {
            components.insert(name.to_owned(), schema);
            Ok(())
        }
    }
}

/// The component that a reference names.
pub fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(COMPONENTS)
}

/// Whether null fits.
pub fn allows_null(schema: &Value) -> bool {
    let is_null = |kind: &Value| kind == "null";
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(is_null),
        kind if is_null(kind) => true,
        _ => schema["oneOf"].as_array().is_some_and(|any| any.iter().any(allows_null)),
    }
}

/// One object of the parts of an `allOf`. The fields of an optional part may be missing together.
fn flattened(schema: Value, parts: &Components, without: &[&str]) -> Value {
    let Some(all) = schema["allOf"].as_array() else { return schema };
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in all {
        let optional = allows_null(part);
        let named = part["oneOf"].as_array().into_iter().flatten().find_map(referred).or(referred(part));
        if named.is_some_and(|name| without.contains(&name)) {
            continue;
        }
        let part = named.and_then(|name| parts.get(name)).unwrap_or(part);
        let part = flattened(part.clone(), parts, without);
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
        if !optional {
            required.extend(part["required"].as_array().cloned().unwrap_or_default());
        } else {
            // What is not said to be required may be missing, null or not.
            for name in part["properties"].as_object().into_iter().flat_map(Map::keys) {
                if let Some(Value::Object(property)) = properties.get_mut(name) {
                    property.insert(TOGETHER.to_owned(), true.into());
                }
            }
        }
    }
    let mut whole = json!({ "type": "object", "required": required, "properties": properties });
    if let Some(text) = schema.get("description") {
        whole["description"] = text.clone();
    }
    whole
}

/// Marks, while a shape is put together, what is missing together with others.
const TOGETHER: &str = "x-together";

fn require_nullable(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                let mut always = Vec::new();
                for (name, property) in properties.iter_mut() {
                    let together = property.as_object_mut().and_then(|it| it.remove(TOGETHER)).is_some();
                    if allows_null(property) && !together {
                        always.push(Value::from(name.as_str()));
                    }
                }
                if let Value::Array(required) = object.entry("required").or_insert_with(|| json!([])) {
                    let more = always.into_iter().filter(|name| !required.contains(name));
                    let more: Vec<Value> = more.collect();
                    required.extend(more);
                }
            }
            object.values_mut().for_each(require_nullable);
        }
        Value::Array(items) => items.iter_mut().for_each(require_nullable),
        _ => {}
    }
}

/// The names that a schema refers to.
fn references(schema: &Value, seen: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            seen.extend(referred(schema).map(str::to_owned));
            object.values().for_each(|value| references(value, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, seen)),
        _ => {}
    }
}
