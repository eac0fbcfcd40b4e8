//! The list of townsmen. What it is searched by is sealed, so it is read whole and paged in memory: a city lists some
//! hundreds.

use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::registers::list::{filled, neighbours};
use crate::townsmen::pages::List;
use crate::townsmen::view::{self, TownsmanView};
use crate::townsmen::{policy, queries};
use crate::web::params::Params;
use crate::web::roles::TownsmanReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// In the order in which they were entered, as their ids are.
pub const ORDER: Order = Order::ascending("id");

/// `GET /api/v1/townsmen?review_due=&q=`: with `review_due` those whose consent has to be asked for again.
pub async fn index(reader: TownsmanReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["review_due", "q"])?;
    let page = app.read(move |app, conn| found(conn, app, &reader, &params)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /townsmen`
pub async fn page(
    reader: TownsmanReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["review_due", "q", "cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app
        .read(move |app, conn| {
            let page = found(conn, app, &actor, &params)?;
            let (prev, next) = neighbours("/townsmen", &params, None, page.next_cursor);
            Ok(List {
                filter: filled(&params),
                rows: page.items.iter().map(|shown| super::row(app, lang, shown)).collect(),
                total: page.total,
                due: queries::count_due(conn, &actor, clock::today())?,
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
) -> Result<PageOf<TownsmanView>, AppError> {
    let due_by = params.flag("review_due")?.then(clock::today);
    let listed = queries::list(conn, actor, due_by)?;
    let mut rows = view::list(conn, app.tools(), listed)?;
    if let Some(text) = params.text("q") {
        let text = text.to_lowercase();
        let has =
            |field: &Option<String>| field.as_ref().is_some_and(|field| field.to_lowercase().contains(&text));
        rows.retain(|row| {
            row.name.to_lowercase().contains(&text) || has(&row.post) || has(&row.companies) || has(&row.help)
        });
    }
    params.page_of(ORDER, rows, |row| row.id.as_str())
}
