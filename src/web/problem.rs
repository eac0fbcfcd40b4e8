//! The one edge where errors become answers: a page for people, problem JSON (RFC 9457) for programs.

use crate::app::App;
use crate::duplicates::{AlreadyRegistered, Duplicate};
use crate::error::{AppError, FieldError};
use crate::web::error_pages::ErrorPage;
use crate::web::i18n::{I18n, Lang, Message};
use crate::web::visit::Visit;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use utoipa::ToSchema;

/// The content type of problems.
const PROBLEM: &str = "application/problem+json";

/// What went wrong (RFC 9457), in the reader's language.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// `about:blank`: the status says what kind it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    /// The HTTP status once more.
    pub status: u16,
    /// A word for programs.
    pub code: &'static str,
    /// Ties the answer to the server's log.
    pub request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub detail: Option<String>,
    /// The faults by field, when there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
    /// With `code` `duplicates`: what is already here, told as far as the asker may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub duplicates: Option<Vec<Known>>,
    /// With status 412: the version that the record has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub current_version: Option<i64>,
    /// With status 429.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub retry_after_seconds: Option<u64>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// `contact.phone`; a parameter's or header's name; `body`.
    pub field: String,
    /// A word for programs.
    pub code: &'static str,
    /// What to do, in the reader's language.
    pub message: String,
}

/// A lead that is already here: in full, or to a liaison that it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = KnownDuplicate)]
pub enum Known {
    Duplicate(Duplicate),
    Registered(AlreadyRegistered),
}

impl Problem {
    /// The least that a problem says.
    pub fn new(title: String, status: StatusCode, code: &'static str, visit: Option<&Visit>) -> Self {
        Problem {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            code,
            request_id: visit.map(|visit| visit.request_id.clone()),
            detail: None,
            errors: Vec::new(),
            duplicates: None,
            current_version: None,
            retry_after_seconds: None,
        }
    }

    /// The answer that it is the body of.
    pub fn answer(&self, mut response: HttpResponseBuilder) -> HttpResponse {
        response.insert_header((header::CONTENT_TYPE, PROBLEM)).json(self)
    }
}

/// Middleware: gives every failed response its body, and logs what is our fault, once.
pub async fn render(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(req).await?.map_into_boxed_body();
    let status = response.status();
    if status.is_success() || status.is_redirection() || status.is_informational() {
        return Ok(response);
    }
    let bare = response.response().error().is_some()
        || matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    if !bare {
        return Ok(response);
    }
    let error = response.response().error().and_then(|error| error.as_error::<AppError>());
    if let Some(AppError::Internal(cause)) = error {
        tracing::error!(error = format!("{cause:#}"), "a request failed");
    } else if let Some(AppError::Unavailable(cause)) = error {
        tracing::warn!(error = cause, "a request could not be served");
    } else if error.is_none() && status.is_server_error() {
        tracing::error!(error = ?response.response().error(), "a request failed");
    }
    let body = answer(response.request(), status, error);
    let (request, old) = response.into_parts();
    let mut new = body.map_into_boxed_body();
    // What the failed response said beside its body (Allow, Retry-After) goes on.
    for (name, value) in old.headers() {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            new.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, new))
}

