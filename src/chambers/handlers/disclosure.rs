//! `/chambers/{id}/disclosures`: showing the contact's phone in full, with a reason, logged.

use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::chambers::pages::DisclosurePage;
use crate::chambers::{Chamber, editing, view};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::handlers::disclosure::Disclosed;
use crate::registers::disclosure::{Disclosure, disclose};
use crate::registers::forms::returned;
use crate::registers::sealed;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::json::Json;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

/// `POST /api/v1/chambers/{id}/disclosures {field: "phone", reason}` → `{field, value}`
pub async fn create(
    reader: ChamberReader,
    id: Path<String>,
    Json(wanted): Json<Disclosure>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let field = wanted.field.clone();
    let value = app
        .write(&actor.clone(), move |app, conn| {
            let chamber = editing::load_editable(conn, app.tools(), &actor, &id)?;
            opened(conn, app.tools(), &actor, &chamber, &wanted)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Disclosed { field, value }))
}

/// `GET /chambers/{id}/disclosures`: asks for the reason.
pub async fn form(
    editor: ChamberReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    shown(&app, &visit, editor.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

/// `POST /chambers/{id}/disclosures`: shows the phone once; reading the page again asks for a reason again.
pub async fn submit(
    editor: ChamberReader,
    visit: Visit,
    id: Path<String>,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, lang) = (id.into_inner(), visit.lang);
    let (actor, named, reason) = (editor.0.clone(), id.clone(), form.text("reason").unwrap_or_default());
    let done = app
        .write(&editor, move |app, conn| {
            let chamber = editing::load_editable(conn, app.tools(), &actor, &named)?;
            let wanted = Disclosure { field: "phone".to_owned(), reason };
            let phone = opened(conn, app.tools(), &actor, &chamber, &wanted)?;
            let chamber = super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?);
            Ok(DisclosurePage { chamber, phone, is_shown: true, ..DisclosurePage::default() })
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

/// The phone in clear, once the trail holds who looked and why.
fn opened(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    chamber: &Chamber,
    wanted: &Disclosure,
) -> Result<Option<String>, AppError> {
    disclose(conn, actor, "chamber", &chamber.id, wanted, &["phone"])?;
    let sealed = chamber.phone_encrypted.as_deref();
    Ok(sealed::open(tools.keys, &chamber.phone_context(), sealed)?)
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
            let chamber = editing::load_editable(conn, app.tools(), &actor, &id)?;
            let chamber = super::row(app, lang, view::detail(conn, app.tools(), &actor, chamber)?);
            Ok(DisclosurePage { chamber, form, ..DisclosurePage::default() })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
