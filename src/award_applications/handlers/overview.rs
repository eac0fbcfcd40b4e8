//! `GET /award-applications/overview?year=` and `GET /api/v1/award-applications/overview?year=`

use crate::app::App;
use crate::award_applications::model::ApplicationStatus;
use crate::award_applications::overview::{self, Figure, Figures, Overview};
use crate::award_applications::pages::{Cell, Group, Line, OverviewPage, Stuck, ways};
use crate::clock;
use crate::error::AppError;
use crate::money::WAN;
use crate::web::chart::{Chart, Series};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::AwardAmountReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Columns of a group, each with the states that it counts.
const COLUMNS: &[(&str, &[ApplicationStatus])] = &[
    ("liability", ApplicationStatus::LIABLE),
    ("approved", &[ApplicationStatus::Approved]),
    ("not-payable", ApplicationStatus::LIABLE),
    ("paid", ApplicationStatus::PAID),
    ("recovered", &[ApplicationStatus::Recovered]),
];

pub async fn index(
    reader: AwardAmountReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let year = asked_year(&params)?;
    let shown = app.read(move |app, conn| overview::of(conn, app, &reader, year)).await?;
    Ok(HttpResponse::Ok().json(shown))
}

pub async fn page(
    reader: AwardAmountReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let year = asked_year(&params)?;
    let (lang, role) = (visit.lang, reader.role);
    let page = app
        .read(move |app, conn| {
            let shown = overview::of(conn, app, &reader, year)?;
            Ok(OverviewPage {
                year,
                chart: chart(app, lang, &shown),
                stuck: shown.not_payable.iter().map(|one| stuck(one, year)).collect(),
                groups: groups(app, lang, &shown),
                columns: COLUMNS.iter().map(|(key, _)| (*key).to_owned()).collect(),
                ways: ways(role, "overview"),
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// The year that is asked for; none for all of them.
fn asked_year(params: &Params) -> Result<Option<i32>, AppError> {
    params.only(&["year"])?;
    match params.one::<i32>("year")? {
        Some(year) if !clock::YEARS.contains(&year) => Err(AppError::bad_request("year", "unknown")),
        year => Ok(year),
    }
}

/// The list of these states, narrowed as said.
fn href(statuses: &[ApplicationStatus], year: Option<i32>, narrowed: &str) -> String {
    let words: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
    let year = year.map(|year| format!("&year={year}")).unwrap_or_default();
    format!("/award-applications?status={}{year}{narrowed}", words.join(","))
}

fn cell(figure: Figure, href: String) -> Cell {
    Cell { count: figure.count, amount_fen: figure.amount_fen, href }
}

fn line(name: String, figures: Figures, year: Option<i32>, narrowed: &str) -> Line {
    let values = [figures.liability, figures.approved, figures.not_payable, figures.paid, figures.recovered];
    let cells = COLUMNS.iter().zip(values).map(|((key, statuses), figure)| {
        let stuck = if *key == "not-payable" { "&payable=false" } else { "" };
        cell(figure, href(statuses, year, &format!("{stuck}{narrowed}")))
    });
    Line { name, cells: cells.collect() }
}

fn stuck(one: &overview::NotPayable, year: Option<i32>) -> Stuck {
    Stuck {
        rule: one.rule.to_string(),
        status: one.status.map(|status| status.to_string()),
        basis: one.basis.clone(),
        cell: cell(
            one.figure,
            href(ApplicationStatus::LIABLE, year, &format!("&payable=false&rule={}", one.rule)),
        ),
    }
}

fn groups(app: &App, lang: Lang, shown: &Overview) -> Vec<Group> {
    let year = shown.year;
    let say = |key: &'static str, code: &str| app.views.i18n().say(lang, &Message::of(key, code));
    let group = |key: &str, lines: Vec<Line>| Group { key: key.to_owned(), lines };
    let total = line(app.views.i18n().say(lang, &Message::new("awards-all")), shown.total, year, "");
    let counties = shown.by_county.iter().map(|one| {
        let name = app.reference.region_name(&one.county, lang.code()).to_owned();
        line(name, one.figures, year, &format!("&county={}", one.county))
    });
    let years = shown.by_year.iter().map(|one| line(one.year.to_string(), one.figures, Some(one.year), ""));
    let rules = shown.by_rule.iter().map(|one| {
        line(say("award-rule", one.rule.as_str()), one.figures, year, &format!("&rule={}", one.rule))
    });
    let treasuries = shown.by_treasury.iter().map(|one| {
        let (name, payer) = match one.payer {
            Some(payer) => (say("award-unsplit", payer.as_str()), format!("&payer={payer}")),
            None => (say("funding-level", one.treasury.as_str()), String::new()),
        };
        let narrowed = format!("&treasury={}{payer}", one.treasury);
        let figures = Figures {
            liability: one.liability,
            approved: one.approved,
            paid: one.paid,
            recovered: one.recovered,
            ..Figures::default()
        };
        let mut line = line(name, figures, year, &narrowed);
        // Which part of a treasury's money is held up is not told: the rule's review is of the whole award.
        line.cells.remove(2);
        line
    });
    let statuses = shown.by_status.iter().map(|one| Line {
        name: say("application-status", one.status.as_str()),
        cells: vec![cell(one.figure, href(&[one.status], year, ""))],
    });
    vec![
        group("county", counties.chain([total]).collect()),
        group("year", years.collect()),
        group("rule", rules.collect()),
        group("treasury", treasuries.collect()),
        group("status", statuses.collect()),
    ]
}

/// Whole 万元 by county: what is under way, approved and paid, on each other.
fn chart(app: &App, lang: Lang, shown: &Overview) -> String {
    let say = |key: &'static str| app.views.i18n().say(lang, &Message::new(key));
    let series = |name, of: fn(&Figures) -> i64| Series {
        name: say(name),
        values: shown.by_county.iter().map(|one| of(&one.figures) / WAN).collect(),
        stack: Some("all"),
    };
    let chart = Chart {
        names: shown
            .by_county
            .iter()
            .map(|one| app.reference.region_name(&one.county, lang.code()).to_owned())
            .collect(),
        series: vec![
            series("award-chart-under-way", |one| one.liability.amount_fen - one.approved.amount_fen),
            series("award-chart-approved", |one| one.approved.amount_fen),
            series("award-chart-paid", |one| one.paid.amount_fen),
        ],
        target: None,
    };
    chart.to_json()
}
