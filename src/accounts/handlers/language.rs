//! `POST /language`: the language to read in; kept in a cookie, and with the user who is signed in.

use crate::accounts::model::{Locale, Via};
use crate::accounts::queries::users;
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::i18n::Lang;
use crate::web::visit::{LANGUAGE_COOKIE, Visit};
use crate::web::{flash, local};
use actix_web::HttpResponse;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::web::Data;

pub async fn update(app: Data<App>, visit: Visit, form: Form) -> Result<HttpResponse, AppError> {
    let wanted = form.text("lang");
    let lang = wanted.as_deref().and_then(Lang::parse).ok_or_else(|| AppError::invalid("lang", "unknown"))?;
    if let Some(actor) = visit.actor.clone().filter(|actor| matches!(actor.via, Via::Session(_))) {
        let locale: Locale = lang.code().parse().map_err(anyhow::Error::new)?;
        let user = actor.user_id.clone();
        app.write(&actor, move |_, conn| Ok(users::set_locale(conn, &user, locale, clock::now())?)).await?;
    }
    let mut response = flash::see_other(local::path_or_home(form.text("back").as_deref()));
    let cookie = Cookie::build(LANGUAGE_COOKIE, lang.code())
        .path("/")
        .http_only(true)
        .secure(app.settings.server.public_url.starts_with("https://"))
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish();
    response.add_cookie(&cookie).map_err(anyhow::Error::new)?;
    Ok(response)
}
