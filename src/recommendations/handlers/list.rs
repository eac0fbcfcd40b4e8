//! The list of recommendations, the latest first.

use crate::accounts::Actor;
use crate::app::App;
use crate::db::AnyConn;
use crate::db::page::PageOf;
use crate::error::AppError;
use crate::recommendations::model::RecommendationState;
use crate::recommendations::pages::List;
use crate::recommendations::queries::{ORDER, RecommendationFilter};
use crate::recommendations::view::RecommendationView;
use crate::recommendations::{policy, queries, view};
use crate::registers::list::{filled, neighbours};
use crate::web::filled::Choice;
use crate::web::params::Params;
use crate::web::roles::RecommendationReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /api/v1/recommendations?state=&q=&sort=&cursor=&limit=&count=`
pub async fn index(
    reader: RecommendationReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["state", "q"])?;
    let counts = params.flag("count")?;
    let page = app.read(move |_, conn| found(conn, &reader, &params, counts)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /recommendations`
pub async fn page(
    reader: RecommendationReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["state", "q", "cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app
        .read(move |app, conn| {
            let page = found(conn, &actor, &params, true)?;
            let (prev, next) = neighbours("/recommendations", &params, None, page.next_cursor);
            Ok(List {
                filter: filled(&params),
                states: RecommendationState::ALL.iter().map(|state| Choice::code(state.as_str())).collect(),
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
    actor: &Actor,
    params: &Params,
    counts: bool,
) -> Result<PageOf<RecommendationView>, AppError> {
    let filter = RecommendationFilter { state: params.one("state")?, q: params.text("q").map(str::to_owned) };
    let (order, limit) = (params.order(ORDER)?, params.limit()?);
    let after = params.cursor(&order.to_string())?;
    let rows = queries::list(conn, actor, &filter, order, after.as_ref(), limit)?;
    let page = PageOf::from_rows(rows, limit, |row| order.at(&row.id));
    let total = if counts { Some(queries::count(conn, actor, &filter)?) } else { None };
    let items = view::list(conn, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total })
}
