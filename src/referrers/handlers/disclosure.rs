//! `/referrers/{id}/disclosures`, `/referrers/{id}/members/{member}/disclosures`: showing the phone, identity number or
//! account in full, of a member the identity number, with a reason, logged.

use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::handlers::disclosure::Disclosed;
use crate::referrers::model::Member;
use crate::referrers::pages::{DisclosurePage, MemberName};
use crate::referrers::{Referrer, editing, members, policy, view};
use crate::registers::disclosure::{Disclosure, disclose, disclose_with};
use crate::registers::forms::returned;
use crate::registers::sealed;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Lang;
use crate::web::json::Json;
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

const IDENTITY: &str = "identity_number";
const ACCOUNT: &str = "bank_account";

/// Whose page it is: a referrer's, or that of a member of the team.
type At = (String, Option<String>);

/// Whose fields they are.
struct Subject {
    referrer: Referrer,
    member: Option<Member>,
}

/// `POST /api/v1/referrers/{id}/disclosures {field, reason}` → `{field, value}`
pub async fn create(
    reader: ReferrerReader,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    told(&app, reader.0, (id.into_inner(), None), wanted).await
}

/// `POST /api/v1/referrers/{id}/members/{member}/disclosures {field, reason}` → `{field, value}`
pub async fn create_of_member(
    reader: ReferrerReader,
    path: Path<(String, String)>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    told(&app, reader.0, of_member(path), wanted).await
}

/// `GET /referrers/{id}/disclosures`: asks for the reason.
pub async fn form(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, (id.into_inner(), None), Filled::new(), StatusCode::OK).await
}

/// `GET /referrers/{id}/members/{member}/disclosures`
pub async fn member_form(
    reader: ReferrerReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, of_member(path), Filled::new(), StatusCode::OK).await
}

/// `POST /referrers/{id}/disclosures`: shows the field once; reading the page again asks for a reason again.
pub async fn submit(
    reader: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    answered(&app, &visit, reader.0, (id.into_inner(), None), form).await
}

/// `POST /referrers/{id}/members/{member}/disclosures`
pub async fn submit_of_member(
    reader: ReferrerReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    answered(&app, &visit, reader.0, of_member(path), form).await
}

fn of_member(path: Path<(String, String)>) -> At {
    let (id, member) = path.into_inner();
    (id, Some(member))
}

async fn told(app: &App, actor: Actor, at: At, wanted: Disclosure) -> Result<HttpResponse, AppError> {
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let subject = load(conn, &actor, &at)?;
            opened(conn, app.tools(), &actor, &subject, &wanted)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}

async fn answered(
    app: &App,
    visit: &Visit,
    actor: Actor,
    at: At,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let (lang, by, named) = (visit.lang, actor.clone(), at.clone());
    let (reason, field) = (form.text("reason").unwrap_or_default(), form.text("field"));
    let done = app
        .write(&actor, move |app, conn| {
            let subject = load(conn, &by, &named)?;
            let field = field.unwrap_or_else(|| first_of(&subject).to_owned());
            let wanted = Disclosure { field, reason };
            let value = opened(conn, app.tools(), &by, &subject, &wanted)?;
            let page = page(conn, app, lang, &by, subject)?;
            Ok(DisclosurePage { shown: Some(wanted.field), value, ..page })
        })
        .await;
    match done {
        // What is shown here must not stay in the browser's cache.
        Ok(page) => {
            let mut response = visit.page(app, &page)?;
            let never = header::HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, never);
            Ok(response)
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(app, visit, actor, at, filled, status).await
        }
    }
}

/// Whose fields a path names, of a referrer whom the actor may keep.
fn load(conn: &mut AnyConn, actor: &Actor, (id, member): &At) -> Result<Subject, AppError> {
    let referrer = editing::load_editable(conn, actor, id)?;
    let member = match member {
        Some(member) => Some(members::load(conn, &referrer, member)?),
        None => None,
    };
    Ok(Subject { referrer, member })
}

/// The field in clear, once the trail holds who looked and why.
///
/// # Errors
/// 403 at `field` for an account that is not the actor's to read.
fn opened(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    subject: &Subject,
    wanted: &Disclosure,
) -> Result<Option<String>, AppError> {
    let Subject { referrer, member } = subject;
    if let Some(member) = member {
        let about = Differences::default().set("member", &member.name);
        disclose_with(conn, actor, ("referrer", &referrer.id), wanted, &[IDENTITY], about)?;
        let sealed = member.identity_encrypted.as_deref();
        return Ok(sealed::open(tools.keys, &member.identity_context(), sealed)?);
    }
    if wanted.field == ACCOUNT && !policy::enters_accounts(actor.role) {
        return Err(AppError::ForbiddenFields(FieldErrors::one("field", "forbidden-field")));
    }
    disclose(conn, actor, "referrer", &referrer.id, wanted, &["phone", IDENTITY, ACCOUNT])?;
    let (context, sealed) = match wanted.field.as_str() {
        IDENTITY => (referrer.identity_context(), &referrer.identity_encrypted),
        ACCOUNT => (referrer.account_context(), &referrer.account_encrypted),
        _ => (referrer.phone_context(), &referrer.phone_encrypted),
    };
    Ok(sealed::open(tools.keys, &context, sealed.as_deref())?)
}

/// The field that is meant where the form names none.
fn first_of(subject: &Subject) -> &'static str {
    if subject.member.is_some() { IDENTITY } else { "phone" }
}

/// What there is of what the actor may have shown, as choices.
fn kept(actor: &Actor, subject: &Subject) -> Vec<Choice> {
    let Subject { referrer, member } = subject;
    let accounts = policy::enters_accounts(actor.role);
    let fields = match member {
        Some(member) => vec![(IDENTITY, member.identity_encrypted.is_some())],
        None => vec![
            ("phone", referrer.phone_encrypted.is_some()),
            (IDENTITY, referrer.identity_encrypted.is_some()),
            (ACCOUNT, referrer.account_encrypted.is_some() && accounts),
        ],
    };
    fields.into_iter().filter(|(_, is)| *is).map(|(field, _)| Choice::code(field)).collect()
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    subject: Subject,
) -> Result<DisclosurePage, AppError> {
    let fields = kept(actor, &subject);
    let member = subject.member.map(|member| MemberName { id: member.id.to_string(), name: member.name });
    let referrer = super::row(app, lang, view::detail(conn, app.tools(), actor, subject.referrer)?);
    Ok(DisclosurePage { referrer, member, fields, ..DisclosurePage::default() })
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    at: At,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let subject = load(conn, &actor, &at)?;
            Ok(DisclosurePage { form, ..page(conn, app, lang, &actor, subject)? })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
