//! `/set-up/{secret}`: the first account, and with it, if wanted, that of the bureau's head.

use crate::accounts::forms::{UserBody, UserInput};
use crate::accounts::model::Role;
use crate::accounts::pages::SetUp;
use crate::accounts::registry::{Registry, first_password};
use crate::accounts::set_up;
use crate::app::App;
use crate::audit::By;
use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::{Lang, Message};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// The name under which the trail keeps who set up.
const BY: &str = "set-up";

pub async fn show(app: Data<App>, visit: Visit, secret: Path<String>) -> Result<HttpResponse, AppError> {
    let secret = must_be_open(&app, secret.into_inner()).await?;
    visit.page(&app, &SetUp { token: secret, ..SetUp::default() })
}

pub async fn create(
    app: Data<App>,
    visit: Visit,
    secret: Path<String>,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let secret = must_be_open(&app, secret.into_inner()).await?;
    let (token, address, entered) = (secret.clone(), visit.address.to_string(), form.clone());
    let lang = visit.lang;
    let done = app.block(move |app| make(app, lang, &token, &address, &entered)).await;
    match done {
        Ok(()) => Ok(flash::redirect("/sign-in", Message::new("set-up-done"))),
        Err(AppError::Invalid(errors)) => {
            let mut filled = form.filled(&errors);
            for secret in ["password", "password_again", "head_password"] {
                filled.values.remove(secret);
            }
            let page = SetUp { form: filled, token: secret };
            visit.page_with(&app, &page, HttpResponse::UnprocessableEntity())
        }
        Err(other) => Err(other),
    }
}

async fn must_be_open(app: &App, secret: String) -> Result<String, AppError> {
    let asked = secret.clone();
    let open = app.read(move |_, conn| set_up::is_open(conn, &asked, clock::now())).await?;
    if open { Ok(secret) } else { Err(AppError::NotFound) }
}

fn make(app: &App, lang: Lang, secret: &str, address: &str, form: &Form) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    let admin = person(app, form, "", (Role::Admin, lang), &mut errors)?;
    if form.raw("password") != form.raw("password_again") {
        errors.add("password_again", "password-differs");
    }
    let head = match form.text("head_username").or_else(|| form.text("head_display_name")) {
        Some(_) => person(app, form, "head_", (Role::BureauHead, lang), &mut errors)?,
        None => None,
    };
    if let (Some((admin, _)), Some((head, _))) = (&admin, &head)
        && admin.username == head.username
    {
        errors.add("head_username", "username-taken");
    }
    errors.into_result()?;
    app.db.write(|conn| {
        set_up::use_up(conn, secret, clock::now())?;
        let registry = Registry::of(app, By::Program(BY, Some(address)));
        // The administrator chose his own password; the head got his from somebody else.
        for (person, must_change) in [(admin, false), (head, true)] {
            if let Some((input, hash)) = person {
                registry.add(conn, &input, &hash, must_change)?;
            }
        }
        Ok(())
    })
}

/// A person's fields, which begin with `prefix`: the checked input and the password's hash.
fn person(
    app: &App,
    form: &Form,
    prefix: &str,
    (role, lang): (Role, Lang),
    errors: &mut FieldErrors,
) -> Result<Option<(UserInput, String)>, AppError> {
    let body = UserBody {
        username: form.text(&format!("{prefix}username")),
        display_name: form.text(&format!("{prefix}display_name")),
        role: Some(role),
        locale: lang.code().parse().ok(),
        ..UserBody::default()
    };
    let mut found = FieldErrors::default();
    let input = body.checked(&app.reference, &mut found);
    let password = form.raw(&format!("{prefix}password"));
    let mut made = None;
    match input.map(|input| (first_password(&password, &input), input)) {
        Some((Ok(hash), input)) => made = Some((input, hash)),
        Some((Err(AppError::Invalid(faults)), _)) => found.0.extend(faults.0),
        Some((Err(other), _)) => return Err(other),
        None => {}
    }
    for mut fault in found.0 {
        fault.field = format!("{prefix}{}", fault.field).into();
        errors.0.push(fault);
    }
    Ok(made)
}
