//! The list of teams, the latest first.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::registers::list::{filled, neighbours};
use crate::teams::model::TeamKind;
use crate::teams::pages::List;
use crate::teams::queries::{ORDER, TeamFilter};
use crate::teams::view::TeamView;
use crate::teams::{policy, queries, view};
use crate::web::filled::Choice;
use crate::web::params::Params;
use crate::web::roles::TeamReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /api/v1/teams?kind=&county=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: TeamReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["kind", "county", "q"])?;
    let counts = params.flag("count")?;
    let page = app.read(move |app, conn| found(conn, app, &reader, &params, counts)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /teams`
pub async fn page(
    reader: TeamReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind", "county", "q", "cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app
        .read(move |app, conn| {
            let page = found(conn, app, &actor, &params, true)?;
            let (prev, next) = neighbours("/teams", &params, None, page.next_cursor);
            let counties = app.reference.counties().iter();
            Ok(List {
                filter: filled(&params),
                kinds: TeamKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
                counties: counties.map(|one| Choice::named(&one.code, one.name(lang.code()))).collect(),
                rows: page.items.iter().map(|shown| super::row(app, lang, shown)).collect(),
                total: page.total,
                prev,
                next,
                may_create: policy::keeps(actor.role),
            })
        })
        .await?;
    visit.page(&app, &list)
}

fn found(
    conn: &mut AnyConn,
    app: &App,
    actor: &Actor,
    params: &Params,
    counts: bool,
) -> Result<PageOf<TeamView>, AppError> {
    let filter = TeamFilter {
        kind: params.one("kind")?,
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        q: params.text("q").map(str::to_owned),
    };
    let (order, limit) = (params.order(ORDER)?, params.limit()?);
    let after = params.cursor(&order.to_string())?;
    let rows = queries::list(conn, actor, &filter, order, after.as_ref(), limit)?;
    let page = PageOf::from_rows(rows, limit, |row| order.at(&row.id));
    let total = if counts { Some(queries::count(conn, actor, &filter)?) } else { None };
    let items = view::list(conn, app.tools(), page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total })
}
