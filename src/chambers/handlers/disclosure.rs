//! `/chambers/{id}/disclosures`, `/chambers/{id}/entries/{entry}/disclosures`: showing the phone of the contact, or of an
//! entry, in full, with a reason, logged.

use super::entry_page;
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::chambers::entries::Entry;
use crate::chambers::pages::DisclosurePage;
use crate::chambers::{Chamber, editing, entries, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::disclosure::Disclosed;
use crate::registers::disclosure::{Disclosure, disclose_with};
use crate::registers::forms::returned;
use crate::registers::sealed;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::i18n::Lang;
use crate::web::json::Json;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// Whose page it is: a chamber's, or that of an entry of it.
type At = (String, Option<String>);

/// Whose phone it is.
type Subject = (Chamber, Option<Entry>);

/// `POST /api/v1/chambers/{id}/disclosures {field: "phone", reason}` → `{field, value}`
pub async fn create(
    reader: ChamberReader,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    told(&app, reader.0, (id.into_inner(), None), wanted).await
}

/// `POST /api/v1/chambers/{id}/entries/{entry}/disclosures {field: "phone", reason}` → `{field, value}`
pub async fn create_of_entry(
    reader: ChamberReader,
    path: Path<(String, String)>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    told(&app, reader.0, of_entry(path), wanted).await
}

/// `GET /chambers/{id}/disclosures`: asks for the reason.
pub async fn form(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, (id.into_inner(), None), Filled::new(), StatusCode::OK).await
}

/// `GET /chambers/{id}/entries/{entry}/disclosures`
pub async fn entry_form(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, reader.0, of_entry(path), Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/{id}/disclosures`: shows the phone once; reading the page again asks for a reason again.
pub async fn submit(
    reader: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    answered(&app, &visit, reader.0, (id.into_inner(), None), form).await
}

/// `POST /chambers/{id}/entries/{entry}/disclosures`
pub async fn submit_of_entry(
    reader: ChamberReader,
    visit: Visit,
    path: Path<(String, String)>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    answered(&app, &visit, reader.0, of_entry(path), form).await
}

fn of_entry(path: Path<(String, String)>) -> At {
    let (id, entry) = path.into_inner();
    (id, Some(entry))
}

async fn told(app: &App, actor: Actor, at: At, wanted: Disclosure) -> Result<HttpResponse, AppError> {
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let subject = load(conn, app.tools(), &actor, &at)?;
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
    let reason = form.text("reason").unwrap_or_default();
    let done = app
        .write(&actor, move |app, conn| {
            let subject = load(conn, app.tools(), &by, &named)?;
            let wanted = Disclosure { field: "phone".to_owned(), reason };
            let phone = opened(conn, app.tools(), &by, &subject, &wanted)?;
            Ok(DisclosurePage { phone, is_shown: true, ..page(conn, app, lang, &by, subject)? })
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

/// Whose phone a path names, of a chamber that the actor may keep: a liaison is shown nobody's number.
fn load(conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, (id, entry): &At) -> Result<Subject, AppError> {
    let chamber = editing::load_editable(conn, tools, actor, id)?;
    match entry {
        Some(entry) => {
            let (chamber, entry) = entries::editing::find(conn, actor, id, entry)?;
            Ok((chamber, Some(entry)))
        }
        None => Ok((chamber, None)),
    }
}

/// The phone in clear, once the trail holds who looked and why.
fn opened(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    (chamber, entry): &Subject,
    wanted: &Disclosure,
) -> Result<Option<String>, AppError> {
    let about = match entry {
        Some(entry) => Differences::default().set("entry", &entry.name),
        None => Differences::default(),
    };
    disclose_with(conn, actor, ("chamber", &chamber.id), wanted, &["phone"], about)?;
    let (context, sealed) = match entry {
        Some(entry) => (entry.phone_context(), &entry.phone_encrypted),
        None => (chamber.phone_context(), &chamber.phone_encrypted),
    };
    Ok(sealed::open(tools.keys, &context, sealed.as_deref())?)
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    actor: &Actor,
    (chamber, entry): Subject,
) -> Result<DisclosurePage, AppError> {
    Ok(DisclosurePage {
        entry: entry.map(|entry| entry_page::row(app, lang, entry)).transpose()?,
        chamber: super::row(app, lang, view::detail(conn, app.tools(), actor, chamber)?),
        ..DisclosurePage::default()
    })
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
            let subject = load(conn, app.tools(), &actor, &at)?;
            Ok(DisclosurePage { form, ..page(conn, app, lang, &actor, subject)? })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
