//! `POST /account/password`: one's own new password. All other sessions end.

use crate::accounts::handlers::account::{self, Returned};
use crate::accounts::model::{Actor, Via};
use crate::accounts::password;
use crate::accounts::queries::{failures, sessions, users};
use crate::app::App;
use crate::audit::{self, Act};
use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn update(
    app: Data<App>,
    visit: Visit,
    actor: SignedIn,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (by, entered) = (actor.0.clone(), form.clone());
    match app.block(move |app| change(app, &by, &entered)).await {
        Ok(()) => Ok(flash::redirect("/account", Message::new("password-changed"))),
        Err(AppError::Invalid(errors)) => {
            let mut password = form.filled(&errors);
            password.values.clear();
            let returned = Returned { password, ..Returned::default() };
            account::page(&app, &visit, &actor, returned, HttpResponse::UnprocessableEntity()).await
        }
        Err(other) => Err(other),
    }
}

/// Hashing takes long: it is done before the transaction, which writes only if the password is still the same.
fn change(app: &App, actor: &Actor, form: &Form) -> Result<(), AppError> {
    let (old, new) = (form.raw("password"), form.raw("new_password"));
    let now = clock::now();
    // A signed-in browser left alone must not be a place to guess the password.
    let (user, credentials, remembered, blocked) = app.db.read(|conn| {
        let user = users::find(conn, &actor.user_id)?.ok_or(AppError::NotFound)?;
        let credentials = users::credentials(conn, &user.id)?.ok_or(AppError::NotFound)?;
        let remembered = users::remembered_passwords(conn, &user.id)?;
        let blocked = failures::blocked_until(conn, &user.username, &actor.address, now)?;
        Ok::<_, AppError>((user, credentials, remembered, blocked))
    })?;
    if let Some(until) = blocked {
        let seconds = u64::try_from((until - now).num_seconds()).unwrap_or(0) + 1;
        return Err(AppError::TooManyRequests { seconds, code: "password-tries" });
    }
    let mut errors = FieldErrors::default();
    if !password::verify(&old, &credentials.password_hash) {
        app.db.write(|conn| {
            Ok::<_, AppError>(failures::record(conn, &user.username, &actor.address, now).map(drop)?)
        })?;
        return Err(AppError::invalid("password", "password-wrong"));
    }
    let phone = user.phone(&app.keys)?;
    if let Some(code) = password::weakness(&new, &user.username, &user.display_name, phone.as_deref()) {
        errors.add("new_password", code);
    } else if remembered.iter().any(|hash| password::verify(&new, hash)) {
        errors.add("new_password", "password-used");
    }
    if new != form.raw("new_password_again") {
        errors.add("new_password_again", "password-differs");
    }
    errors.into_result()?;
    let hash = password::hash(&new)?;
    app.db.write(|conn| {
        let present = users::credentials(conn, &user.id)?.map(|credentials| credentials.password_hash);
        if present.as_ref() != Some(&credentials.password_hash) {
            return Err(AppError::invalid("password", "password-wrong"));
        }
        users::set_password(conn, &user.id, &hash, false, now)?;
        let own = match &actor.via {
            Via::Session(id) => Some(id),
            _ => None,
        };
        sessions::delete_others(conn, &user.id, own)?;
        let subject_id = user.id.as_str();
        let act = Act { action: "password.change", subject_kind: "user", subject_id, ..Act::default() };
        Ok(audit::record(conn, actor, act)?)
    })
}
