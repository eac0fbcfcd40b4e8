//! `/saved-searches/new`, `POST /saved-searches`, `/saved-searches/{id}/edit`, `POST /saved-searches/{id}`: saving and
//! changing by a form.

use super::{row, survey};
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::saved_searches::asking::{self, Known};
use crate::saved_searches::forms::{ChangeInput, SavedSearchBody, SavedSearchChange, SavedSearchInput};
use crate::saved_searches::pages::Form as FormPage;
use crate::saved_searches::{SavedSearch, editing, policy, terms};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /saved-searches/new?query=`
pub async fn new_form(
    reader: LeadReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["query"])?;
    let query = params.text("query").unwrap_or_default().to_owned();
    small_page::show(&app, &visit, reader.0, query, make_new).await
}

/// `POST /saved-searches`
pub async fn submit(
    reader: LeadReader,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let query = form.text("query").unwrap_or_default();
    let known = match form.is_checked("tell") {
        true => survey(&app, &reader, query.clone()).await?,
        false => Known::default(),
    };
    let work = move |conn: &mut AnyConn, app: &App, actor: &Actor, _: &String, form: Form| {
        let input = SavedSearchInput::check(SavedSearchBody::from_form(&form))?;
        editing::save(conn, app, actor, input, &known)
    };
    small_page::submit(&app, &visit, reader.0, query, form, work, done, make_new).await
}

/// `GET /saved-searches/{id}/edit`
pub async fn edit_form(
    reader: LeadReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, id.into_inner(), make).await
}

/// `POST /saved-searches/{id}`
pub async fn submit_edit(
    reader: LeadReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, _: &App, actor: &Actor, id: &String, form: Form| {
        let before = editing::load_own(conn, actor, id)?;
        form.version().require(before.version)?;
        let input = ChangeInput::check(SavedSearchChange::from_form(&form))?;
        editing::edit(conn, actor, before, input)
    };
    small_page::submit(&app, &visit, reader.0, id.into_inner(), form, work, done, make).await
}

fn done(search: SavedSearch) -> HttpResponse {
    flash::redirect(format!("/saved-searches/{}", search.id), Message::new("saved-search-saved"))
}

/// The form of a new one, which asks this; what cannot be asked is said when it is sent.
fn make_new(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    query: String,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let terms = match asking::kept(conn, app, &reader.actor, &query) {
        Ok(params) => terms::of_one(conn, app, reader.lang, params)?,
        Err(AppError::Invalid(_)) => Vec::new(),
        Err(error) => return Err(error),
    };
    let name: String = terms.join(" ").chars().take(60).collect();
    let form = filled.unwrap_or_else(|| Filled::new().value("name", name).value("tell", "true"));
    let form = form.value("query", query);
    let may_share = policy::shares(&reader.actor);
    Ok(FormPage { form, terms, may_share, ..FormPage::default() })
}

/// The form of this one, filled as it was typed or else as it is.
fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: String,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let search = editing::load_own(conn, &reader.actor, &id)?;
    let form = filled.unwrap_or_else(|| {
        let shared = if search.is_shared { "true" } else { "" };
        Filled::new().value("name", search.name.clone()).value("shared", shared)
    });
    Ok(FormPage {
        version: search.version,
        form,
        // Who shares nothing any more may still take back what he shared.
        may_share: policy::shares(&reader.actor) || search.is_shared,
        saved: Some(row(conn, app, &reader.actor, reader.lang, search)?),
        terms: Vec::new(),
    })
}
