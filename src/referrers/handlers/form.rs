//! `/referrers/new`, `POST /referrers`, `/referrers/{id}/edit`, `POST /referrers/{id}`: adding and changing by a form.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::chambers;
use crate::chambers::model::SourceStatus;
use crate::clock;
use crate::contacts::model::mask_phone;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::referrers::Referrer;
use crate::referrers::forms::{Declaration, ReferrerBody, ReferrerInput};
use crate::referrers::identity::IdentityKind;
use crate::referrers::model::{OfficialTie, ReferrerKind};
use crate::referrers::pages::Form as FormPage;
use crate::referrers::{editing, identity, policy, trail, view};
use crate::registers::forms::returned;
use crate::registers::places;
use crate::web::filled::{Choice, Filled};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::roles::{ReferrerEditor, ReferrerReader};
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::NaiveDate;

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
            let body = ReferrerBody::from_form(&mut typed, None, &app.reference);
            let input = ReferrerInput::check(body, &app.reference, clock::today(), typed.errors)?;
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
            let kept = trail::as_body(app.tools(), &before)?;
            let body = ReferrerBody::from_form(&mut typed, Some(&kept), &app.reference);
            let input = ReferrerInput::check(body, &app.reference, clock::today(), typed.errors)?;
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
                identity_kinds: super::identity_kinds(),
                declarations: Declaration::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                official_ties: OfficialTie::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                chambers: chambers::queries::names(conn)?
                    .into_iter()
                    .map(|(code, name)| format!("{code} {name}"))
                    .collect(),
                enters_account: policy::enters_accounts(actor.role),
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
            let body = trail::as_body(app.tools(), &referrer)?;
            page.version = referrer.version;
            page.phone_kept = body.phone.as_deref().map(mask_phone);
            page.identity_kept = body.identity_number.as_deref().map(identity::mask);
            page.account_kept = body.bank_account.as_deref().map(identity::mask_account);
            page.form = match filled {
                Some(filled) => filled,
                None => as_typed(conn, app, lang.code(), &referrer, body)?,
            };
            page.referrer = Some(super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?));
            Ok(page)
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}

/// A referrer as its form says it: without phone and numbers, which are kept when their fields stay empty.
fn as_typed(
    conn: &mut AnyConn,
    app: &App,
    lang: &str,
    referrer: &Referrer,
    body: ReferrerBody,
) -> Result<Filled, AppError> {
    let text = |text: Option<String>| text.unwrap_or_default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let region = body.region.map(|code| places::name_of(&app.reference, &code, lang));
    let chamber = chamber_name(conn, referrer.chamber_id.as_ref())?;
    let user = match &referrer.user_id {
        Some(id) => users::find(conn, id)?.map(|user| user.username),
        None => None,
    };
    let declaration = Declaration::of(body.public_employee).map(Declaration::as_str);
    Ok(Filled::new()
        .value("uscc", text(body.uscc))
        .value("identity_kind", body.identity_kind.map(IdentityKind::as_str).unwrap_or_default())
        .value("bank_name", text(body.bank_name))
        .value("declaration", declaration.unwrap_or_default())
        .value("official_tie", body.official_tie.map(OfficialTie::as_str).unwrap_or_default())
        .value("declared_on", day(body.declared_on))
        .value("chamber_id", text(chamber))
        .value("user_id", text(user))
        .value("agreement_number", text(body.agreement_number))
        .value("agreement_from", day(body.agreement_from))
        .value("agreement_to", day(body.agreement_to))
        .value("kind", body.kind.map(ReferrerKind::as_str).unwrap_or_default())
        .value("name", text(body.name))
        .value("region", text(region))
        .value("contact_person", text(body.contact_person))
        .value("note", text(body.note))
        .value("status", body.status.map(SourceStatus::as_str).unwrap_or_default()))
}

/// Code and name of a chamber, as the list of names offers it.
fn chamber_name(conn: &mut AnyConn, id: Option<&Id>) -> Result<Option<String>, AppError> {
    let Some(id) = id else { return Ok(None) };
    let found = chambers::queries::of_ids(conn, std::slice::from_ref(id))?;
    Ok(found.into_iter().next().map(|chamber| format!("{} {}", chamber.code, chamber.name)))
}
