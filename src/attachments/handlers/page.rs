//! `/attachments/new` and `POST /attachments`: adding a paper by a form, which stands on the record's page as well.

use super::owner_name;
use super::record::add;
use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::owner::{self, OwnerName};
use crate::attachments::pages::{Form, FormParts, OwnerFields};
use crate::attachments::upload::Upload;
use crate::error::{AppError, FieldErrors};
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::problem::message_of;
use crate::web::roles::AttachmentReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpResponse, HttpResponseBuilder};

pub async fn new_form(
    reader: AttachmentReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["owner_kind", "owner_id", "milestone"])?;
    let mut errors = FieldErrors::default();
    let name = owner_name(|field| params.text(field), &mut errors);
    let name = name.filter(|_| errors.is_empty()).ok_or(AppError::NotFound)?;
    show(&app, &visit, reader.0, name, Filled::new(), StatusCode::OK).await
}

pub async fn submit(
    reader: AttachmentReader,
    visit: Visit,
    upload: Upload,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let mut errors = FieldErrors::default();
    let name = owner_name(|field| upload.field(field), &mut errors);
    // Hidden fields: what is wrong with them nobody typed.
    let name = name.filter(|_| errors.is_empty()).ok_or(AppError::NotFound)?;
    let mut filled = Filled::new();
    if let Some(kind) = upload.field("kind") {
        filled = filled.value("kind", kind);
    }
    match add(&app, reader.0.clone(), upload).await {
        Ok((_, owner)) => Ok(flash::redirect(owner.href_after(), Message::new("attachment-added"))),
        Err(error) => {
            let status = error.status();
            let filled = returned(filled, error)?;
            show(&app, &visit, reader.0, name, filled, status).await
        }
    }
}

/// The form as it goes back; the file has to be chosen again.
fn returned(filled: Filled, error: AppError) -> Result<Filled, AppError> {
    match error {
        AppError::Invalid(errors) => {
            let faults = errors.0.iter().rev();
            Ok(faults.fold(filled, |filled, fault| filled.error(&fault.field, message_of(fault))))
        }
        AppError::TooLarge { limit_mb } => {
            let mb = i64::try_from(limit_mb).unwrap_or(i64::MAX);
            Ok(filled.error("file", Message::new("fault-upload-limit").number("mb", mb)))
        }
        AppError::Conflict(code) => Ok(filled.error("", Message::of("fault", code))),
        other => Err(other),
    }
}

async fn show(
    app: &App,
    visit: &Visit,
    actor: Actor,
    name: OwnerName,
    filled: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let owner = owner::find_changeable(conn, &app.reference, &actor, &name)?;
            Ok(Form {
                owner: OwnerFields::of(&owner),
                title: owner.title().to_owned(),
                back: owner.href_after(),
                form: FormParts::of(app, filled),
            })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
