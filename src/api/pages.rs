//! The page that shows the API.

use super::example::curl;
use super::fields::{Field, Kind, description, fields, kind};
use super::operation::{Body, Content, Operation, Precondition};
use super::{Api, MANNERS};
use crate::web::templates::Page;
use serde::Serialize;
use serde_json::Value;

/// `GET /api`
#[derive(Clone, Debug, Default, Serialize)]
pub struct ApiPage {
    /// What holds for all; the messages are `api-manner-<key>`.
    pub manners: &'static [&'static str],
    pub parts: Vec<PartShown>,
    /// What bodies and answers are made of, by name.
    pub records: Vec<Record>,
}

impl Page for ApiPage {
    const TEMPLATE: &'static str = "api/show.html";
}

/// The operations on one resource.
#[derive(Clone, Debug, Serialize)]
pub struct PartShown {
    /// The message is `api-part-<key>`.
    pub key: &'static str,
    pub operations: Vec<OperationShown>,
}

#[derive(Clone, Debug, Serialize)]
pub struct OperationShown {
    /// The messages are `api-<id>` and, where there is more to say, `api-more-<id>`.
    pub id: &'static str,
    pub method: &'static str,
    pub path: &'static str,
    pub open: bool,
    pub parameters: Vec<ParameterShown>,
    pub body: Option<BodyShown>,
    pub answers: Vec<AnswerShown>,
    pub problems: Vec<u16>,
    pub curl: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct ParameterShown {
    pub name: &'static str,
    /// The message is `api-parameter-<key>`.
    pub key: &'static str,
    /// `path`, `query` or `header`; the message is `api-in-<place>`.
    pub place: &'static str,
    pub kind: Kind,
    pub required: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct BodyShown {
    /// The media type.
    pub media: &'static str,
    /// The record, when it is one.
    pub record: Option<String>,
    /// Fields without which it is refused.
    pub needed: Vec<&'static str>,
    /// Fields of a form.
    pub fields: Vec<Field>,
    pub required: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct AnswerShown {
    /// The message is `api-status-<status>`.
    pub status: u16,
    /// The record that it is, or that it lists.
    pub record: Option<String>,
    pub list: bool,
    pub file: bool,
    pub versioned: bool,
}

/// A schema with a name.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    pub name: String,
    /// In English, as in the document.
    pub text: String,
    /// What it is, unless it is an object of its own.
    pub kind: Option<Kind>,
    pub fields: Vec<Field>,
}

impl ApiPage {
    /// The page of this API, reached at `base`.
    pub fn new(api: &Api, base: &str) -> Self {
        let parts = api.parts.iter().map(|part| PartShown {
            key: part.key,
            operations: part.operations.iter().map(|operation| shown(operation, base)).collect(),
        });
        let schemas = api.document["components"]["schemas"].as_object().into_iter().flatten();
        ApiPage { manners: MANNERS, parts: parts.collect(), records: schemas.map(record).collect() }
    }
}

fn record((name, schema): (&String, &Value)) -> Record {
    let fields = fields(schema);
    Record {
        name: name.clone(),
        text: description(schema),
        kind: fields.is_empty().then(|| kind(schema)),
        fields,
    }
}

fn shown(operation: &Operation, base: &str) -> OperationShown {
    OperationShown {
        id: operation.id,
        method: operation.method,
        path: operation.path,
        open: operation.open,
        parameters: parameters(operation),
        body: operation.body.as_ref().map(body),
        answers: operation
            .answers
            .iter()
            .map(|answer| AnswerShown {
                status: answer.status,
                record: match &answer.content {
                    Content::One(shape) | Content::List(shape) => Some(shape.name.clone()),
                    Content::Nothing | Content::Xlsx | Content::Files(_) | Content::Any => None,
                },
                list: matches!(answer.content, Content::List(_)),
                file: matches!(answer.content, Content::Xlsx | Content::Files(_)),
                versioned: operation.versioned,
            })
            .collect(),
        problems: operation.problems().into_iter().collect(),
        curl: curl(operation, base),
    }
}

fn parameters(operation: &Operation) -> Vec<ParameterShown> {
    let string = || Kind { word: "string".to_owned(), ..Kind::default() };
    let path = operation.path_parameters().map(|name| ParameterShown {
        name,
        key: name,
        place: "path",
        kind: string(),
        required: true,
    });
    let query = operation.query.iter().map(|parameter| ParameterShown {
        name: parameter.name,
        key: parameter.name,
        place: "query",
        kind: kind(&parameter.schema),
        required: parameter.required,
    });
    let header =
        |name, key, required| ParameterShown { name, key, place: "header", kind: string(), required };
    let version = match operation.precondition {
        Precondition::None => None,
        needed => Some(header("If-Match", "if-match", needed == Precondition::Required)),
    };
    let repeat = operation.is_repeatable().then(|| header("Idempotency-Key", "idempotency-key", false));
    path.chain(query).chain(version).chain(repeat).collect()
}

fn body(body: &Body) -> BodyShown {
    let nothing = BodyShown {
        media: "application/json",
        record: None,
        needed: Vec::new(),
        fields: Vec::new(),
        required: true,
    };
    match body {
        Body::Json { shape, fields, required } => BodyShown {
            record: Some(shape.name.clone()),
            needed: fields.to_vec(),
            required: *required,
            ..nothing
        },
        Body::Patch(shape) => {
            BodyShown { media: "application/merge-patch+json", record: Some(shape.name.clone()), ..nothing }
        }
        Body::Form(schema) => BodyShown { media: "multipart/form-data", fields: fields(schema), ..nothing },
    }
}
