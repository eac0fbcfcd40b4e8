//! `/api/v1/attachments`, `/api/v1/attachments/{id}`: adding a paper, what it is, removing it.

use super::{kind, owner_name};
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::model::Attachment;
use crate::attachments::owner::{self, Owner};
use crate::attachments::upload::Upload;
use crate::attachments::{editing, keeping, view};
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
    app.write(&actor.clone(), move |app, conn| editing::remove(conn, &app.reference, &actor, &id)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Keeps an uploaded file and puts it to its record, if that is there and its papers are the actor's to change.
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
    app.read(move |app, conn| owner::find_changeable(conn, &app.reference, &asker, &asked)).await?;
    let filed = keeping::keep(app, upload.file, |_| kind).await?;
    keeping::write(app, &actor.clone(), Some(filed), move |app, conn, filed| {
        let filed = filed.ok_or(AppError::NotFound)?;
        editing::add(conn, &app.reference, &actor, &name, filed)
    })
    .await
}
