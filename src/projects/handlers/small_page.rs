//! What the small pages of a project have in common, as those of a lead (`leads::handlers::small_page`): a form about
//! one project, which changes it and goes back to its page, or comes back with what is wrong with it.

use super::{load, load_editable};
use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, User};
use crate::app::{App, Tools};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::small_page as lead;
pub use crate::leads::handlers::small_page::Reader;
use crate::projects::model::Project;
use crate::projects::pages::ProjectHead;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::templates::Page;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Finds the project of a path for an actor, or says why not.
pub type Find = fn(&mut AnyConn, &Actor, &str) -> Result<Project, AppError>;

/// Which project a page is about.
pub fn head(project: &Project) -> ProjectHead {
    ProjectHead {
        id: project.id.to_string(),
        code: project.code.clone(),
        title: project.title.clone(),
        investor_name: project.investor_name.clone(),
        version: project.version,
    }
}

/// The page with a status: as it is opened, or as it comes back.
pub async fn answer<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    filled: Filled,
    status: StatusCode,
    make: impl FnOnce(&mut AnyConn, &App, &Reader, Project, Filled) -> Result<P, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let reader = Reader { actor, lang: visit.lang };
    let page = app
        .read(move |app, conn| {
            let project = load(conn, &reader.actor, &id)?;
            make(conn, app, &reader, project, filled)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// `GET`: the page of a project that the actor may change.
pub async fn show<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    make: impl FnOnce(&mut AnyConn, &App, &Reader, Project, Filled) -> Result<P, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let make = |conn: &mut AnyConn, app: &App, reader: &Reader, project: Project, filled| {
        let project = load_editable(conn, &reader.actor, project.id.as_str())?;
        make(conn, app, reader, project, filled)
    };
    answer(app, visit, actor, id, Filled::new(), StatusCode::OK, make).await
}

/// `POST`: changes the project by `work`, and goes to its page with a sentence of what was done.
#[expect(clippy::too_many_arguments, reason = "each is another part of one answer")]
pub async fn submit<P: Page + Send + 'static>(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Form,
    done: Message,
    work: impl FnOnce(&mut AnyConn, Tools<'_>, &Actor, &str, IfMatch, &mut Form) -> Result<Project, AppError>
    + Send
    + 'static,
    make: impl FnOnce(&mut AnyConn, &App, &Reader, Project, Filled) -> Result<P, AppError> + Send + 'static,
) -> Result<HttpResponse, AppError> {
    let (by, project_id, mut typed) = (actor.clone(), id.clone(), form.clone());
    let version = form.version();
    let result =
        app.write(&actor, move |app, conn| work(conn, app.tools(), &by, &project_id, version, &mut typed));
    match result.await {
        Ok(project) => Ok(flash::redirect(format!("/projects/{}", project.id), done)),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            answer(app, visit, actor, id, filled, status, make).await
        }
    }
}

/// A form as it goes back, with the status that a program would get.
pub fn returned(form: &Form, error: AppError) -> Result<(Filled, StatusCode), AppError> {
    if matches!(error, AppError::Stale { .. }) {
        let filled = form.filled(&Default::default()).error("", Message::new("fault-stale-project"));
        return Ok((filled, StatusCode::PRECONDITION_FAILED));
    }
    lead::returned(form, error)
}

/// County leaders, and officers, whom a project of a county can be given to: its own first. Only leaders of `led_from`
/// are offered, as only they are taken (`projects::people`); all where it is not known yet. Those of these ids stay in the
/// list, or the form would take it from them unasked.
pub fn people(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    county: &str,
    led_from: &[&str],
    now: &[String],
) -> Result<(Vec<Choice>, Vec<Choice>), AppError> {
    let lang = reader.lang.code();
    let bureau = app.views.i18n().say(reader.lang, &Message::new("unit-bureau"));
    let label = |user: &User| {
        let place = user.region.as_deref().map(|code| app.reference.region_name(code, lang));
        Choice::named(user.id.as_str(), format!("{} · {}", user.display_name, place.unwrap_or(&bureau)))
    };
    let roles = [Role::BureauHead, Role::BureauOfficer, Role::CountyOfficer, Role::CountyLeader];
    let may_lead = |user: &User| {
        led_from.is_empty() || user.region.as_deref().is_some_and(|region| led_from.contains(&region))
    };
    let mut people = users::active_with_roles(conn, &roles)?;
    people.retain(|user| user.role != Role::CountyLeader || may_lead(user));
    for id in now.iter().filter_map(|id| id.parse().ok()) {
        if people.iter().all(|user| user.id != id) {
            people.extend(users::find(conn, &id)?);
        }
    }
    people.sort_by_key(|user| user.region.as_deref() != Some(county));
    let (leaders, officers): (Vec<User>, Vec<User>) =
        people.into_iter().partition(|user| user.role == Role::CountyLeader);
    Ok((leaders.iter().map(label).collect(), officers.iter().map(label).collect()))
}
