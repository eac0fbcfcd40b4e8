//! `/filings/new`, `POST /filings`: putting a filing on record by a form.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::filings::editing;
use crate::filings::forms::FilingBody;
use crate::filings::model::{Filing, FilingRole};
use crate::filings::pages::New;
use crate::registers::forms::returned;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::FilingEditor;
use crate::web::visit::Visit;
use crate::{leads, referrers};
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /filings/new?referrer=&of=`
pub async fn new_form(
    editor: FilingEditor,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["referrer", "of"])?;
    let filled = ["referrer", "of"].into_iter().fold(Filled::new(), |filled, name| match params.text(name) {
        Some(value) => filled.value(name, value),
        None => filled,
    });
    shown(&app, &visit, editor.0, filled, StatusCode::OK).await
}

/// `POST /filings`
pub async fn submit(
    editor: FilingEditor,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, mut typed) = (editor.0.clone(), form.clone());
    let done = app.write(&editor, move |_, conn| filed(conn, &actor, &mut typed)).await;
    match done {
        Ok(filing) => Ok(flash::redirect(format!("/filings/{}", filing.id), Message::new("filing-made"))),
        Err(error) => {
            let (filled, status) = returned(&form, of_form(error))?;
            shown(&app, &visit, editor.0, filled, status).await
        }
    }
}

fn filed(conn: &mut AnyConn, actor: &Actor, form: &mut Form) -> Result<Filing, AppError> {
    let filed_on = form.date("filed_on");
    form.check()?;
    let first =
        |text: Option<String>| text.and_then(|text| text.split_whitespace().next().map(str::to_owned));
    let mut errors = FieldErrors::default();
    let (referrer, of) = (first(form.text("referrer")), first(form.text("of")));
    for (field, is) in
        [("referrer", referrer.is_some()), ("of", of.is_some()), ("filed_on", filed_on.is_some())]
    {
        if !is {
            errors.add(field, "required");
        }
    }
    let (Some(referrer), Some(of), Some(filed_on)) = (referrer, of, filed_on) else {
        return Err(AppError::Invalid(errors));
    };
    let referrer = match referrers::editing::load(conn, actor, &referrer) {
        Err(AppError::NotFound) => return Err(AppError::invalid("referrer", "unknown-referrer")),
        loaded => loaded?,
    };
    let is_lead = leads::queries::find_by_code(conn, actor, &of)?.is_some();
    let body = FilingBody {
        lead_id: is_lead.then(|| of.clone()),
        project_id: (!is_lead).then_some(of),
        filed_on,
        role: form.chosen("role")?,
        statement: form.text("statement"),
    };
    editing::create(conn, actor, &referrer, body)
}

/// The form has one field for lead and project.
fn of_form(error: AppError) -> AppError {
    let renamed = |mut errors: FieldErrors| {
        for fault in &mut errors.0 {
            if matches!(fault.field.as_ref(), "lead_id" | "project_id") {
                fault.field = "of".into();
            }
        }
        errors
    };
    match error {
        AppError::Invalid(errors) => AppError::Invalid(renamed(errors)),
        AppError::ForbiddenFields(errors) => AppError::ForbiddenFields(renamed(errors)),
        other => other,
    }
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |_, conn| {
            let names = referrers::queries::names(conn, &actor)?;
            Ok(New {
                referrers: names.into_iter().map(|(code, name)| format!("{code} {name}")).collect(),
                roles: FilingRole::ALL.iter().map(|role| Choice::code(role.as_str())).collect(),
                form,
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
