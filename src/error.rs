//! What can go wrong with a request. Handlers return these; `web::problem` turns them, once and at the
//! edge, into a page or a problem document in the reader's language.

use crate::clock;
use actix_web::http::StatusCode;
use chrono::NaiveDate;
use std::borrow::Cow;

/// One fault of one field. `code` is for programs and names the message `error-{code}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub code: &'static str,
    /// Values for the message's placeholders.
    pub args: Vec<(&'static str, String)>,
}

/// All the faults of an input, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn one(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, code);
        errors
    }

    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, code: &'static str) {
        self.add_with(field, code, Vec::new());
    }

    pub fn add_with(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        args: Vec<(&'static str, String)>,
    ) {
        self.0.push(FieldError { field: field.into(), code, args });
    }

    /// Adds the fault of a day whose year nobody can mean.
    pub fn check_day(&mut self, field: &'static str, day: Option<NaiveDate>) {
        if day.is_some_and(|day| !clock::is_credible(day)) {
            let (first, last) = (clock::YEARS.start().to_string(), clock::YEARS.end().to_string());
            self.add_with(field, "year-out-of-range", vec![("first", first), ("last", last)]);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something is wrong with this field.
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|fault| fault.field == field)
    }

    /// `Ok` when nothing was found wrong.
    pub fn into_result(self) -> Result<(), AppError> {
        if self.is_empty() { Ok(()) } else { Err(AppError::Invalid(self)) }
    }
}

/// A failed request, named for its case.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// 400: the request cannot be understood at all (a broken cursor, an unknown sort).
    #[error("bad request: {0:?}")]
    BadRequest(FieldErrors),
    /// 401: no valid credentials.
    #[error("no valid credentials")]
    Unauthorized,
    /// 403: one may see it, but not do this. The code names the message `error-{code}`.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// 403 of single fields (a role that may not set them).
    #[error("forbidden fields: {0:?}")]
    ForbiddenFields(FieldErrors),
    /// 404: it is not there, or not for this actor, which is the same.
    #[error("not found")]
    NotFound,
    /// 409 with a code that names the message `error-{code}`.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// 409 at single fields (a number that another record has).
    #[error("conflicting fields: {0:?}")]
    ConflictFields(FieldErrors),
    /// 409: the investor is already here.
    #[error("{} duplicates", .0.len())]
    Duplicates(Vec<crate::duplicates::Duplicate>),
    /// 412: somebody else changed the record since it was read.
    #[error("stale version, current is {current}")]
    Stale { current: i64 },
    /// 413
    #[error("the upload is larger than {limit_mb} MB")]
    TooLarge { limit_mb: u64 },
    /// 415: a body of another kind than the one that is read here.
    #[error("the body is not {wanted}")]
    WrongContentType { wanted: &'static str },
    /// 422: the input's faults by field.
    #[error("invalid input: {0:?}")]
    Invalid(FieldErrors),
    /// 428: a write without If-Match.
    #[error("If-Match is required")]
    PreconditionRequired,
    /// 429
    #[error("too many requests, wait {seconds} s")]
    TooManyRequests { seconds: u64, code: &'static str },
    /// 503: the database or the search engine does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// 500: a fault of ours; the text goes to the log and never to the reader.
    #[error("internal error: {0:#}")]
    Internal(anyhow::Error),
}

impl AppError {
    pub fn invalid(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        AppError::Invalid(FieldErrors::one(field, code))
    }

    pub fn bad_request(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        AppError::BadRequest(FieldErrors::one(field, code))
    }

    pub fn status(&self) -> StatusCode {
        match self {
            AppError::BadRequest(_) => StatusCode::BAD_REQUEST,
            AppError::Unauthorized => StatusCode::UNAUTHORIZED,
            AppError::Forbidden(_) | AppError::ForbiddenFields(_) => StatusCode::FORBIDDEN,
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::Conflict(_) | AppError::ConflictFields(_) | AppError::Duplicates(_) => {
                StatusCode::CONFLICT
            }
            AppError::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            AppError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            AppError::WrongContentType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            AppError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
            AppError::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            AppError::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The word for programs; `error-{code}` is the message for people.
    pub fn code(&self) -> &'static str {
        match self {
            AppError::BadRequest(_) => "bad-request",
            AppError::Unauthorized => "unauthorized",
            AppError::Forbidden(code) | AppError::Conflict(code) => code,
            AppError::ForbiddenFields(_) => "forbidden-fields",
            AppError::ConflictFields(_) => "conflict-fields",
            AppError::NotFound => "not-found",
            AppError::Duplicates(_) => "duplicates",
            AppError::Stale { .. } => "stale",
            AppError::TooLarge { .. } => "too-large",
            AppError::WrongContentType { .. } => "wrong-content-type",
            AppError::Invalid(_) => "invalid",
            AppError::PreconditionRequired => "precondition-required",
            AppError::TooManyRequests { code, .. } => code,
            AppError::Unavailable(_) => "unavailable",
            AppError::Internal(_) => "internal",
        }
    }

    /// The faults by field, when there are any.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            AppError::BadRequest(e)
            | AppError::Invalid(e)
            | AppError::ForbiddenFields(e)
            | AppError::ConflictFields(e) => &e.0,
            _ => &[],
        }
    }
}

impl actix_web::ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        self.status()
    }

    fn error_response(&self) -> actix_web::HttpResponse {
        // Without a request there is no language; `web::problem` writes the body.
        actix_web::HttpResponse::new(self.status())
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(error: diesel::result::Error) -> Self {
        AppError::Internal(error.into())
    }
}

impl From<diesel::r2d2::PoolError> for AppError {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        AppError::Unavailable(format!("no database connection: {error}"))
    }
}

impl From<actix_web::error::BlockingError> for AppError {
    fn from(error: actix_web::error::BlockingError) -> Self {
        AppError::Internal(error.into())
    }
}

impl From<crate::confidential::KeyError> for AppError {
    fn from(error: crate::confidential::KeyError) -> Self {
        AppError::Internal(error.into())
    }
}

impl From<crate::search::SearchError> for AppError {
    fn from(error: crate::search::SearchError) -> Self {
        AppError::Unavailable(error.to_string())
    }
}

impl From<anyhow::Error> for AppError {
    fn from(error: anyhow::Error) -> Self {
        AppError::Internal(error)
    }
}
