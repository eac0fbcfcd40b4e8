//! `/notices/{id}/reading`: a liaison says that he read it; the bureau sees which chambers have.

use super::ok;
use crate::accounts::Actor;
use crate::app::App;
use crate::db::page::{Cursor, PageOf};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::notices::pages::{ReadingPage, ReadingRow};
use crate::notices::queries::READING_ORDER;
use crate::notices::view::NoticeReading;
use crate::notices::{Notice, editing, policy, queries, view};
use crate::registers::list::neighbours;
use crate::web::flash;
use crate::web::i18n::Message;
use crate::web::params::Params;
use crate::web::roles::NoticeReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

/// `POST /api/v1/notices/{id}/reading`, without a body; once is enough.
pub async fn create(
    reader: NoticeReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let shown = app
        .write(&actor.clone(), move |_, conn| {
            let notice = editing::load(conn, &actor, &id)?;
            editing::read(conn, &actor, &notice)?;
            view::detail(conn, &actor, notice)
        })
        .await?;
    Ok(ok(&shown))
}

/// `POST /notices/{id}/reading`
pub async fn submit(
    reader: NoticeReader,
    id: Path<String>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    app.write(&actor.clone(), move |_, conn| {
        let notice = editing::load(conn, &actor, &id)?;
        editing::read(conn, &actor, &notice)
    })
    .await?;
    Ok(flash::redirect("/notices", Message::new("notice-read")))
}

/// `GET /api/v1/notices/{id}/reading`: the chambers in use that it goes to, by name.
pub async fn index(
    reader: NoticeReader,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&[])?;
    let page = app
        .read(move |_, conn| {
            let notice = seen(conn, &reader, &id)?;
            let total = match params.flag("count")? {
                true => Some(queries::addressed_count(conn, &notice)?),
                false => None,
            };
            Ok(found(conn, &notice, &params)?.with_total(total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /notices/{id}/reading?cursor=`
pub async fn page(
    reader: NoticeReader,
    visit: Visit,
    id: Path<String>,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit"])?;
    let page = app
        .read(move |_, conn| {
            let notice = seen(conn, &reader, &id)?;
            let found = found(conn, &notice, &params)?;
            let path = format!("/notices/{}/reading", notice.id);
            let (prev, next) = neighbours(&path, &params, None, found.next_cursor);
            let row = |reading: NoticeReading| ReadingRow {
                id: reading.chamber_id.to_string(),
                name: reading.name,
                liaisons: reading.liaisons,
                read_at: reading.read_at,
            };
            let rows = found.items.into_iter().map(row).collect();
            Ok(ReadingPage { notice: super::row(&view::detail(conn, &reader, notice)?), rows, prev, next })
        })
        .await?;
    visit.page(&app, &page)
}

/// The notice, for who sees which chambers have read it.
fn seen(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Notice, AppError> {
    let notice = editing::load(conn, actor, id)?;
    if policy::sees_readings(actor.role) { Ok(notice) } else { Err(AppError::Forbidden("role")) }
}

fn found(conn: &mut AnyConn, notice: &Notice, params: &Params) -> Result<PageOf<NoticeReading>, AppError> {
    let (order, limit) = (params.order(READING_ORDER)?, params.limit()?);
    let after = params.cursor(&order.to_string())?;
    let chambers = queries::addressed(conn, notice, (order, after.as_ref()), limit)?;
    let chambers = chambers.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
    let page = PageOf::from_rows(chambers, limit, |chamber| Cursor {
        sort: order.to_string(),
        value: Some(chamber.name.clone()),
        id: chamber.id.to_string(),
    });
    let ids: Vec<Id> = page.items.iter().map(|chamber| chamber.id.clone()).collect();
    let mut read = queries::read_by(conn, notice, &ids)?;
    let liaisons = queries::liaisons_of(conn, &ids)?;
    Ok(page.map(|chamber| NoticeReading {
        read_at: read.remove(&chamber.id),
        liaisons: liaisons.get(&chamber.id).copied().unwrap_or_default(),
        chamber_id: chamber.id,
        code: chamber.code,
        name: chamber.name,
    }))
}
