//! `/attachments/{id}/deletion`: removing a paper, asked for on a page of its own.

use crate::accounts::Actor;
use crate::app::App;
use crate::attachments::pages::{Deletion, items};
use crate::attachments::{editing, owner};
use crate::error::AppError;
use crate::web::filled::Filled;
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::roles::AttachmentReader;
use crate::web::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, HttpResponseBuilder};

pub async fn form(
    reader: AttachmentReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), StatusCode::OK).await
}

pub async fn submit(
    reader: AttachmentReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (actor, paper) = (reader.0.clone(), id.clone());
    match app.write(&reader, move |app, conn| editing::remove(conn, &app.reference, &actor, &paper)).await {
        Ok((_, owner)) => Ok(flash::redirect(owner.href(), Message::new("attachment-removed"))),
        Err(AppError::Conflict(code)) => {
            let filled = Filled::new().error("", Message::of("fault", code));
            show(&app, &visit, reader.0, id.into_inner(), filled, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error),
    }
}

async fn show(
    app: &App,
    visit: &Visit,
    actor: Actor,
    id: String,
    form: Filled,
    status: StatusCode,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let (paper, owner) = owner::of_paper(conn, &actor, &id)?;
            owner::check_changeable(&app.reference, &actor, &owner)?;
            let paper =
                items(conn, &app.reference, &actor, &owner, vec![paper])?.pop().ok_or(AppError::NotFound)?;
            Ok(Deletion { paper, title: owner.title().to_owned(), back: owner.href(), form })
        })
        .await?;
    visit.page_with(app, &page, HttpResponseBuilder::new(status))
}
