//! `/imports`: uploading a ledger, and looking at what was uploaded.

use super::{ImportView, load};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::imports::kinds::Reading;
use crate::imports::ledger::LedgerError;
use crate::imports::model::{Import, ImportKind, ImportStatus};
use crate::imports::preview::{Preview, file, keep};
use crate::imports::queries;
use crate::jobs::outbox::{self, Topic};
use crate::web::params::Params;
use crate::web::roles::LeadEditor;
use crate::web::upload::Uploaded;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

/// `GET /api/v1/imports`, the actor's own, the latest first.
pub async fn index(editor: LeadEditor, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let order = params.order(queries::LATEST_FIRST)?;
    let (cursor, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    let counts = params.flag("count")?;
    let page = app
        .read(move |_, conn| {
            let page = queries::page(conn, &editor, order, cursor.as_ref(), limit)?;
            let total = if counts { Some(queries::count(conn, &editor)?) } else { None };
            Ok(page.with_total(total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page.map(ImportView::from)))
}

/// `POST /api/v1/imports`: a multipart form with `file` and `kind`, which is `leads` unless it is `projects` or `chambers`.
///
/// 201 with the counts; 202 when the file is so large that it is read beside.
pub async fn create(
    editor: LeadEditor,
    uploaded: Uploaded,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let kind = match uploaded.field("kind") {
        None => ImportKind::Leads,
        Some(kind) => kind.parse().map_err(|_| AppError::invalid("kind", "unknown"))?,
    };
    let import = upload(&app, editor.0, uploaded, Some(kind)).await?;
    let mut response = if import.status == ImportStatus::Reading {
        HttpResponse::Accepted()
    } else {
        HttpResponse::Created()
    };
    let location = format!("/api/v1/imports/{}", import.id);
    Ok(response.insert_header((header::LOCATION, location)).json(ImportView::from(import)))
}

/// `GET /api/v1/imports/{id}`
pub async fn show(editor: LeadEditor, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let import = app.read(move |_, conn| load(conn, &editor, &id)).await?;
    Ok(HttpResponse::Ok().json(ImportView::from(import)))
}

/// `DELETE /api/v1/imports/{id}`: discards a preview. What was applied stays on record.
pub async fn delete(editor: LeadEditor, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    app.write(&actor.clone(), move |_, conn| discard(conn, &actor, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Throws a preview away, its file with it.
pub fn discard(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<(), AppError> {
    let import = load(conn, actor, id)?;
    if matches!(import.status, ImportStatus::Applying | ImportStatus::Applied) {
        return Err(AppError::Conflict("import-applied"));
    }
    queries::delete(conn, &import.id)?;
    told(conn, actor, &import, "import.discard")
}

/// Reads an upload and keeps its preview; without a kind the file's headers tell which ledger it is.
///
/// # Errors
/// 422 at `file` when it is no ledger; 403 for a role that does not keep such records.
pub async fn upload(
    app: &App,
    actor: Actor,
    uploaded: Uploaded,
    kind: Option<ImportKind>,
) -> Result<Import, AppError> {
    let (file_name, bytes) = uploaded.into_file().ok_or_else(|| AppError::invalid("file", "required"))?;
    let (file_name, bytes, reading) = app
        .block(move |app| {
            let reading = Reading::read(kind, &bytes, &file_name, &app.reference, clock::today());
            Ok((file_name, bytes, reading))
        })
        .await?;
    let reading = reading.map_err(|error| AppError::invalid("file", fault(&error)))?;
    app.write(&actor.clone(), move |app, conn| {
        let status = status_of(&reading);
        let import = keep(conn, app.tools(), &actor, reading.kind(), &file_name, &bytes, status)?;
        begin(conn, app.tools(), &actor, &import, reading)?;
        told(conn, &actor, &import, "import.upload")?;
        queries::find(conn, &actor, &import.id)?.ok_or(AppError::NotFound)
    })
    .await
}

/// Reads a preview's file as another ledger than it was taken for; nothing is written yet.
///
/// # Errors
/// 409 when it is no preview any more; 422 at `kind` when it is no such ledger.
pub fn reread(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    kind: ImportKind,
) -> Result<Reading, AppError> {
    let import = previewed(conn, actor, id)?;
    let bytes = file(conn, tools, &import.id)?.ok_or(AppError::Conflict("import-not-previewed"))?;
    let day = clock::china_date(import.created_at);
    Reading::read(Some(kind), &bytes, &import.file_name, tools.reference, day)
        .map_err(|error| AppError::invalid("kind", fault(&error)))
}

/// Puts what was read in place of the preview.
///
/// # Errors
/// 409 when it is no preview any more.
pub fn begin_again(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    reading: Reading,
) -> Result<(), AppError> {
    let import = previewed(conn, actor, id)?;
    queries::delete_rows(conn, &import.id)?;
    let import = Import { kind: reading.kind(), status: status_of(&reading), ..import };
    queries::set_kind(conn, &import.id, import.kind, import.status)?;
    begin(conn, tools, actor, &import, reading)
}

fn previewed(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Import, AppError> {
    let import = load(conn, actor, id)?;
    if import.status == ImportStatus::Previewed {
        Ok(import)
    } else {
        Err(AppError::Conflict("import-not-previewed"))
    }
}

fn status_of(reading: &Reading) -> ImportStatus {
    if reading.is_large() { ImportStatus::Reading } else { ImportStatus::Previewed }
}

/// Keeps the preview of what was read, or leaves it to the worker.
fn begin(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    import: &Import,
    reading: Reading,
) -> Result<(), AppError> {
    if !import.kind.admits(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    if import.status == ImportStatus::Reading {
        return Ok(outbox::enqueue(conn, Topic::Import, &import.id)?);
    }
    Preview::judged(conn, tools, actor, reading)?.keep(conn, tools, &import.id)
}

/// The message `fault-ledger-…` of a file that is no ledger.
fn fault(error: &LedgerError) -> &'static str {
    match error {
        LedgerError::Empty => "ledger-empty",
        LedgerError::NotALedger => "ledger-not-a-ledger",
        LedgerError::WebPage => "ledger-web-page",
        LedgerError::Protected => "ledger-protected",
        LedgerError::TooLarge => "ledger-too-large",
        LedgerError::Encoding => "ledger-encoding",
        LedgerError::Unreadable(_) => "ledger-unreadable",
        LedgerError::NoHeader => "ledger-no-header",
    }
}

fn told(conn: &mut AnyConn, actor: &Actor, import: &Import, action: &'static str) -> Result<(), AppError> {
    let differences =
        Differences::default().set("file_name", &import.file_name).set("file_hash", &import.file_hash);
    let act =
        Act { action, subject_kind: "import", subject_id: import.id.as_str(), differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
