//! `/api/v1/attachments`, `/api/v1/attachments/{id}`: adding a paper, what it is, removing it.

use super::{kind, owner_name};
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::{Attachment, Filed};
use crate::attachments::owner::{self, Owner};
use crate::attachments::sniff::{self, Refused};
use crate::attachments::storage::Storage;
use crate::attachments::upload::{Received, Upload};
use crate::attachments::{editing, names, view};
use crate::error::{AppError, FieldErrors};
use crate::web::roles::AttachmentReader;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};

/// `POST /api/v1/attachments`: a multipart form with `owner_kind`, `owner_id`, `kind` and `file`.
pub async fn create(
    reader: AttachmentReader,
    upload: Upload,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (paper, _) = add(&app, reader.0, upload).await?;
    let location = format!("/api/v1/attachments/{}", paper.id);
    let shown = app.read(move |_, conn| Ok(view::one(conn, paper)?)).await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(shown))
}

/// `GET /api/v1/attachments/{id}`
pub async fn show(
    reader: AttachmentReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |_, conn| {
            let (paper, _) = owner::of_paper(conn, &reader, &id)?;
            Ok(view::one(conn, paper)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(shown))
}

/// `DELETE /api/v1/attachments/{id}`. A paper is never changed, so there is no version to be asked for.
pub async fn delete(
    reader: AttachmentReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| editing::remove(conn, &actor, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Keeps an uploaded file and puts it to its record.
///
/// 1. Is the record there, and its papers the actor's to change? Nothing of others is kept.
/// 2. Is it a file that is taken, by its content?
/// 3. The file goes to the storage, and is there for good.
/// 4. The row is written, with its trail. If that fails the file goes again; if the process dies, `sweep` finds it.
///
/// # Errors
/// 404 and 403 of the record; 413 above the limit; 422 by field.
pub async fn add(app: &App, actor: Actor, upload: Upload) -> Result<(Attachment, Owner), AppError> {
    let mut errors = FieldErrors::default();
    let name = owner_name(|field| upload.field(field), &mut errors);
    let kind = kind(|field| upload.field(field), &mut errors);
    if upload.file.is_none() && !upload.too_large {
        errors.add("file", "required");
    }
    let (Some(name), Some(kind), true) = (name, kind, errors.is_empty()) else {
        return Err(AppError::Invalid(errors));
    };
    let (asker, asked) = (actor.clone(), name.clone());
    app.read(move |_, conn| owner::find_changeable(conn, &asker, &asked)).await?;
    let too_large = AppError::TooLarge { limit_mb: app.settings.attachments.limit_mb };
    let received = upload.file.ok_or(too_large)?;
    let file_name = names::safe(&received.name).ok_or_else(|| AppError::invalid("file", "paper-name"))?;
    let said_name = file_name.clone();
    let (received, media) = app.block(move |_| sniffed(received, &said_name)).await?;
    let filed = Filed {
        kind,
        file_name,
        media_type: media.name,
        size: i64::try_from(received.size).map_err(anyhow::Error::from)?,
        sha256: received.sha256,
        storage_name: Storage::new_name(),
    };
    let storage_name = filed.storage_name.clone();
    app.attachments.put(&storage_name, received.content, received.size).await?;
    let added = app.write(&actor.clone(), move |_, conn| editing::add(conn, &actor, &name, filed)).await;
    if added.is_err()
        && let Err(error) = app.attachments.delete(&storage_name).await
    {
        tracing::warn!(%error, file = storage_name, "a file without a row stays until it is swept");
    }
    added
}

fn sniffed(mut received: Received, name: &str) -> Result<(Received, &'static sniff::Media), AppError> {
    let found = sniff::check(&mut received.content, name, received.declared.as_deref());
    match found.map_err(anyhow::Error::from)? {
        Ok(media) => Ok((received, media)),
        Err(refused) => Err(AppError::Invalid(fault(&refused))),
    }
}

fn fault(refused: &Refused) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let args = match refused {
        Refused::Differs(media) => vec![("extension", format!(".{}", media.extensions[0]))],
        _ => Vec::new(),
    };
    errors.add_with("file", refused.code(), args);
    errors
}
