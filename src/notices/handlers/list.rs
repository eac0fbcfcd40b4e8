//! The list of notices, the latest first.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::notices::pages::List;
use crate::notices::queries::{NoticeFilter, ORDER};
use crate::notices::rules::NoticeStanding;
use crate::notices::view::NoticeView;
use crate::notices::{policy, queries, view};
use crate::registers::list::{filled, neighbours};
use crate::web::filled::Choice;
use crate::web::params::Params;
use crate::web::roles::NoticeReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /api/v1/notices?standing=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: NoticeReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["standing", "q"])?;
    let counts = params.flag("count")?;
    let page = app.read(move |_, conn| found(conn, &reader, &params, counts)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /notices`
pub async fn page(
    reader: NoticeReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["standing", "q", "cursor", "limit"])?;
    let actor = reader.0;
    let list = app
        .read(move |_, conn| {
            let page = found(conn, &actor, &params, true)?;
            let (prev, next) = neighbours("/notices", &params, None, page.next_cursor);
            Ok(List {
                filter: filled(&params),
                standings: NoticeStanding::ALL.iter().map(|one| Choice::code(one.as_str())).collect(),
                rows: page.items.iter().map(super::row).collect(),
                total: page.total,
                prev,
                next,
                may_create: policy::keeps(actor.role),
                is_his: policy::marks(actor.role),
            })
        })
        .await?;
    visit.page(&app, &list)
}

fn found(
    conn: &mut AnyConn,
    actor: &Actor,
    params: &Params,
    counts: bool,
) -> Result<PageOf<NoticeView>, AppError> {
    let filter = NoticeFilter { standing: params.one("standing")?, q: params.text("q").map(str::to_owned) };
    let (order, limit, today) = (params.order(ORDER)?, params.limit()?, clock::today());
    let after = params.cursor(&order.to_string())?;
    let rows = queries::list(conn, actor, &filter, today, (order, after.as_ref()), limit)?;
    let page = PageOf::from_rows(rows, limit, |row| order.at(&row.id));
    let total = if counts { Some(queries::count(conn, actor, &filter, today)?) } else { None };
    let items = view::list(conn, actor, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total })
}
