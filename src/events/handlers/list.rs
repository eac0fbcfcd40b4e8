//! The list of events, the latest first.

use crate::accounts::Actor;
use crate::app::App;
use crate::chambers;
use crate::db::page::{Cursor, Order, PageOf};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::events::model::{Event, EventKind, EventStatus};
use crate::events::pages::List;
use crate::events::queries::{EventFilter, ORDER};
use crate::events::view::EventView;
use crate::events::{policy, queries, view};
use crate::registers::list::{filled, neighbours};
use crate::web::filled::Choice;
use crate::web::params::Params;
use crate::web::roles::EventReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// `GET /api/v1/events?kind=&status=&county=&chamber=&q=&sort=&cursor=&limit=&count=`
pub async fn index(reader: EventReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only_of_list(&["kind", "status", "county", "chamber", "q"])?;
    let counts = params.flag("count")?;
    let page = app.read(move |app, conn| found(conn, app, &reader, &params, counts)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /events`
pub async fn page(
    reader: EventReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["kind", "status", "county", "chamber", "q", "cursor", "limit"])?;
    let (actor, lang) = (reader.0, visit.lang);
    let list = app
        .read(move |app, conn| {
            let page = found(conn, app, &actor, &params, true)?;
            let (prev, next) = neighbours("/events", &params, None, page.next_cursor);
            let counties = app.reference.counties().iter();
            Ok(List {
                filter: filled(&params),
                kinds: EventKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
                statuses: EventStatus::ALL.iter().map(|status| Choice::code(status.as_str())).collect(),
                counties: counties
                    .map(|county| Choice::named(&county.code, county.name(lang.code())))
                    .collect(),
                rows: page.items.iter().map(|shown| super::row(app, lang, shown)).collect(),
                total: page.total,
                prev,
                next,
                may_create: policy::keeps(actor.role),
                own: !policy::sees_all(actor.role),
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
) -> Result<PageOf<EventView>, AppError> {
    let mut filter = EventFilter {
        kinds: params.list("kind")?,
        statuses: params.list("status")?,
        counties: params.codes("county", |code| app.reference.is_county(code))?,
        host: None,
        q: params.text("q").map(str::to_owned),
    };
    if let Some(named) = params.text("chamber") {
        // One that does not exist holds nothing.
        let host = chambers::queries::find(conn, named)?.map(|chamber| chamber.id);
        filter.host = Some(host.unwrap_or_else(Id::generate));
    }
    let (order, limit) = (params.order(ORDER)?, params.limit()?);
    let after = params.cursor(&order.to_string())?;
    let rows = queries::list(conn, actor, &filter, order, after.as_ref(), limit)?
        .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))?;
    let page = PageOf::from_rows(rows, limit, |event| at(order, event));
    let total = if counts { Some(queries::count(conn, actor, &filter)?) } else { None };
    let items = view::list(conn, actor, page.items)?;
    Ok(PageOf { items, next_cursor: page.next_cursor, total })
}

/// Where the page after an event begins.
fn at(order: Order, event: &Event) -> Cursor {
    Cursor { value: Some(event.from_on.to_string()), ..order.at(&event.id) }
}
