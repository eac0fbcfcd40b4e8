//! `/account`: one's own account on one page. Each of its forms has a handler of its own; one that finds a
//! fault shows this page again with what was typed.

use crate::accounts::Via;
use crate::accounts::forms::{checked_email, checked_name, checked_phone};
use crate::accounts::model::{Locale, User};
use crate::accounts::pages::{Account, Profile, SessionLine, TokenLine};
use crate::accounts::queries::{sessions, tokens, users};
use crate::accounts::registry::Registry;
use crate::accounts::{device, forms};
use crate::app::App;
use crate::audit::By;
use crate::chambers;
use crate::clock;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// What a handler of one of the page's forms gives back to it.
#[derive(Default)]
pub struct Returned {
    pub form: Option<Filled>,
    pub password: Filled,
    pub token: Filled,
    /// A token just made.
    pub new_token: Option<String>,
}

pub async fn show(app: Data<App>, visit: Visit, actor: SignedIn) -> Result<HttpResponse, AppError> {
    page(&app, &visit, &actor, Returned::default(), HttpResponse::Ok()).await
}

pub async fn update(
    app: Data<App>,
    visit: Visit,
    actor: SignedIn,
    mut form: Form,
) -> Result<HttpResponse, AppError> {
    if visit.must_change {
        return Ok(flash::see_other("/account"));
    }
    let (by, mut entered) = (actor.0.clone(), form.clone());
    let done = app
        .write(&actor, move |app, conn| {
            let user = users::find(conn, &by.user_id)?.ok_or(AppError::NotFound)?;
            let mut input = own_input(app, &user)?;
            let shown = user.masked_phone(&app.keys)?;
            let mut errors = FieldErrors::default();
            let name = checked_name(&mut errors, "display_name", entered.text("display_name"));
            let locale = entered.parsed::<Locale>("locale", "unknown");
            let email = checked_email(&mut errors, entered.text("email"));
            let phone = entered.text("phone");
            if phone.is_none() || phone != shown {
                input.phone = checked_phone(&mut errors, phone);
            }
            errors.0.append(&mut entered.errors.0);
            errors.into_result()?;
            input.display_name = name.unwrap_or(input.display_name);
            input.locale = locale.unwrap_or(input.locale);
            input.email = email;
            Registry::of(app, By::Actor(&by)).change(conn, &user, &input)
        })
        .await;
    match done {
        Ok(_) => Ok(flash::redirect("/account", Message::new("account-saved"))),
        Err(AppError::Invalid(errors)) => {
            form.errors = FieldErrors::default();
            let returned = Returned { form: Some(form.filled(&errors)), ..Returned::default() };
            page(&app, &visit, &actor, returned, HttpResponse::UnprocessableEntity()).await
        }
        Err(other) => Err(other),
    }
}

/// The input that leaves a user as he is.
fn own_input(app: &App, user: &User) -> Result<forms::UserInput, AppError> {
    Ok(forms::UserInput {
        username: user.username.clone(),
        display_name: user.display_name.clone(),
        role: user.role,
        region: user.region.clone(),
        chamber: user.chamber_id.as_ref().map(ToString::to_string),
        phone: user.phone(&app.keys)?,
        email: user.email.clone(),
        locale: user.locale,
        active: user.active,
    })
}

/// The page as it is now, with what a form gives back.
pub async fn page(
    app: &App,
    visit: &Visit,
    actor: &SignedIn,
    returned: Returned,
    response: HttpResponseBuilder,
) -> Result<HttpResponse, AppError> {
    let (actor, lang, must_change) = (actor.0.clone(), visit.lang.code(), visit.must_change);
    let page = app
        .read(move |app, conn| {
            let user = users::find(conn, &actor.user_id)?.ok_or(AppError::NotFound)?;
            let phone = user.masked_phone(&app.keys)?;
            let form = Filled::new()
                .value("display_name", &user.display_name)
                .value("locale", user.locale.as_str())
                .value("email", user.email.clone().unwrap_or_default())
                .value("phone", phone.clone().unwrap_or_default());
            let (now, own) = (clock::now(), &actor.via);
            Ok(Account {
                profile: Profile {
                    username: user.username.clone(),
                    role: user.role.as_str().to_owned(),
                    place: place(app, conn, &user, lang)?,
                    phone,
                },
                form: returned.form.unwrap_or(form),
                locales: Locale::ALL.iter().map(|locale| Choice::code(locale.as_str())).collect(),
                password: returned.password,
                must_change,
                sessions: sessions::of_user(conn, &user.id, now)?
                    .into_iter()
                    .map(|session| session_line(session, own))
                    .collect(),
                tokens: tokens::of_user(conn, &user.id)?
                    .into_iter()
                    .filter(|token| token.revoked_at.is_none())
                    .map(|token| TokenLine {
                        id: token.id.to_string(),
                        name: token.name,
                        created_at: token.created_at,
                        expires_on: Some(clock::china_date(token.expires_at)),
                        expired: token.expires_at <= now,
                        last_used_at: token.last_used_at,
                    })
                    .collect(),
                token: returned.token,
                new_token: returned.new_token,
            })
        })
        .await?;
    visit.page_with(app, &page, response)
}

fn session_line(session: sessions::Session, own: &Via) -> SessionLine {
    SessionLine {
        current: *own == Via::Session(session.id.clone()),
        id: session.id.to_string(),
        named: session.device_name.is_some(),
        device: session.device_name.unwrap_or_else(|| device::name_of(&session.user_agent)),
        address: session.address,
        signed_in_at: session.created_at,
        last_seen_at: session.last_seen_at,
    }
}

/// For whom a user acts: the chamber's or the region's name; empty when it is neither.
pub fn place(app: &App, conn: &mut AnyConn, user: &User, lang: &str) -> Result<String, AppError> {
    if let Some(id) = &user.chamber_id
        && let Some(chamber) = chambers::queries::find(conn, id.as_str())?
    {
        return Ok(chamber.name);
    }
    let region = user.region.as_deref().map(|code| app.reference.region_name(code, lang).to_owned());
    Ok(region.unwrap_or_default())
}
