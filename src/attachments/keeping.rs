//! A file on its way to being a paper. It goes to the storage first and is there for good; then the row is written.
//! If that fails the file goes again; if the process dies in between, `sweep` finds it.

use super::model::{AttachmentKind, Filed};
use super::names;
use super::sniff::{self, Media, Refused};
use super::storage::Storage;
use super::upload::Received;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};

/// Keeps a file that is taken, by its content.
///
/// # Errors
/// 413 above the limit, 422 at `file` for a name or content that is not taken.
pub async fn keep(
    app: &App,
    received: Option<Received>,
    kind: impl FnOnce(&Media) -> AttachmentKind,
) -> Result<Filed, AppError> {
    let too_large = AppError::TooLarge { limit_mb: app.settings.attachments.limit_mb };
    let received = received.ok_or(too_large)?;
    let file_name = names::safe(&received.name).ok_or_else(|| AppError::invalid("file", "paper-name"))?;
    let said_name = file_name.clone();
    let (received, media) = app.block(move |_| sniffed(received, &said_name)).await?;
    let filed = Filed {
        kind: kind(media),
        file_name,
        media_type: media.name,
        size: i64::try_from(received.size).map_err(anyhow::Error::from)?,
        sha256: received.sha256,
        storage_name: Storage::new_name(),
    };
    app.attachments.put(&filed.storage_name, received.content, received.size).await?;
    Ok(filed)
}

/// What is wrong with a paper that was sent with a form is said in the form: what was typed must not be lost for it.
pub fn at_the_field(error: AppError) -> AppError {
    match error {
        AppError::TooLarge { limit_mb } => {
            let mut errors = FieldErrors::default();
            errors.add_with("file", "upload-limit", vec![("mb", limit_mb.to_string())]);
            AppError::Invalid(errors)
        }
        other => other,
    }
}

/// Writes what a kept file belongs to, with its row.
pub async fn write<T: Send + 'static>(
    app: &App,
    actor: &Actor,
    filed: Option<Filed>,
    work: impl FnOnce(&App, &mut AnyConn, Option<Filed>) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let storage_name = filed.as_ref().map(|filed| filed.storage_name.clone());
    let written = app.write(actor, move |app, conn| work(app, conn, filed)).await;
    if let (Err(_), Some(name)) = (&written, storage_name)
        && let Err(error) = app.attachments.delete(&name).await
    {
        tracing::warn!(%error, file = name, "a file without a row stays until it is swept");
    }
    written
}

fn sniffed(mut received: Received, name: &str) -> Result<(Received, &'static Media), AppError> {
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
        Refused::SaidOtherwise(media) => vec![("type", media.name.to_owned())],
        _ => Vec::new(),
    };
    errors.add_with("file", refused.code(), args);
    errors
}
