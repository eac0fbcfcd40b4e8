//! JSON bodies: what does not fit is told by field, in the reader's language.

use crate::error::{AppError, FieldErrors};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};

/// The largest JSON body.
const LIMIT: usize = 1024 * 1024;

/// A JSON body, read into `T`.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body, or none. An `Option<Json<T>>` would take a body that does not fit for none.
#[derive(Debug, Clone)]
pub struct MaybeJson<T>(pub Option<T>);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(req);
        let bytes = within_limit(req, payload);
        Box::pin(async move {
            if !is_json {
                return Err(AppError::bad_request("content-type", "not-json"));
            }
            parse(&bytes.await?).map(Json)
        })
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for MaybeJson<T> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(req);
        let bytes = within_limit(req, payload);
        Box::pin(async move {
            let bytes = bytes.await?;
            if bytes.is_empty() {
                return Ok(MaybeJson(None));
            }
            if !is_json {
                return Err(AppError::bad_request("content-type", "not-json"));
            }
            parse(&bytes).map(|body| MaybeJson(Some(body)))
        })
    }
}

/// What does not say its type is taken for JSON.
fn is_json(req: &HttpRequest) -> bool {
    let content_type = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_none_or(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || kind.ends_with("+json")
    })
}

fn within_limit(
    req: &HttpRequest,
    payload: &mut Payload,
) -> impl Future<Output = Result<Bytes, AppError>> + use<> {
    let bytes = Bytes::from_request(req, payload);
    async move {
        let bytes = bytes.await.map_err(|_| AppError::TooLarge { limit_mb: 1 })?;
        if bytes.len() > LIMIT { Err(AppError::TooLarge { limit_mb: 1 }) } else { Ok(bytes) }
    }
}

/// Reads the JSON text of a record; a fault names the field and what is wanted.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, AppError> {
    // serde takes a list for a record, too: its fields in their order.
    if bytes.trim_ascii_start().first().is_some_and(|first| *first != b'{') {
        return match serde_json::from_slice::<IgnoredAny>(bytes) {
            Ok(_) => Err(AppError::invalid("body", "wrong-form")),
            Err(_) => Err(AppError::bad_request("body", "not-json")),
        };
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.inner();
        if inner.is_syntax() || inner.is_eof() {
            return AppError::bad_request("body", "not-json");
        }
        fault(&path, &inner.to_string())
    })?;
    reader.end().map_err(|_| AppError::bad_request("body", "not-json"))?;
    Ok(value)
}

/// Reads a JSON value; for merge patches.
pub fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, AppError> {
    serde_path_to_error::deserialize(value)
        .map_err(|error| fault(&error.path().to_string(), &error.inner().to_string()))
}

/// A record with a JSON merge patch (RFC 7396) laid over it.
pub fn merged<T: Serialize + DeserializeOwned>(current: &T, patch: Value) -> Result<T, AppError> {
    if !patch.is_object() {
        return Err(AppError::invalid("body", "wrong-form"));
    }
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

fn fault(path: &str, message: &str) -> AppError {
    // serde names a missing or unknown field in its text, not in the path.
    let (code, named) = if let Some(name) = quoted_after(message, "missing field ") {
        ("required", Some(name))
    } else if let Some(name) = quoted_after(message, "unknown field ") {
        ("unknown-field", Some(name))
    } else {
        ("wrong-form", None)
    };
    let field = match (path, named) {
        ("." | "", Some(name)) => name.to_owned(),
        (path, Some(name)) if !path.ends_with(name) => format!("{path}.{name}"),
        ("." | "", None) => "body".to_owned(),
        (path, _) => path.to_owned(),
    };
    let detail = message.split(" at line ").next().unwrap_or(message).to_owned();
    let mut errors = FieldErrors::default();
    errors.add_with(field, code, vec![("detail", detail)]);
    AppError::Invalid(errors)
}

fn quoted_after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.split_once(words)?.1.strip_prefix('`')?.split('`').next()
}
