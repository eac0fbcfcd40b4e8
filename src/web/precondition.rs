//! ETags are versions: `"3"`. A write says which version it changes, so that nobody's edit is lost.

use crate::error::AppError;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The `If-Match` of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    Missing,
    Any,
    Version(i64),
    /// Any of several: a list of tags.
    OneOf(Vec<i64>),
}

impl IfMatch {
    /// 428 without the header, 412 when the version is another.
    pub fn require(&self, current: i64) -> Result<(), AppError> {
        if *self == IfMatch::Missing { Err(AppError::PreconditionRequired) } else { self.honour(current) }
    }

    /// 412 when the version is another; optional.
    pub fn honour(&self, current: i64) -> Result<(), AppError> {
        match self {
            IfMatch::Version(version) if *version != current => Err(AppError::Stale { current }),
            IfMatch::OneOf(versions) if !versions.contains(&current) => Err(AppError::Stale { current }),
            _ => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut values = req.headers().get_all(header::IF_MATCH).peekable();
        if values.peek().is_none() {
            return ready(Ok(IfMatch::Missing));
        }
        let tags: Vec<&str> =
            values.flat_map(|value| value.to_str().unwrap_or_default().split(',')).map(str::trim).collect();
        if tags.contains(&"*") {
            return ready(Ok(IfMatch::Any));
        }
        ready(Ok(match tags.as_slice() {
            [tag] => IfMatch::Version(version(tag)),
            tags => IfMatch::OneOf(tags.iter().map(|tag| version(tag)).collect()),
        }))
    }
}

/// The version of a tag. A proxy that packs answers makes tags weak; they name the same version.
fn version(tag: &str) -> i64 {
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    let text = opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    // An ETag that we never gave names no version of the record.
    text.and_then(|text| text.parse().ok()).unwrap_or(-1)
}

/// The ETag header of a record's version.
pub fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}
