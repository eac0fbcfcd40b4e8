//! One operation of the API: what it takes and what it answers.

use super::parameter::Parameter;
use super::shape::{Shape, Way};
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Whether `If-Match` is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precondition {
    None,
    /// Honoured when it is there.
    Optional,
    /// 428 without it.
    Required,
}

/// What a request carries.
#[derive(Clone)]
pub enum Body {
    Json {
        shape: Shape,
        /// Fields without which it is refused, where the type takes more than one kind of body.
        fields: &'static [&'static str],
        /// Whether the request needs a body at all.
        required: bool,
    },
    /// The same as a JSON merge patch (RFC 7396).
    Patch(Shape),
    /// A form with one file: its schema.
    Form(Value),
}

/// What an answer carries.
#[derive(Clone)]
pub enum Content {
    Nothing,
    One(Shape),
    /// `{items, next_cursor}`, and `total` when it was asked for.
    List(Shape),
    /// A spreadsheet.
    Xlsx,
    /// A file of one of these types.
    Files(Vec<&'static str>),
    /// JSON of a shape that is not ours.
    Any,
}

/// One status of success.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub content: Content,
}

/// One method of one path.
#[derive(Clone)]
pub struct Operation {
    pub method: &'static str,
    /// As in `routes.rs`.
    pub path: &'static str,
    /// Names it in the document, and the message `api-<id>` that says what it does.
    pub id: &'static str,
    /// Nobody needs to be signed in.
    pub open: bool,
    /// Every role may.
    pub everybody: bool,
    pub query: Vec<Parameter>,
    pub precondition: Precondition,
    pub body: Option<Body>,
    /// A body that is right.
    pub example: Option<Value>,
    /// A query that is right.
    pub sample: &'static str,
    pub answers: Vec<Answer>,
    /// The answer has the record's ETag.
    pub versioned: bool,
    /// The answer has a `Location`.
    pub located: bool,
    more_problems: &'static [u16],
}

pub fn get(path: &'static str, id: &'static str) -> Operation {
    new("GET", path, id)
}

pub fn post(path: &'static str, id: &'static str) -> Operation {
    new("POST", path, id)
}

pub fn patch(path: &'static str, id: &'static str) -> Operation {
    new("PATCH", path, id).needs_version()
}

/// A record in place of what was there; a sub-resource takes its parent's version.
pub fn put(path: &'static str, id: &'static str) -> Operation {
    new("PUT", path, id).needs_version()
}

pub fn delete(path: &'static str, id: &'static str) -> Operation {
    new("DELETE", path, id)
}

fn new(method: &'static str, path: &'static str, id: &'static str) -> Operation {
    Operation {
        method,
        path,
        id,
        open: false,
        everybody: false,
        query: Vec::new(),
        precondition: Precondition::None,
        body: None,
        example: None,
        sample: "",
        answers: Vec::new(),
        versioned: false,
        located: false,
        more_problems: &[],
    }
}

impl Operation {
    /// Nobody needs to be signed in.
    pub fn open(self) -> Self {
        Operation { open: true, ..self }
    }

    /// No role is refused.
    pub fn for_everybody(self) -> Self {
        Operation { everybody: true, ..self }
    }

    /// Shown with this query.
    pub fn sample(self, query: &'static str) -> Self {
        Operation { sample: query, ..self }
    }

    pub fn query(mut self, more: impl IntoIterator<Item = Parameter>) -> Self {
        self.query.extend(more);
        self
    }

    /// Honours `If-Match`.
    pub fn honours_version(self) -> Self {
        Operation { precondition: Precondition::Optional, ..self }
    }

    /// Needs `If-Match`.
    pub fn needs_version(self) -> Self {
        Operation { precondition: Precondition::Required, ..self }
    }

    /// Takes this as JSON.
    pub fn takes<T: ToSchema>(self) -> Self {
        self.takes_with::<T>(&[])
    }

    /// Takes this as JSON, with these fields at least.
    pub fn takes_with<T: ToSchema>(self, fields: &'static [&'static str]) -> Self {
        let body = Body::Json { shape: Shape::of::<T>(Way::In), fields, required: true };
        Operation { body: Some(body), ..self }
    }

    /// Takes this as JSON, or nothing.
    pub fn may_take<T: ToSchema>(self) -> Self {
        let body = Body::Json { shape: Shape::of::<T>(Way::In), fields: &[], required: false };
        Operation { body: Some(body), ..self }
    }

    /// Takes a merge patch of this.
    pub fn patches<T: ToSchema>(self) -> Self {
        Operation { body: Some(Body::Patch(Shape::of::<T>(Way::In))), ..self }
    }

    /// Takes a form with a file.
    pub fn takes_form(self, schema: Value) -> Self {
        Operation { body: Some(Body::Form(schema)), ..self }
    }

    /// The body goes by this name in the document.
    pub fn called(mut self, name: &str) -> Self {
        if let Some(Body::Json { shape, .. } | Body::Patch(shape)) = &mut self.body {
            *shape = shape.clone().named(name);
        }
        self
    }

    /// A body that is right; a test holds it against the schema.
    pub fn example(self, body: Value) -> Self {
        Operation { example: Some(body), ..self }
    }

    /// Answers with this.
    pub fn answers<T: ToSchema>(self, status: u16) -> Self {
        self.answers_with(status, Content::One(Shape::of::<T>(Way::Out)))
    }

    /// Answers with a list of these.
    pub fn lists<T: ToSchema>(self) -> Self {
        self.answers_with(200, Content::List(Shape::of::<T>(Way::Out)))
    }

    /// Answers 204.
    pub fn answers_nothing(self) -> Self {
        self.answers_with(204, Content::Nothing)
    }

    pub fn answers_with(mut self, status: u16, content: Content) -> Self {
        self.answers.push(Answer { status, content });
        self
    }

    /// The answer has the record's version as its ETag.
    pub fn versioned(self) -> Self {
        Operation { versioned: true, ..self }
    }

    /// The answer says where the new record lies.
    pub fn located(self) -> Self {
        Operation { located: true, ..self }
    }

    /// Fails in these ways, too.
    pub fn fails(self, statuses: &'static [u16]) -> Self {
        Operation { more_problems: statuses, ..self }
    }

    /// Whether a repeat with the same `Idempotency-Key` gets the first answer.
    pub fn is_repeatable(&self) -> bool {
        self.method == "POST"
    }

    /// Names in braces in the path.
    pub fn path_parameters(&self) -> impl Iterator<Item = &'static str> {
        self.path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
    }

    /// The statuses of its problems, as far as they follow from what it takes, and those it says itself.
    pub fn problems(&self) -> BTreeSet<u16> {
        let mut found: BTreeSet<u16> = self.more_problems.iter().copied().collect();
        let mut add = |when: bool, statuses: &[u16]| {
            if when {
                found.extend(statuses);
            }
        };
        add(!self.open, &[401]);
        add(!self.open && !self.everybody, &[403]);
        add(!self.query.is_empty(), &[400]);
        add(self.body.is_some(), &[400, 413, 415, 422]);
        add(self.path_parameters().next().is_some(), &[404]);
        add(self.precondition != Precondition::None, &[412]);
        add(self.precondition == Precondition::Required, &[428]);
        // A repeat while the first is under way; a key of another request.
        add(self.is_repeatable(), &[400, 409, 422]);
        found
    }
}
