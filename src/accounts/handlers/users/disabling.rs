//! Taking an account out of use, and bringing it back. It is kept: the trail names it.

use super::{found, record::head};
use crate::accounts::admin_pages::UserDisabling;
use crate::accounts::forms::UserBody;
use crate::accounts::model::Actor;
use crate::accounts::registry::Registry;
use crate::app::App;
use crate::audit::By;
use crate::error::{AppError, FieldErrors};
use crate::leads;
use crate::projects;
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::Administrator;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

pub async fn show(
    app: Data<App>,
    visit: Visit,
    _: Administrator,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |_, conn| {
            let user = found(conn, &id)?;
            let leads = leads::queries::count_in_hand(conn, &user.id)?;
            let projects = projects::queries::count_in_hand(conn, &user.id)?;
            Ok(UserDisabling { user: head(&user), leads, projects })
        })
        .await?;
    visit.page(&app, &page)
}

pub async fn create(
    app: Data<App>,
    actor: Administrator,
    id: Path<String>,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    set_active(&app, &actor, &id, false, form.figure("version")).await?;
    Ok(flash::redirect("/admin/users", Message::new("user-disabled")))
}

/// `POST /admin/users/{id}/enabling`
pub async fn delete(
    app: Data<App>,
    actor: Administrator,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    set_active(&app, &actor, &id, true, None).await?;
    Ok(flash::redirect("/admin/users", Message::new("user-enabled")))
}

async fn set_active(
    app: &App,
    actor: &Actor,
    id: &str,
    active: bool,
    version: Option<i64>,
) -> Result<(), AppError> {
    let (by, id) = (actor.clone(), id.to_owned());
    app.write(actor, move |app, conn| {
        let before = found(conn, &id)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(AppError::Stale { current: before.version });
        }
        let body = UserBody { active: Some(active), ..UserBody::of(&before, &app.keys)? };
        let input = super::checked(&app.reference, &body, FieldErrors::default())?;
        Registry::of(app, By::Actor(&by)).change(conn, &before, &input).map(drop)
    })
    .await
}
