//! What the small pages of registers have in common: a form about one record, or about a new one, which changes it and
//! goes on, or comes back with what was typed and what is wrong with it.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
pub use crate::leads::handlers::small_page::Reader;
use crate::registers::forms::returned;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::templates::Page;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Makes the page of what it is about: an id, none for a new record, or two. Without a form it is opened for the first
/// time.
pub type Make<R, P> = fn(&mut AnyConn, &App, &Reader, R, Option<Filled>) -> Result<P, AppError>;

/// `GET`: the page as it is opened.
pub async fn show<R: Send + 'static, P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    of: R,
    make: Make<R, P>,
) -> Result<HttpResponse, AppError> {
    again(app, visit, actor, of, None, StatusCode::OK, make).await
}

/// `POST`: does the `work` in one transaction and answers with what `done` makes of it; a refused form comes back.
#[expect(clippy::too_many_arguments, reason = "each is another part of one answer")]
pub async fn submit<R, P, T>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    of: R,
    form: Form,
    work: impl FnOnce(&mut AnyConn, &App, &Actor, &R, Form) -> Result<T, AppError> + Send + 'static,
    done: impl FnOnce(T) -> HttpResponse,
    make: Make<R, P>,
) -> Result<HttpResponse, AppError>
where
    R: Clone + Send + 'static,
    P: Page + Send + 'static,
    T: Send + 'static,
{
    let (by, about, typed) = (actor.clone(), of.clone(), form.clone());
    match app.write(&actor, move |app, conn| work(conn, app, &by, &about, typed)).await {
        Ok(result) => Ok(done(result)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            again(app, visit, actor, of, Some(filled), status, make).await
        }
    }
}

async fn again<R: Send + 'static, P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    of: R,
    filled: Option<Filled>,
    status: StatusCode,
    make: Make<R, P>,
) -> Result<HttpResponse, AppError> {
    let reader = Reader { actor, lang: visit.lang };
    let page = app.read(move |app, conn| make(conn, app, &reader, of, filled)).await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
