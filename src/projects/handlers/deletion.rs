//! `/projects/{id}/deletion`: taking a project away that was entered by mistake.

use super::load_editable;
use super::small_page::{Reader, head, returned, show};
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::projects::editing;
use crate::projects::model::Project;
use crate::projects::pages::Deletion;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `GET /projects/{id}/deletion`
pub async fn form(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), page).await
}

/// `POST /projects/{id}/deletion`; then there is no page of it to go back to.
pub async fn submit(
    reader: ProjectReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, project, seen) = (reader.0.clone(), id.clone(), form.version());
    let done = app.write(&reader, move |_, conn| {
        let project = load_editable(conn, &actor, &project)?;
        seen.honour(project.version)?;
        editing::delete(conn, &actor, project)
    });
    match done.await {
        Ok(_) => Ok(flash::redirect("/projects", Message::new("project-deleted"))),
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            super::small_page::answer(&app, &visit, reader.0, id, filled, status, page).await
        }
    }
}

fn page(_: &mut AnyConn, _: &App, _: &Reader, project: Project, form: Filled) -> Result<Deletion, AppError> {
    Ok(Deletion { was_in_pool: project.entered_on.is_some(), project: head(&project), form })
}
