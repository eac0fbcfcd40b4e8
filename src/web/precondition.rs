//! ETags are versions: `"3"`. A write says which version it changes, so that nobody's edit is lost.

use crate::error::AppError;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The `If-Match` of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    Missing,
    Any,
    Version(i64),
}

impl IfMatch {
    /// 428 without the header, 412 when the version is another.
    pub fn require(self, current: i64) -> Result<(), AppError> {
        if self == IfMatch::Missing { Err(AppError::PreconditionRequired) } else { self.honour(current) }
    }

    /// 412 when the version is another; optional.
    pub fn honour(self, current: i64) -> Result<(), AppError> {
        match self {
            IfMatch::Version(version) if version != current => Err(AppError::Stale { current }),
            _ => Ok(()),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = req.headers().get(header::IF_MATCH) else { return ready(Ok(IfMatch::Missing)) };
        let version = match value.to_str().map(str::trim) {
            Ok("*") => Some(IfMatch::Any),
            Ok(tag) => tag
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'))
                .and_then(|version| version.parse().ok())
                .map(IfMatch::Version),
            Err(_) => None,
        };
        // An ETag that we never gave names no version of the record.
        ready(Ok(version.unwrap_or(IfMatch::Version(-1))))
    }
}

/// The ETag header of a record's version.
pub fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}
