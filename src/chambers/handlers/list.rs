//! The list of chambers.

use super::export;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::model::{ChamberKind, SourceStatus};
use crate::chambers::pages::List;
use crate::chambers::{policy, queries, view};
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::registers::list::{filled, neighbours, part_or_page};
use crate::registers::{ListQuery, RegisterFilter};
use crate::web::filled::Choice;
use crate::web::i18n::Lang;
use crate::web::params::Params;
use crate::web::roles::ChamberReader;
use crate::web::visit::Visit;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

/// `GET /api/v1/chambers?kind=&region=&status=&expiring=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: ChamberReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    let asked = ListQuery::of_chambers(&params, &app.reference)?;
    let body = app
        .read(move |app, conn| {
            let page = queries::page(conn, &reader, &asked)?;
            let page = page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
            let items = view::list(conn, app.tools(), &reader, page.items)?;
            let mut body = json!({ "items": items, "next_cursor": page.next_cursor });
            if asked.counts {
                body["total"] = queries::count(conn, &reader, &asked.filter)?.into();
            }
            Ok(body)
        })
        .await?;
    Ok(HttpResponse::Ok().json(body))
}

/// `GET /chambers`: the list as a page, and its part alone for htmx.
pub async fn page(
    reader: ChamberReader,
    visit: Visit,
    params: Params,
    request: HttpRequest,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let asked = ListQuery::of_chambers(&params, &app.reference)?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app.read(move |app, conn| made(conn, app, &actor, lang, &params, &asked)).await?;
    part_or_page(&app, &visit, &request, &list)
}

fn made(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    lang: Lang,
    params: &Params,
    asked: &ListQuery<ChamberKind>,
) -> Result<List, AppError> {
    let page = queries::page(conn, actor, asked)?;
    let page = page.ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
    let (prev, next) = neighbours("/chambers", params, page.prev_cursor, page.next_cursor);
    let rows = view::list(conn, app.tools(), actor, page.items)?;
    let ending = Some(app.reference.chamber_words().ending(clock::today()));
    let expiring = RegisterFilter { ending, ..RegisterFilter::default() };
    Ok(List {
        filter: filled(params),
        kinds: ChamberKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
        statuses: SourceStatus::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
        rows: rows.into_iter().map(|shown| super::row(app, lang, shown)).collect(),
        total: Some(queries::count(conn, actor, &asked.filter)?),
        review: queries::count(conn, actor, &RegisterFilter::of_status(SourceStatus::Review))?,
        expiring: queries::count(conn, actor, &expiring)?,
        export: policy::exports(actor.role).then(|| match export::query_of(params) {
            query if query.is_empty() => "/chambers/export".to_owned(),
            query => format!("/chambers/export?{query}"),
        }),
        prev,
        next,
        may_create: policy::may_add(actor, &app.reference),
        may_compare: policy::compares(actor.role),
    })
}
