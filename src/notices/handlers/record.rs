//! A notice: writing, reading, changing it.

use super::ok;
use crate::app::App;
use crate::attachments::Owner;
use crate::attachments::pages::Attachments;
use crate::clock;
use crate::error::{AppError, FieldErrors};
use crate::notices::editing::Audience;
use crate::notices::forms::{NoticeBody, NoticeInput};
use crate::notices::pages::Show;
use crate::notices::{editing, policy, view};
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{NoticeKeeper, NoticeReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use serde_json::Value;

/// `POST /api/v1/notices`
pub async fn create(
    keeper: NoticeKeeper,
    Json(body): Json<NoticeBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = keeper.0;
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let input = NoticeInput::check(body, clock::today(), FieldErrors::default())?;
            let notice = editing::register(conn, &actor, input)?;
            view::detail(conn, &actor, notice)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/v1/notices/{}", shown.id)))
        .insert_header(etag(shown.version))
        .json(shown))
}

/// `GET /api/v1/notices/{id}`
pub async fn show(reader: NoticeReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let shown = app
        .read(move |_, conn| {
            let notice = editing::load(conn, &reader, &id)?;
            view::detail(conn, &reader, notice)
        })
        .await?;
    Ok(ok(&shown))
}

/// `PATCH /api/v1/notices/{id}`: a JSON merge patch; with `read_again` nobody has read it any more.
pub async fn update(
    reader: NoticeReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let before = editing::load_editable(conn, &actor, &id)?;
            if_match.require(before.version)?;
            let audience = Audience::of(conn, &before)?;
            let body = json::merged(&editing::as_body(&before, &audience), patch)?;
            let input = NoticeInput::check(body, clock::today(), FieldErrors::default())?;
            let notice = editing::edit(conn, &actor, before, input)?;
            view::detail(conn, &actor, notice)
        })
        .await?;
    Ok(ok(&shown))
}

/// `GET /notices/{id}`
pub async fn page(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let page = app
        .read(move |app, conn| {
            let notice = editing::load(conn, &reader, &id)?;
            let attachments = Attachments::of(conn, app, &reader, &Owner::Notice(notice.clone()))?;
            let may_edit = policy::keeps(reader.role) && notice.retracted_at.is_none();
            let shown = view::detail(conn, &reader, notice)?;
            Ok(Show {
                notice: super::row(&shown),
                attachments,
                may_edit,
                may_mark: policy::marks(reader.role) && shown.read_at.is_none(),
                text: shown.text,
                edition: shown.edition,
                retracted_at: shown.retracted_at,
                retraction_reason: shown.retraction_reason,
            })
        })
        .await?;
    visit.page(&app, &page)
}