fn answer(req: &HttpRequest, status: StatusCode, error: Option<&AppError>) -> HttpResponse {
    let visit = req.extensions().get::<Visit>().cloned();
    let app = req.app_data::<Data<App>>();
    let lang = visit.as_ref().map_or_else(Lang::default, |visit| visit.lang);
    let mut response = HttpResponse::build(status);
    if let Some(AppError::TooManyRequests { seconds, .. }) = error {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    let Some(app) = app else { return response.finish() };
    if wants_json(req) {
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let problem = problem(app.views.i18n(), lang, status, error, visit.as_ref());
        return problem.answer(response);
    }
    let is_read = req.method() == actix_web::http::Method::GET;
    let here = visit.as_ref().map_or("/", |visit| visit.here.as_str());
    if status == StatusCode::UNAUTHORIZED && is_read {
        let way = ErrorPage::new(401, here).way;
        // htmx would put the sign-in page into a part of this one.
        return if req.headers().contains_key("hx-request") {
            HttpResponse::Ok().insert_header(("HX-Redirect", way)).finish()
        } else {
            HttpResponse::SeeOther().insert_header((header::LOCATION, way)).finish()
        };
    }
    // A form's answer lies at an address that cannot be opened again; the way out is where it was sent from.
    let back = req.headers().get(header::REFERER).and_then(|v| v.to_str().ok()).and_then(local_path);
    let way_base = if is_read { here } else { back.unwrap_or("/") };
    let mut page = ErrorPage::new(status.as_u16(), way_base);
    if let Some(detail) = error.and_then(detail) {
        page = page.detail(detail);
    }
    if let Some(AppError::TooManyRequests { seconds, .. }) = error {
        page = page.wait(i64::try_from(*seconds).unwrap_or(i64::MAX));
    }
    let Some(visit) = visit else { return response.finish() };
    if status.is_server_error() {
        page = page.request_id(visit.request_id.clone());
    }
    visit.page_with(app, &page, HttpResponse::build(status)).unwrap_or_else(|failure| {
        tracing::error!(%failure, "an error page could not be rendered");
        HttpResponse::build(status).finish()
    })
}

/// Path and query of an address on this site.
fn local_path(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    rest.find('/').map(|at| &rest[at..])
}

fn wants_json(req: &HttpRequest) -> bool {
    let accept = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let is_program =
        req.path().starts_with("/api/") || matches!(req.path(), "/healthz" | "/readyz" | "/metrics");
    is_program || accept.is_some_and(|a| a.contains("json") && !a.contains("text/html"))
}

/// What exactly was wrong, where the general text of the status does not say it.
fn detail(error: &AppError) -> Option<Message> {
    match error {
        AppError::Forbidden(code) | AppError::Conflict(code) => Some(Message::of("fault", code)),
        AppError::TooManyRequests { code, .. } => Some(Message::of("fault", code)),
        AppError::PreconditionRequired => Some(Message::new("fault-if-match-missing")),
        AppError::WrongContentType { wanted } => {
            Some(Message::new("fault-wrong-content-type").text("wanted", *wanted))
        }
        AppError::TooLarge { limit_mb } => Some(
            Message::new("fault-upload-limit").number("mb", i64::try_from(*limit_mb).unwrap_or(i64::MAX)),
        ),
        _ => error.fields().first().map(message_of),
    }
}

/// All that was wrong, in words, each field before its fault: for the command line.
pub fn sentences(i18n: &I18n, lang: Lang, error: &AppError) -> String {
    let fields = error.fields().iter();
    let fields: Vec<String> =
        fields.map(|fault| format!("{}: {}", fault.field, i18n.say(lang, &message_of(fault)))).collect();
    if !fields.is_empty() {
        return fields.join(" ");
    }
    let group = ErrorPage::new(error.status().as_u16(), "/").code;
    let title = || Message::of("error", &format!("{group}-title"));
    i18n.say(lang, &detail(error).unwrap_or_else(title))
}

/// The sentence of a field's fault. Where an argument says what form was `wanted`, that says more than the code.
pub fn message_of(fault: &FieldError) -> Message {
    let form = fault.args.iter().find(|(name, _)| *name == "wanted").map(|(_, form)| form);
    let message = form.map_or_else(|| Message::of("fault", fault.code), |form| Message::of("wanted", form));
    fault.args.iter().fold(message, |message, (name, value)| match value.parse() {
        Ok(number) => message.number(name, number),
        Err(_) => message.text(name, value.clone()),
    })
}

fn problem(
    i18n: &I18n,
    lang: Lang,
    status: StatusCode,
    error: Option<&AppError>,
    visit: Option<&Visit>,
) -> Problem {
    let group = ErrorPage::new(status.as_u16(), "/").code;
    let faults = error.map(AppError::fields).unwrap_or_default().iter();
    let mut problem = Problem {
        detail: error.and_then(detail).map(|detail| i18n.say(lang, &detail)),
        errors: faults
            .map(|fault| Fault {
                field: fault.field.to_string(),
                code: fault.code,
                message: i18n.say(lang, &message_of(fault)),
            })
            .collect(),
        ..Problem::new(
            i18n.say(lang, &Message::of("error", &format!("{group}-title"))),
            status,
            error.map_or("http", AppError::code),
            visit,
        )
    };
    match error {
        Some(AppError::Duplicates(found)) => {
            problem.duplicates = Some(found.iter().cloned().map(Known::Duplicate).collect());
        }
        Some(AppError::Stale { current }) => problem.current_version = Some(*current),
        Some(AppError::TooManyRequests { seconds, .. }) => problem.retry_after_seconds = Some(*seconds),
        _ => {}
    }
    problem
}
