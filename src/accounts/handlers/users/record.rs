//! One user: made, seen and changed, on the page and by the API.

use super::{Added, NewUser, UserView, add, checked, found};
use crate::accounts::admin_pages::{PasswordReset, UserForm, UserHead};
use crate::accounts::forms::UserBody;
use crate::accounts::model::{Role, User};
use crate::accounts::registry::Registry;
use crate::app::App;
use crate::audit::By;
use crate::chambers;
use crate::contacts::model::mask_phone;
use crate::error::{AppError, FieldErrors};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{Administrator, UserReader};
use crate::web::visit::Visit;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde_json::Value;

pub async fn read(app: Data<App>, _: UserReader, id: Path<String>) -> Result<HttpResponse, AppError> {
    let view = app
        .read(move |app, conn| {
            let user = found(conn, &id)?;
            UserView::of(app, conn, user)
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

pub async fn create(
    app: Data<App>,
    actor: Administrator,
    body: Json<UserBody>,
) -> Result<HttpResponse, AppError> {
    let Added { user, one_time_password } = add(&app, &actor, body.0, FieldErrors::default()).await?;
    let view = app.read(move |app, conn| UserView::of(app, conn, user)).await?;
    let location = format!("/api/v1/users/{}", view.id);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header(etag(view.version))
        .json(NewUser { user: view, one_time_password }))
}

pub async fn patch(
    app: Data<App>,
    actor: Administrator,
    id: Path<String>,
    if_match: IfMatch,
    patch: Json<Value>,
) -> Result<HttpResponse, AppError> {
    let by = actor.0.clone();
    let view = app
        .write(&actor, move |app, conn| {
            let before = found(conn, &id)?;
            if_match.require(before.version)?;
            let body = json::merged(&UserBody::of(&before, &app.keys)?, patch.0)?;
            if body.password.is_some() || body.must_change_password.is_some() {
                return Err(AppError::invalid("password", "password-by-reset"));
            }
            let input = checked(&app.reference, &body, FieldErrors::default())?;
            let after = Registry::of(app, By::Actor(&by)).change(conn, &before, &input)?;
            UserView::of(app, conn, after)
        })
        .await?;
    Ok(HttpResponse::Ok().insert_header(etag(view.version)).json(view))
}

pub async fn new(app: Data<App>, visit: Visit, _: Administrator) -> Result<HttpResponse, AppError> {
    page(&app, &visit, None, Filled::new(), HttpResponse::Ok()).await
}

pub async fn create_on_page(
    app: Data<App>,
    visit: Visit,
    actor: Administrator,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    let body = UserBody::from_form(&mut form, None);
    let faults = std::mem::take(&mut form.errors);
    match add(&app, &actor, body, faults).await {
        Ok(Added { user, one_time_password: Some(password) }) => {
            visit.page(&app, &PasswordReset { user: head(&user), password: Some(password) })
        }
        Ok(_) => Ok(flash::redirect("/admin/users", Message::new("user-created"))),
        Err(AppError::Invalid(errors)) => {
            let mut filled = form.filled(&errors);
            filled.values.remove("password");
            page(&app, &visit, None, filled, HttpResponse::UnprocessableEntity()).await
        }
        Err(other) => Err(other),
    }
}

pub async fn edit(
    app: Data<App>,
    visit: Visit,
    _: Administrator,
    id: Path<String>,
) -> Result<HttpResponse, AppError> {
    let (user, body) = app
        .read(move |app, conn| {
            let user = found(conn, &id)?;
            let body = UserBody::of(&user, &app.keys)?;
            Ok((user, body))
        })
        .await?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let filled = Filled::new()
        .value("display_name", &user.display_name)
        .value("role", user.role.as_str())
        .value("region", text(&body.region))
        .value("chamber", text(&body.chamber))
        .value("phone", body.phone.as_deref().map(mask_phone).unwrap_or_default())
        .value("email", text(&body.email));
    page(&app, &visit, Some(head(&user)), filled, HttpResponse::Ok()).await
}

pub async fn update_on_page(
    app: Data<App>,
    visit: Visit,
    actor: Administrator,
    id: Path<String>,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    let (by, mut entered, user_id) = (actor.0.clone(), form.clone(), id.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let before = found(conn, &user_id)?;
            if entered.figure("version") != Some(before.version) {
                return Err(AppError::Stale { current: before.version });
            }
            let body = UserBody::from_form(&mut entered, Some(&UserBody::of(&before, &app.keys)?));
            let input = checked(&app.reference, &body, std::mem::take(&mut entered.errors))?;
            Registry::of(app, By::Actor(&by)).change(conn, &before, &input)
        })
        .await;
    form.errors = match done {
        Ok(_) => return Ok(flash::redirect("/admin/users", Message::new("user-saved"))),
        Err(AppError::Invalid(errors)) => errors,
        Err(AppError::Conflict(code)) => FieldErrors::one("", code),
        // The form comes back with the present version: what was typed is kept, and saved when he says so again.
        Err(AppError::Stale { .. }) => FieldErrors::one("", "stale"),
        Err(other) => return Err(other),
    };
    let user = app.read(move |_, conn| found(conn, &id)).await?;
    let filled = form.filled(&form.errors);
    page(&app, &visit, Some(head(&user)), filled, HttpResponse::UnprocessableEntity()).await
}

async fn page(
    app: &App,
    visit: &Visit,
    user: Option<UserHead>,
    form: Filled,
    response: HttpResponseBuilder,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang.code();
    let chambers = app.read(|_, conn| Ok(chambers::queries::choices(conn)?)).await?;
    let regions = app.reference.counties().iter();
    let page = UserForm {
        user,
        form,
        roles: Role::ALL.iter().map(|role| Choice::code(role.as_str())).collect(),
        regions: regions.map(|region| Choice::named(&region.code, region.name(lang))).collect(),
        chambers: chambers.into_iter().map(|(id, name)| Choice::named(id.to_string(), name)).collect(),
    };
    visit.page_with(app, &page, response)
}

/// Whom a page is about.
pub fn head(user: &User) -> UserHead {
    UserHead {
        id: user.id.to_string(),
        username: user.username.clone(),
        display_name: user.display_name.clone(),
        role: user.role.as_str().to_owned(),
        active: user.active,
        version: user.version,
    }
}
