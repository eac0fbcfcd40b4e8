//! JSON bodies: what does not fit is told by field, in the reader's language.

mod fault;
mod strict;
mod tree;

pub use fault::{NEGATIVE, of as faults_of};

use crate::error::AppError;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use strict::Strict;
use tree::Tree;

/// The largest JSON body.
const LIMIT: usize = 1024 * 1024;

/// A JSON body, read into `T`. It is an object, whatever `T` is.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body that may be left out. Only an empty one counts as none: an `Option<Json<T>>` would take a
/// body with a mistake in it for none.
#[derive(Debug, Clone)]
pub struct MaybeJson<T>(pub Option<T>);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (is_json, bytes) = (is_json(req), body(req, payload));
        Box::pin(async move {
            is_json?;
            parse(&bytes.await?).map(Json)
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for MaybeJson<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (is_json, bytes) = (is_json(req), body(req, payload));
        Box::pin(async move {
            let bytes = bytes.await?;
            if bytes.is_empty() {
                return Ok(MaybeJson(None));
            }
            is_json?;
            parse(&bytes).map(Some).map(MaybeJson)
        })
    }
}

/// 415 when the body is said to be something else; a body of which nothing is said counts as JSON.
fn is_json(req: &HttpRequest) -> Result<(), AppError> {
    let content_type =
        req.headers().get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
    let is_json = content_type.is_none_or(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        kind == "application/json" || kind.ends_with("+json")
    });
    if is_json { Ok(()) } else { Err(AppError::WrongContentType { wanted: "application/json" }) }
}

fn body(req: &HttpRequest, payload: &mut Payload) -> impl Future<Output = Result<Bytes, AppError>> + use<> {
    let bytes = Bytes::from_request(req, payload);
    async move {
        let bytes = bytes.await.map_err(|_| AppError::TooLarge { limit_mb: 1 })?;
        if bytes.len() > LIMIT { Err(AppError::TooLarge { limit_mb: 1 }) } else { Ok(bytes) }
    }
}

/// Reads JSON text; a fault names the field and what is wanted.
///
/// # Errors
/// 400 when it is no JSON; 422 when it is another JSON than `T`.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    let not_json = || AppError::bad_request("body", "not-json");
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let tree: Tree = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        if error.inner().is_syntax() || error.inner().is_eof() {
            not_json()
        } else {
            AppError::Invalid(fault::of(&error))
        }
    })?;
    reader.end().map_err(|_| not_json())?;
    from_value(tree.0)
}

fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, AppError> {
    if !value.is_object() {
        return Err(AppError::Invalid(fault::wanted("body", "object")));
    }
    serde_path_to_error::deserialize(Strict(value)).map_err(|error| AppError::Invalid(fault::of(&error)))
}

/// A record with a JSON merge patch (RFC 7396) laid over it.
pub fn merged<T: Serialize + DeserializeOwned>(current: &T, patch: Value) -> Result<T, AppError> {
    let mut value = serde_json::to_value(current).map_err(anyhow::Error::new)?;
    merge(&mut value, patch);
    from_value(value)
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(changes) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, change) in changes {
        if change.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), change);
        }
    }
}
