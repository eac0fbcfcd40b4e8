//! `/award-applications/{id}/transitions`, `/api/v1/award-applications/{id}/transitions`: taking a step.

use super::small_page::head;
use super::{load, ok};
use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::model::{Application, ApplicationStatus};
use crate::award_applications::pages::StepPage;
use crate::award_applications::steps::{self, Known, StepBody, edit_page};
use crate::award_applications::ways::{Need, Who, find};
use crate::award_applications::{policy, queries, view};
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldError};
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::params::Params;
use crate::web::precondition::{IfMatch, etag};
use crate::web::problem::message_of;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// The application that a step is asked of, and whether it exists for the actor beyond its public notice.
///
/// # Errors
/// 403 for roles that know none and do not object; 404 outside the scope, unless its notice runs and it is objected to.
fn asked(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    to: ApplicationStatus,
) -> Result<(Application, bool), AppError> {
    let objects = to == ApplicationStatus::Objected;
    if !policy::reads(actor.role) && !objects {
        return Err(AppError::Forbidden("role"));
    }
    match load(conn, actor, id) {
        Err(AppError::NotFound) if objects => {
            let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
            Ok((queries::find_in_notice(conn, &id)?.ok_or(AppError::NotFound)?, false))
        }
        found => Ok((found?, true)),
    }
}

/// `POST /api/v1/award-applications/{id}/transitions {to, reason?, voucher?}`. Anybody signed in objects while the
/// public notice runs; whom it does not exist for otherwise is answered 204.
pub async fn create(
    signed_in: SignedIn,
    visit: Visit,
    id: Path<String>,
    if_match: IfMatch,
    Json(body): Json<StepBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = signed_in.0;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let (application, is_seen) = asked(conn, &actor, &id, body.to)?;
            if_match.honour(application.version)?;
            let known = Known::of(conn, app.tools(), application)?;
            let next = steps::take(conn, app.tools(), &actor, known, body)?;
            if is_seen {
                view::detail(conn, app, &actor, visit.lang, next).map(Ok)
            } else {
                Ok(Err(next.version))
            }
        })
        .await?;
    Ok(match shown {
        Ok(shown) => ok(&shown),
        Err(version) => HttpResponse::NoContent().insert_header(etag(version)).finish(),
    })
}

/// `GET /award-applications/{id}/transitions?to=`: an objection unless another step is named.
pub async fn form(
    signed_in: SignedIn,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["to"])?;
    let to = params.one("to")?.unwrap_or(ApplicationStatus::Objected);
    shown(&app, &visit, signed_in.0, id.into_inner(), to, Filled::new(), StatusCode::OK).await
}

/// `POST /award-applications/{id}/transitions`
pub async fn submit(
    signed_in: SignedIn,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, to) = (id.into_inner(), form.chosen::<ApplicationStatus>("to")?);
    let (actor, named, typed) = (signed_in.0.clone(), id.clone(), form.clone());
    let version = form.version();
    let done = app
        .write(&signed_in, move |app, conn| {
            let (application, is_seen) = asked(conn, &actor, &named, to)?;
            version.honour(application.version)?;
            let known = Known::of(conn, app.tools(), application)?;
            let body = StepBody { to, reason: typed.text("reason"), voucher: typed.text("voucher") };
            steps::take(conn, app.tools(), &actor, known, body).map(|_| is_seen)
        })
        .await;
    match done {
        Ok(is_seen) => {
            let back =
                if is_seen { format!("/award-applications/{id}") } else { "/award-notices".to_owned() };
            Ok(flash::redirect(back, Message::new("award-step-taken")))
        }
        Err(error) => {
            let (filled, status) = at_the_head(&form, error)?;
            shown(&app, &visit, signed_in.0, id, to, filled, status).await
        }
    }
}

/// What is wrong with facts, payees or the step itself stands above the form, which has no field of them: the page of the application
/// lists what is missing with links.
fn at_the_head(form: &Form, error: AppError) -> Result<(Filled, StatusCode), AppError> {
    let head = match &error {
        AppError::Invalid(errors) | AppError::ConflictFields(errors) => {
            let of_record = |fault: &&FieldError| {
                ["facts", "payees", "to"].iter().any(|field| fault.field.starts_with(field))
            };
            errors.0.iter().find(of_record).map(message_of)
        }
        _ => None,
    };
    let (filled, status) = returned(form, error)?;
    Ok((head.into_iter().fold(filled, |filled, message| filled.error("", message)), status))
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    to: ApplicationStatus,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let (application, seen) = asked(conn, &actor, &id, to)?;
            let way = find(application.status, to);
            let needs = way.map(|way| way.needs).unwrap_or_default();
            // Who does it in the creator's place says why.
            let in_his_place =
                way.is_some_and(|way| way.who == Who::Creator) && application.created_by != actor.user_id;
            let mut head = head(conn, &application)?;
            head.seen = seen;
            let missing = if to == ApplicationStatus::Submitted && !form.errors.is_empty() {
                let known = Known::of(conn, app.tools(), application)?;
                let (entered, own) = (&known.application.entered.0, edit_page(&known.application));
                view::missing(app, lang, known.loaded.compute(&app.reference, entered, &own).missing)
            } else {
                Vec::new()
            };
            Ok(StepPage {
                head,
                reason: needs.contains(&Need::Reason) || in_his_place,
                voucher: needs.contains(&Need::Voucher),
                to: to.to_string(),
                missing,
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
