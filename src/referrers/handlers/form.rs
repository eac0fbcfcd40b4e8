//! `/referrers/new`, `POST /referrers`, `/referrers/{id}/edit`, `POST /referrers/{id}`: adding and changing by a form.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::model::SourceStatus;
use crate::contacts::model::mask_phone;
use crate::error::AppError;
use crate::referrers::model::ReferrerKind;
use crate::referrers::pages::Form as FormPage;
use crate::referrers::{editing, view};
use crate::registers::forms::returned;
use crate::registers::{RecordBody, RecordInput, places};
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{ReferrerEditor, ReferrerReader};
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `GET /referrers/new`
pub async fn new_form(
    editor: ReferrerEditor,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, editor.0, None, Some(Filled::new()), StatusCode::OK).await
}

/// `POST /referrers`
pub async fn submit(
    editor: ReferrerEditor,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, mut typed) = (editor.0.clone(), form.clone());
    let done = app
        .write(&editor, move |app, conn| {
            let body = RecordBody::from_form(&mut typed, None, &app.reference);
            let input = RecordInput::check(body, &app.reference, typed.errors)?;
            editing::register(conn, app.tools(), &actor, input)
        })
        .await;
    match done {
        Ok(referrer) => {
            Ok(flash::redirect(format!("/referrers/{}", referrer.id), Message::new("register-added")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, editor.0, None, Some(filled), status).await
        }
    }
}

/// `GET /referrers/{id}/edit`
pub async fn edit_form(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, Some(id.into_inner()), None, StatusCode::OK).await
}

/// `POST /referrers/{id}`
pub async fn submit_edit(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let (actor, named, mut typed) = (reader.0.clone(), id.clone(), form.clone());
    let done = app
        .write(&reader, move |app, conn| {
            let before = editing::load_editable(conn, &actor, &named)?;
            typed.version().require(before.version)?;
            let kept = editing::as_body(app.tools(), &before)?;
            let body = RecordBody::from_form(&mut typed, Some(&kept), &app.reference);
            let input = RecordInput::check(body, &app.reference, typed.errors)?;
            editing::edit(conn, app.tools(), &actor, before, input)
        })
        .await;
    match done {
        Ok(referrer) => {
            Ok(flash::redirect(format!("/referrers/{}", referrer.id), Message::new("register-saved")))
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, reader.0, Some(id), Some(filled), status).await
        }
    }
}

/// The form, of a new referrer or of this one, filled as it was typed or else as the referrer is.
async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: Option<String>,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let mut page = FormPage {
                kinds: ReferrerKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
                statuses: SourceStatus::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
                regions: places::choices(&app.reference, lang.code()),
                ..FormPage::default()
            };
            let Some(id) = id else {
                page.form = filled.unwrap_or_default();
                return Ok(page);
            };
            let referrer = editing::load_editable(conn, &actor, &id)?;
            let body = editing::as_body(app.tools(), &referrer)?;
            page.version = referrer.version;
            page.phone_kept = body.phone.as_deref().map(mask_phone);
            page.form = filled.unwrap_or_else(|| as_typed(app, lang.code(), body));
            page.referrer = Some(super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?));
            Ok(page)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// A referrer as its form says it: without the phone, which is kept when the field stays empty.
fn as_typed(app: &App, lang: &str, body: RecordBody<ReferrerKind>) -> Filled {
    let text = |text: Option<String>| text.unwrap_or_default();
    let region = body.region.map(|code| places::name_of(&app.reference, &code, lang));
    Filled::new()
        .value("kind", body.kind.map(ReferrerKind::as_str).unwrap_or_default())
        .value("name", text(body.name))
        .value("region", text(region))
        .value("contact_person", text(body.contact_person))
        .value("note", text(body.note))
        .value("status", body.status.map(SourceStatus::as_str).unwrap_or_default())
}
