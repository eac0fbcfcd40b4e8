//! `GET /comparison?year=` and `GET /api/v1/pool/comparison?year=`

use super::pages::{Row, Show};
use super::view::{self, CountyFigures};
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::projects::pages::ways;
use crate::quota::handlers::asked_year;
use crate::web::chart::{Chart, Series};
use crate::web::filled::Filled;
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::QuotaReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

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
    let role = reader.role;
    let page = app
        .read(move |app, conn| {
            let figures = view::of_year(conn, app, year)?;
            let rows: Vec<Row> =
                figures.rows.into_iter().chain([figures.total]).map(|one| row(app, lang, one)).collect();
            Ok(Show {
                prev: at(year - 1),
                next: at(year + 1),
                chart: chart(app, lang, &rows),
                ways: ways(role, "comparison", &Filled::new()),
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

fn row(app: &App, lang: Lang, figures: CountyFigures) -> Row {
    let county = figures.county.as_deref();
    Row {
        name: county.map(|code| app.reference.region_name(code, lang.code()).to_owned()),
        href: match county {
            Some(code) => format!("/projects?statistics_county={code}&pool=true"),
            None => "/projects?pool=true".to_owned(),
        },
        in_pool: figures.in_pool,
        key: figures.key,
        entered: figures.entered,
        started: figures.started,
        producing: figures.producing,
        total_investment_fen: figures.total_investment_fen,
    }
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
