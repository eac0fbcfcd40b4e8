//! `GET /about-to` and `GET /api/v1/pool/about-to`

use super::pages::{Item, List, Show};
use super::view::{self, ItemView, RecordKind};
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::projects::pages::ways;
use crate::web::filled::Filled;
use crate::web::params::Params;
use crate::web::roles::AboutToReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn index(reader: AboutToReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&[])?;
    let lists = app.read(move |app, conn| view::of_day(conn, app, &reader, clock::today())).await?;
    Ok(HttpResponse::Ok().json(lists))
}

pub async fn page(
    reader: AboutToReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&[])?;
    let lang = visit.lang;
    let role = reader.role;
    let lists = app
        .read(move |app, conn| {
            let shown = view::of_day(conn, app, &reader, clock::today())?;
            let item = |item: ItemView| Item {
                is_lead: item.kind == RecordKind::Lead,
                href: format!("/{}s/{}", item.kind, item.id),
                title: item.title,
                investor_name: item.investor_name,
                county: app.reference.region_name(&item.county, lang.code()).to_owned(),
                leader: item.leader,
                total_investment_fen: item.total_investment_fen,
                on: item.on,
                days: item.overdue_days,
            };
            let list = |list: view::ListView| List {
                code: list.step.to_string(),
                days: list.days,
                total: list.total,
                items: list.items.into_iter().map(item).collect(),
            };
            Ok(shown.lists.into_iter().map(list).collect())
        })
        .await?;
    visit.page(&app, &Show { lists, ways: ways(role, "about-to", &Filled::new()) })
}
