//! What changes of an application have in common: over the API they answer with it; a form about one changes it and
//! goes back to its page, or comes back with what is wrong with it.

use super::{known, load, ok};
use crate::accounts::Actor;
use crate::app::App;
use crate::award_applications::model::Application;
use crate::award_applications::pages::Head;
use crate::award_applications::parties;
use crate::award_applications::steps::Known;
use crate::award_applications::{queries, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::templates::Page;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Which application a page is about.
pub fn head(conn: &mut AnyConn, application: &Application) -> Result<Head, AppError> {
    let titles = queries::titles_of(conn, std::slice::from_ref(application))?;
    Ok(Head {
        id: application.id.to_string(),
        code: application.code.clone(),
        project: parties::title(
            application,
            titles.into_values().next().map(|(_, title)| title).unwrap_or_default(),
        ),
        rule: application.rule.to_string(),
        amount_fen: application.amount_fen,
        version: application.version,
        seen: true,
    })
}

/// `GET`: the page of an application for whom `may` lets do it: 404 outside the scope, then 403.
pub async fn show<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    may: fn(crate::accounts::Role) -> bool,
    make: impl FnOnce(&mut AnyConn, Application, Filled) -> Result<P, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |_, conn| {
            let application = load(conn, &actor, &id)?;
            if !may(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            make(conn, application, Filled::new())
        })
        .await?;
    visit.page(app, &page)
}

/// Over the API: changes the application by `work`, and answers with it.
pub async fn change(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    if_match: IfMatch,
    work: impl FnOnce(&mut AnyConn, &App, &Actor, Known) -> Result<Application, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let shown = app
        .write(&actor.clone(), move |app, conn| {
            let known = known(conn, app.tools(), &actor, &id)?;
            if_match.honour(known.application.version)?;
            let application = work(conn, app, &actor, known)?;
            view::detail(conn, app, &actor, lang, application)
        })
        .await?;
    Ok(ok(&shown))
}

/// `POST`: changes the application by `work`, and goes to its page with a sentence of what was done.
#[expect(clippy::too_many_arguments, reason = "each is another part of one answer")]
pub async fn submit<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Form,
    done: Message,
    work: impl FnOnce(&mut AnyConn, &App, &Actor, Known, &mut Form) -> Result<Application, AppError>
    + Send
    + 'static,
    make: impl FnOnce(&mut AnyConn, Application, Filled) -> Result<P, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let (by, named, mut typed) = (actor.clone(), id.clone(), form.clone());
    let version = form.version();
    let result = app
        .write(&actor, move |app, conn| {
            let known = known(conn, app.tools(), &by, &named)?;
            version.honour(known.application.version)?;
            work(conn, app, &by, known, &mut typed)
        })
        .await;
    match result {
        Ok(application) => Ok(flash::redirect(format!("/award-applications/{}", application.id), done)),
        Err(error) => {
            let (filled, status): (Filled, StatusCode) = returned(&form, error)?;
            let page = app
                .read(move |_, conn| {
                    let application = load(conn, &actor, &id)?;
                    make(conn, application, filled)
                })
                .await?;
            visit.page_with(app, &page, HttpResponseBuilder::new(status))
        }
    }
}
