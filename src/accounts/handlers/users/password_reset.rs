//! A new password for somebody who lost his: made by the program, shown once, changed at the next sign-in.

use super::{NewPassword, found, record::head};
use crate::accounts::admin_pages::PasswordReset;
use crate::accounts::model::{Actor, User};
use crate::accounts::password;
use crate::accounts::registry::Registry;
use crate::app::App;
use crate::audit::By;
use crate::error::AppError;
use crate::web::precondition::{IfMatch, etag};
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
    let user = app.read(move |_, conn| found(conn, &id)).await?;
    visit.page(&app, &PasswordReset { user: head(&user), password: None })
}

pub async fn create_on_page(
    app: Data<App>,
    visit: Visit,
    actor: Administrator,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    let (user, password) = reset(&app, &actor, &id, IfMatch::Missing).await?;
    visit.page(&app, &PasswordReset { user: head(&user), password: Some(password) })
}

pub async fn create(
    app: Data<App>,
    actor: Administrator,
    id: Path<String>,
    if_match: IfMatch,
) -> Result<HttpResponse, AppError> {
    let (user, password) = reset(&app, &actor, &id, if_match).await?;
    let body = NewPassword { id: user.id, username: user.username, one_time_password: password };
    Ok(HttpResponse::Ok().insert_header(etag(user.version)).json(body))
}

async fn reset(app: &App, actor: &Actor, id: &str, if_match: IfMatch) -> Result<(User, String), AppError> {
    let (password, hash) = app
        .block(|_| {
            let password = password::generate("", "");
            let hash = password::hash(&password)?;
            Ok((password, hash))
        })
        .await?;
    let (by, id) = (actor.clone(), id.to_owned());
    let user = app
        .write(actor, move |app, conn| {
            let user = found(conn, &id)?;
            if_match.honour(user.version)?;
            Registry::of(app, By::Actor(&by)).reset_password(conn, &user, &hash)?;
            Ok(user)
        })
        .await?;
    Ok((user, password))
}
