//! `GET /comparison?year=` and `GET /api/v1/pool/comparison?year=`

use super::pages::{Row, Show};
use super::view::{self, CountyFigures};
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::projects::pages::ways;
use crate::projects::queries::sees_all;
use crate::quota::handlers::asked_year;
use crate::web::chart::{Chart, Series};
use crate::web::filled::Filled;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::QuotaReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;
use std::collections::BTreeMap;

pub async fn index(_: QuotaReader, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["year"])?;
    let year = asked_year(&params)?;
    let figures = app.read(move |app, conn| view::of_year(conn, app, year)).await?;
    Ok(HttpResponse::Ok().json(figures))
}

pub async fn page(
    reader: QuotaReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["year"])?;
    let year = asked_year(&params)?;
    let lang = visit.lang;
    let actor = reader.0;
    let page = app
        .read(move |app, conn| {
            let figures = view::of_year(conn, app, year)?;
            let rows: Vec<Row> = figures
                .rows
                .into_iter()
                .chain([figures.total])
                .map(|one| row(app, lang, &actor, year, one))
                .collect();
            Ok(Show {
                prev: at(year - 1),
                next: at(year + 1),
                chart: chart(app, lang, &rows),
                ways: ways(actor.role, "comparison", &Filled::new()),
                rows,
                year,
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// The page of another year; empty where there is none.
fn at(year: i32) -> String {
    if clock::YEARS.contains(&year) { format!("/comparison?year={year}") } else { String::new() }
}

fn row(app: &App, lang: Lang, actor: &Actor, year: i32, figures: CountyFigures) -> Row {
    let county = figures.county.as_deref();
    Row {
        name: county.map(|code| app.reference.region_name(code, lang.code()).to_owned()),
        hrefs: if shows_all_of(actor, county) { hrefs(county, year) } else { BTreeMap::new() },
        in_pool: figures.in_pool,
        key: figures.key,
        entered: figures.entered,
        started: figures.started,
        producing: figures.producing,
        total_investment_fen: figures.total_investment_fen,
    }
}

/// Whether the reader's list holds all that a row counts.
fn shows_all_of(actor: &Actor, county: Option<&str>) -> bool {
    sees_all(actor.role)
        || (actor.role == Role::CountyOfficer && county.is_some_and(|code| actor.is_of(code)))
}

/// The lists behind the figures.
fn hrefs(county: Option<&str>, year: i32) -> BTreeMap<&'static str, String> {
    let place = county.map(|code| format!("statistics_county={code}&")).unwrap_or_default();
    let to = |name, filter: String| (name, format!("/projects?{place}{filter}"));
    BTreeMap::from([
        to("in_pool", format!("pool_year={year}")),
        to("key", format!("pool_year={year}&key=true")),
        to("entered", format!("entered_year={year}")),
        to("started", format!("started_year={year}")),
        to("producing", format!("producing_year={year}")),
    ])
}

fn chart(app: &App, lang: Lang, rows: &[Row]) -> String {
    let say = |key: &'static str| app.views.i18n().say(lang, &Message::new(key));
    let counties: Vec<&Row> = rows.iter().filter(|row| row.name.is_some()).collect();
    let series = |name, of: fn(&Row) -> i64| Series {
        name: say(name),
        values: counties.iter().map(|row| of(row)).collect(),
        stack: None,
    };
    let chart = Chart {
        names: counties.iter().filter_map(|row| row.name.clone()).collect(),
        series: vec![
            series("comparison-in-pool", |row| row.in_pool),
            series("comparison-started", |row| row.started),
            series("comparison-producing", |row| row.producing),
        ],
        target: None,
    };
    chart.to_json()
}
