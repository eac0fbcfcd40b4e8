//! What the small pages of a lead have in common: a form about one lead, which changes it and goes back to
//! the lead's page, or comes back with what was typed and what is wrong with it.

use super::load_editable;
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::model::Lead;
use crate::leads::pages::LeadHead;
use crate::leads::queries::Known;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::precondition::IfMatch;
use crate::web::templates::Page;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Who looks, in which language.
#[derive(Clone)]
pub struct Reader {
    pub actor: Actor,
    pub lang: Lang,
}

/// Finds the lead of a path for an actor, or says why not: `load`, `load_editable`.
pub type Find = fn(&mut AnyConn, &Actor, &str) -> Result<Known, AppError>;

/// Makes the page of a lead and the form's state.
pub type Make<P> = fn(&mut AnyConn, &App, &Reader, Known, Filled) -> Result<P, AppError>;

/// Which lead a page is about.
pub fn head(lead: &Lead) -> LeadHead {
    LeadHead {
        id: lead.id.to_string(),
        code: lead.code.clone(),
        title: lead.title.clone(),
        investor_name: lead.investor_name.clone(),
        stage: lead.stage.to_string(),
        status: lead.status.to_string(),
        version: lead.version,
    }
}

/// `GET`: the page, with its form as `filled`.
pub async fn show<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    filled: Filled,
    make: Make<P>,
) -> Result<HttpResponse, AppError> {
    again(app, visit, actor, id, load_editable, filled, StatusCode::OK, make).await
}

/// The page with a status: as it is opened, or as it comes back.
#[expect(clippy::too_many_arguments, reason = "each is another part of one answer")]
pub async fn again<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    find: Find,
    filled: Filled,
    status: StatusCode,
    make: Make<P>,
) -> Result<HttpResponse, AppError> {
    let reader = Reader { actor, lang: visit.lang };
    let page = app
        .read(move |app, conn| {
            let known = find(conn, &reader.actor, &id)?;
            make(conn, app, &reader, known, filled)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// `POST`: changes the lead by `work`, and goes to its page with a sentence of what was done.
#[expect(clippy::too_many_arguments, reason = "each is another part of one answer")]
pub async fn submit<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Form,
    done: Message,
    work: impl FnOnce(&mut AnyConn, Tools<'_>, &Actor, &str, IfMatch, &mut Form) -> Result<Lead, AppError>
    + Send
    + 'static,
    make: Make<P>,
) -> Result<HttpResponse, AppError> {
    let (by, lead_id, mut typed) = (actor.clone(), id.clone(), form.clone());
    let version = form.version();
    let result =
        app.write(&actor, move |app, conn| work(conn, app.tools(), &by, &lead_id, version, &mut typed)).await;
    match result {
        Ok(lead) => Ok(flash::redirect(format!("/leads/{}", lead.id), done)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(app, visit, actor, id, load_editable, filled, status, make).await
        }
    }
}

/// A form as it goes back, with the status that a program would get. What is no fault of the form (not his
/// to do, not there, our fault) stays an error.
pub fn returned(form: &Form, error: AppError) -> Result<(Filled, StatusCode), AppError> {
    let status = error.status();
    let filled = match error {
        AppError::Invalid(errors) | AppError::ForbiddenFields(errors) | AppError::ConflictFields(errors) => {
            form.filled(&errors)
        }
        AppError::Conflict(code) => form.filled(&Default::default()).error("", Message::of("fault", code)),
        AppError::Stale { .. } => {
            form.filled(&Default::default()).error("", Message::new("fault-stale-form"))
        }
        other => return Err(other),
    };
    Ok((filled, status))
}

/// China's time now, as `datetime-local` takes it.
pub fn now_in_china() -> String {
    clock::china_time(clock::now()).format("%Y-%m-%dT%H:%M").to_string()
}
