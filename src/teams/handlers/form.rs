//! `/teams/new`, `POST /teams`, `/teams/{id}/edit`, `POST /teams/{id}`: adding and changing by a form.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::small_page::{self, Reader};
use crate::teams::forms::{TeamBody, TeamInput};
use crate::teams::model::TeamKind;
use crate::teams::pages::Form as FormPage;
use crate::teams::{Team, editing, view};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{TeamKeeper, TeamReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /teams/new`
pub async fn new_form(keeper: TeamKeeper, visit: Visit, app: Data<App>) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, keeper.0, None, make).await
}

/// `POST /teams`
pub async fn submit(
    keeper: TeamKeeper,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, keeper.0, None, form).await
}

/// `GET /teams/{id}/edit`
pub async fn edit_form(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    small_page::show(&app, &visit, reader.0, Some(id.into_inner()), make).await
}

/// `POST /teams/{id}`
pub async fn submit_edit(
    reader: TeamReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    saved(&app, &visit, reader.0, Some(id.into_inner()), form).await
}

async fn saved(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let work = |conn: &mut AnyConn, app: &App, actor: &Actor, id: &Option<String>, mut form: Form| {
        let before = match id {
            Some(id) => Some(editing::load_editable(conn, actor, id)?),
            None => None,
        };
        if let Some(before) = &before {
            form.version().require(before.version)?;
        }
        let body = TeamBody::from_form(&mut form);
        let input = TeamInput::check(body, &app.reference, form.errors)?;
        match before {
            Some(before) => editing::edit(conn, actor, before, input),
            None => editing::register(conn, actor, input),
        }
    };
    let done = |team: Team| flash::redirect(format!("/teams/{}", team.id), Message::new("register-saved"));
    small_page::submit(app, visit, actor, id, form, work, done, make).await
}

/// The form, of a new one or of this one, filled as it was typed or else as it is.
fn make(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: Option<String>,
    filled: Option<Filled>,
) -> Result<FormPage, AppError> {
    let (actor, lang) = (&reader.actor, reader.lang);
    let is_bureau = actor.role.is_bureau();
    let counties = app.reference.counties().iter();
    let counties = counties.filter(|county| is_bureau || actor.is_of(&county.code));
    // The city's own team is the bureau's.
    let kinds = TeamKind::ALL.iter().filter(|kind| is_bureau || **kind != TeamKind::City);
    let mut page = FormPage {
        counties: counties.map(|one| Choice::named(&one.code, one.name(lang.code()))).collect(),
        kinds: kinds.map(|kind| Choice::code(kind.as_str())).collect(),
        ..FormPage::default()
    };
    let Some(id) = id else {
        let own = actor.region.clone().unwrap_or_default();
        page.form = filled.unwrap_or_else(|| Filled::new().value("county", own).value("kind", "joint"));
        return Ok(page);
    };
    let team = editing::load_editable(conn, actor, &id)?;
    page.version = team.version;
    page.form = filled.unwrap_or_else(|| as_typed(editing::as_body(&team)));
    page.team = Some(super::row(app, lang, &view::detail(conn, app.tools(), team)?));
    Ok(page)
}

/// A team as its form says it.
fn as_typed(body: TeamBody) -> Filled {
    let values = [
        ("name", body.name),
        ("kind", body.kind.map(|kind| kind.to_string())),
        ("county", body.county),
        ("leader", body.leader),
        ("note", body.note),
    ];
    values
        .into_iter()
        .fold(Filled::new(), |filled, (field, text)| filled.value(field, text.unwrap_or_default()))
}
