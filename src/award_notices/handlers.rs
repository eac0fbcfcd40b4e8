//! `GET /award-notices?cursor=&limit=` and `GET /api/v1/award-notices?cursor=&limit=&count=`, for anybody signed in.

use super::pages::{List, Row};
use super::queries;
use super::view::{self, NoticeView};
use crate::app::App;
use crate::award_applications::model::Application;
use crate::award_applications::pages::ways;
use crate::clock;
use crate::db::AnyConn;
use crate::db::page::{Cursor, Order, PageOf};
use crate::error::AppError;
use crate::web::params::Params;
use crate::web::roles::SignedIn;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

const ORDER: Order = Order::descending("until");

pub async fn index(_: SignedIn, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit", "count"])?;
    let counts = params.flag("count")?;
    let page = app.read(move |_, conn| notices(conn, &params, counts)).await?;
    Ok(HttpResponse::Ok().json(page))
}

pub async fn page(
    reader: SignedIn,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["cursor", "limit"])?;
    let (lang, role) = (visit.lang, reader.role);
    let page = app
        .read(move |app, conn| {
            let page = notices(conn, &params, true)?;
            let next = |cursor: String| format!("/award-notices?{}", params.with("cursor", Some(&cursor)));
            let row = |notice: NoticeView| Row {
                county: app.reference.region_name(&notice.county, lang.code()).to_owned(),
                notice,
            };
            Ok(List {
                rows: page.items.into_iter().map(row).collect(),
                total: page.total,
                next: page.next_cursor.map(next).unwrap_or_default(),
                ways: ways(role, "notices"),
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn notices(conn: &mut AnyConn, params: &Params, counts: bool) -> Result<PageOf<NoticeView>, AppError> {
    let (after, limit) = (params.cursor(&ORDER.to_string())?, params.limit()?);
    let today = clock::today();
    let rows = queries::list(conn, today, after.as_ref(), limit)?
        .ok_or_else(|| AppError::bad_request("cursor", "unknown"))?;
    let page = PageOf::from_rows(rows, limit, at);
    let total = if counts { Some(queries::count(conn, today)?) } else { None };
    let items = view::list(conn, today, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total })
}

fn at(row: &Application) -> Cursor {
    Cursor { value: row.notice_until.map(|until| until.to_string()), ..ORDER.at(&row.id) }
}
