//! `/referrers/{id}/disclosures`: showing the phone, identity number or account in full, with a reason, logged.

use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::handlers::disclosure::Disclosed;
use crate::referrers::pages::DisclosurePage;
use crate::referrers::{Referrer, editing, policy, view};
use crate::registers::disclosure::{Disclosure, disclose};
use crate::registers::forms::returned;
use crate::registers::sealed;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::roles::ReferrerReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

const IDENTITY: &str = "identity_number";
const ACCOUNT: &str = "bank_account";

/// `POST /api/v1/referrers/{id}/disclosures {field, reason}` → `{field, value}`
pub async fn create(
    reader: ReferrerReader,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let referrer = editing::load_editable(conn, &actor, &id)?;
            opened(conn, app.tools(), &actor, &referrer, &wanted)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}

/// `GET /referrers/{id}/disclosures`: asks for the reason.
pub async fn form(
    editor: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, editor.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /referrers/{id}/disclosures`: shows the field once; reading the page again asks for a reason again.
pub async fn submit(
    editor: ReferrerReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, lang) = (id.into_inner(), visit.lang);
    let (actor, named, reason) = (editor.0.clone(), id.clone(), form.text("reason").unwrap_or_default());
    let field = form.text("field").unwrap_or_else(|| "phone".to_owned());
    let done = app
        .write(&editor, move |app, conn| {
            let referrer = editing::load_editable(conn, &actor, &named)?;
            let wanted = Disclosure { field, reason };
            let value = opened(conn, app.tools(), &actor, &referrer, &wanted)?;
            let fields = kept(&actor, &referrer);
            let referrer = super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?);
            Ok(DisclosurePage {
                referrer,
                fields,
                shown: Some(wanted.field),
                value,
                ..DisclosurePage::default()
            })
        })
        .await;
    match done {
        // What is shown here must not stay in the browser's cache.
        Ok(page) => {
            let mut response = visit.page(&app, &page)?;
            let never = header::HeaderValue::from_static("no-store");
            response.headers_mut().insert(header::CACHE_CONTROL, never);
            Ok(response)
        }
        Err(error) => {
            let (filled, status) = returned(&form, error)?;
            shown(&app, &visit, editor.0, id, filled, status).await
        }
    }
}

/// The field in clear, once the trail holds who looked and why.
///
/// # Errors
/// 403 at `field` for an account that is not the actor's to read.
fn opened(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    referrer: &Referrer,
    wanted: &Disclosure,
) -> Result<Option<String>, AppError> {
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

/// What the referrer has of what the actor may have shown, as choices.
fn kept(actor: &Actor, referrer: &Referrer) -> Vec<Choice> {
    let accounts = policy::enters_accounts(actor.role);
    let fields = [
        ("phone", referrer.phone_encrypted.is_some()),
        (IDENTITY, referrer.identity_encrypted.is_some()),
        (ACCOUNT, referrer.account_encrypted.is_some() && accounts),
    ];
    fields.into_iter().filter(|(_, is)| *is).map(|(field, _)| Choice::code(field)).collect()
}

async fn shown(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let lang = visit.lang;
    let page = app
        .read(move |app, conn| {
            let referrer = editing::load_editable(conn, &actor, &id)?;
            let fields = kept(&actor, &referrer);
            let referrer = super::row(app, lang, view::detail(conn, app.tools(), &actor, referrer)?);
            Ok(DisclosurePage { referrer, fields, form, ..DisclosurePage::default() })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
