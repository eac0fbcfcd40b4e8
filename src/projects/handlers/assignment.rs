//! `/projects/{id}/assignment`: which county leader leads it (包联领导), and who works it.

use super::load_editable;
use super::small_page::{Reader, head, people, show, submit as submit_small};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::projects::editing;
use crate::projects::model::Project;
use crate::projects::pages::Assignment;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /projects/{id}/assignment`
pub async fn form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), page).await
}

/// `POST /projects/{id}/assignment`
pub async fn submit(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("project-assigned");
    let work = |conn: &mut AnyConn,
                tools: Tools<'_>,
                actor: &Actor,
                id: &str,
                seen: IfMatch,
                form: &mut Form| {
        let project = load_editable(conn, actor, id)?;
        seen.honour(project.version)?;
        let named = |field: &str| form.is_checked(field).then(|| form.text(field));
        editing::assign(conn, tools, actor, project, named("leader"), named("officer"), form.text("reason"))
            .map_err(at_fields)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

/// The reason of the history is the form's reason.
fn at_fields(error: AppError) -> AppError {
    let AppError::Invalid(mut errors) = error else { return error };
    for fault in &mut errors.0 {
        if fault.field == "leader_reason" {
            fault.field = "reason".into();
        }
    }
    AppError::Invalid(errors)
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Project,
    mut form: Filled,
) -> Result<Assignment, AppError> {
    let id = |id: &Option<Id>| id.as_ref().map(Id::to_string).unwrap_or_default();
    let now = [id(&project.leader_id), id(&project.officer_id)];
    for (field, value) in ["leader", "officer"].into_iter().zip(&now) {
        form.values.entry(field.to_owned()).or_insert_with(|| value.clone());
    }
    let led_from: Vec<&str> = [Some(&project.county), project.enclave_county.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let (leaders, officers) = people(conn, app, reader, &project.county, &led_from, &now)?;
    Ok(Assignment {
        leaders,
        officers,
        leader_name: project.leader_name.clone(),
        officer_name: project.officer_name.clone(),
        in_pool: project.is_in_pool(),
        project: head(&project),
        form,
    })
}
