//! The OpenAPI 3.1 document.

use super::MANNERS;
use super::operation::{Answer, Body, Content, Operation, Precondition};
use super::operations::Part;
use super::shape::{Components, Shape, Way};
use crate::web::i18n::{I18n, Lang, Message};
use crate::web::problem::Problem;
use fluent_bundle::FluentArgs;
use serde_json::{Map, Value, json};

/// The media type of problems.
const PROBLEM: &str = "application/problem+json";
/// The media type of JSON merge patches.
const MERGE_PATCH: &str = "application/merge-patch+json";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Puts the document together, in English.
pub fn document(i18n: &I18n, parts: &[Part]) -> anyhow::Result<Value> {
    let mut components = Components::new();
    let problem = Shape::of::<Problem>(Way::Out);
    problem.add_to(&mut components)?;
    let mut paths = Map::new();
    for part in parts {
        for operation in &part.operations {
            let described = Described { i18n, components: &mut components, problem: &problem };
            let value = described.operation(part.key, operation)?;
            let path = paths.entry(operation.path).or_insert_with(|| json!({}));
            path[operation.method.to_lowercase()] = value;
        }
    }
    let say = |key: &'static str| i18n.say(Lang::En, &Message::new(key));
    let manners: Vec<String> =
        MANNERS.iter().map(|key| i18n.say(Lang::En, &Message::of("api-manner", key))).collect();
    let tags: Vec<Value> = parts
        .iter()
        .map(|part| {
            let name = i18n.say(Lang::En, &Message::of("api-part", part.key));
            json!({ "name": part.key, "description": name })
        })
        .collect();
    Ok(json!({
        "openapi": "3.1.0",
        "info": {
            "title": say("api-title"),
            "version": env!("CARGO_PKG_VERSION"),
            "description": manners.join("\n\n"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "description": say("api-bearer") },
            },
        },
    }))
}

struct Described<'a> {
    i18n: &'a I18n,
    components: &'a mut Components,
    problem: &'a Shape,
}

impl Described<'_> {
    fn operation(mut self, part: &str, operation: &Operation) -> anyhow::Result<Value> {
        let mut value = json!({
            "operationId": operation.id.replace('-', "_"),
            "summary": self.say("api", operation.id),
            "tags": [part],
            "parameters": self.parameters(operation),
            "responses": self.responses(operation)?,
        });
        let more = self.i18n.find(Lang::En, &format!("api-more-{}", operation.id), &FluentArgs::new());
        if let Some(more) = more {
            value["description"] = more.into();
        }
        if let Some(body) = &operation.body {
            // A form's example is one of the command line, with the name of a file.
            let example = operation.example.as_ref().filter(|_| !matches!(body, Body::Form(_)));
            value["requestBody"] = self.body(body, example)?;
        }
        if operation.open {
            value["security"] = json!([]);
        }
        Ok(value)
    }

    fn say(&self, family: &str, code: &str) -> String {
        self.i18n.say(Lang::En, &Message::of(family, code))
    }

    fn parameters(&self, operation: &Operation) -> Vec<Value> {
        let text = |name: &str| self.say("api-parameter", name);
        let path = operation.path_parameters().map(|name| {
            json!({ "name": name, "in": "path", "required": true, "description": text(name), "schema": { "type": "string" } })
        });
        let query = operation.query.iter().map(|parameter| {
            let mut value = json!({
                "name": parameter.name,
                "in": "query",
                "required": parameter.required,
                "description": text(parameter.name),
                "schema": parameter.schema,
            });
            if parameter.is_list() {
                value["style"] = "form".into();
                value["explode"] = false.into();
            }
            value
        });
        let header = |name: &str, key: &str, required: bool| json!({ "name": name, "in": "header", "required": required, "description": text(key), "schema": { "type": "string" } });
        let mut all: Vec<Value> = path.chain(query).collect();
        if operation.precondition != Precondition::None {
            let required = operation.precondition == Precondition::Required;
            all.push(header("If-Match", "if-match", required));
        }
        if operation.is_repeatable() {
            all.push(header("Idempotency-Key", "idempotency-key", false));
        }
        all
    }

    fn body(&mut self, body: &Body, example: Option<&Value>) -> anyhow::Result<Value> {
        let (kinds, schema, required): (&[&str], Value, bool) = match body {
            Body::Form(schema) => (&["multipart/form-data"], schema.clone(), true),
            Body::Patch(shape) => {
                shape.add_to(self.components)?;
                (&[MERGE_PATCH, "application/json"], shape.reference(), true)
            }
            Body::Json { shape, fields, required } => {
                shape.add_to(self.components)?;
                let mut schema = shape.reference();
                if !fields.is_empty() {
                    schema["required"] = json!(fields);
                }
                (&["application/json"], schema, *required)
            }
        };
        let mut media = json!({ "schema": schema });
        if let Some(example) = example {
            media["example"] = example.clone();
        }
        let content: Map<String, Value> =
            kinds.iter().map(|kind| ((*kind).to_owned(), media.clone())).collect();
        Ok(json!({ "required": required, "content": content }))
    }

    fn responses(&mut self, operation: &Operation) -> anyhow::Result<Value> {
        let mut responses = Map::new();
        for answer in &operation.answers {
            let value = self.answer(operation, answer)?;
            responses.insert(answer.status.to_string(), value);
        }
        for status in operation.problems() {
            let mut value = self.failure(&status.to_string());
            if status == 429 {
                value["headers"] = json!({ "Retry-After": { "schema": { "type": "integer" } } });
            }
            responses.insert(status.to_string(), value);
        }
        responses.insert("default".to_owned(), self.failure("default"));
        Ok(responses.into())
    }

    fn failure(&self, status: &str) -> Value {
        let content = json!({ PROBLEM: { "schema": self.problem.reference() } });
        json!({ "description": self.say("api-status", status), "content": content })
    }

    fn answer(&mut self, operation: &Operation, answer: &Answer) -> anyhow::Result<Value> {
        let mut value = json!({ "description": self.say("api-status", &answer.status.to_string()) });
        let binary = || json!({ "type": "string", "format": "binary" });
        let content = match &answer.content {
            Content::Nothing => Vec::new(),
            Content::Any => vec![("application/json", json!({ "type": "object" }))],
            Content::Xlsx => vec![(XLSX, binary())],
            Content::Files(kinds) => kinds.iter().map(|kind| (*kind, binary())).collect(),
            Content::One(shape) => {
                shape.add_to(self.components)?;
                vec![("application/json", shape.reference())]
            }
            Content::List(shape) => {
                shape.add_to(self.components)?;
                vec![("application/json", list_of(shape, operation))]
            }
        };
        for (kind, schema) in content {
            value["content"][kind] = json!({ "schema": schema });
        }
        let mut headers = Map::new();
        let text = json!({ "schema": { "type": "string" } });
        if operation.versioned {
            headers.insert("ETag".to_owned(), text.clone());
        }
        if operation.located {
            headers.insert("Location".to_owned(), text);
        }
        if !headers.is_empty() {
            value["headers"] = headers.into();
        }
        Ok(value)
    }
}

/// A page of a list.
fn list_of(shape: &Shape, operation: &Operation) -> Value {
    let mut schema = json!({
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": { "type": "array", "items": shape.reference() },
            "next_cursor": { "type": ["string", "null"] },
        },
    });
    if operation.query.iter().any(|parameter| parameter.name == "count") {
        schema["properties"]["total"] = json!({ "type": "integer", "minimum": 0 });
    }
    schema
}
