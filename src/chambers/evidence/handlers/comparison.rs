//! `/chambers/comparison`: all chambers side by side.

use super::{figure, period, query, years_around};
use crate::app::App;
use crate::chambers::evidence::adding::figures;
use crate::chambers::evidence::comparing::{Compared, ComparedBy, compared, mark_changed};
use crate::chambers::evidence::model::{EvidenceFigure, Period};
use crate::chambers::evidence::pages::{Column, ComparedRow, Comparison, Figure};
use crate::chambers::policy;
use crate::db::page::{Order, PageOf};
use crate::error::AppError;
use crate::web::chart::{Chart, Series};
use crate::web::i18n::{Lang, Message};
use crate::web::params::Params;
use crate::web::roles::ChamberComparer;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// Chambers that the picture shows: the first of the table.
const DRAWN: usize = 12;

/// `GET /api/v1/chambers/comparison?from=&to=&sort=&cursor=&limit=&count=`
pub async fn index(_: ChamberComparer, params: Params, app: Data<App>) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to", "sort", "cursor", "limit", "count"])?;
    let (period, by) = (period(&params)?, sorted(&params)?);
    let figures = figures(&app, period).await?;
    let page = app
        .read(move |_, conn| {
            let counts = params.flag("count")?;
            let rows = compared(conn, &figures, period, by)?;
            let total = i64::try_from(rows.len()).ok().filter(|_| counts);
            let mut page = paged(&params, by, rows)?;
            mark_changed(conn, period, &mut page.items)?;
            Ok(page.with_total(total))
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// `GET /chambers/comparison?from=&to=&sort=&cursor=`
pub async fn page(
    reader: ChamberComparer,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    params.only(&["from", "to", "sort", "cursor"])?;
    let (period, by, lang) = (period(&params)?, sorted(&params)?, visit.lang);
    let figures = figures(&app, period).await?;
    let page = app
        .read(move |app, conn| {
            let rows = compared(conn, &figures, period, by)?;
            let total = i64::try_from(rows.len()).ok();
            let has_score = rows.first().is_some_and(|row| row.score.is_some());
            let is_first = params.text("cursor").is_none();
            let mut page = paged(&params, by, rows)?;
            mark_changed(conn, period, &mut page.items)?;
            let (prev, next_year) = years_around("/chambers/comparison", period);
            let next = page
                .next_cursor
                .map(|cursor| format!("/chambers/comparison?{}", params.with("cursor", Some(&cursor))));
            Ok(Comparison {
                from: Some(period.from),
                to: Some(period.to),
                columns: columns(period, by, has_score),
                chart: if is_first { chart(app, lang, by, &page.items) } else { String::new() },
                rows: page.items.into_iter().map(|row| shown(period, row)).collect(),
                next: next.unwrap_or_default(),
                may_weigh: policy::weighs_evidence(reader.role),
                total,
                prev,
                next_year,
            })
        })
        .await?;
    visit.page(&app, &page)
}

/// By which figure; by leads where nothing is said.
fn sorted(params: &Params) -> Result<ComparedBy, AppError> {
    match params.text("sort") {
        None => Ok(ComparedBy::Figure(EvidenceFigure::Leads)),
        Some(text) => ComparedBy::parse(text).ok_or_else(|| AppError::bad_request("sort", "unknown")),
    }
}

fn paged(params: &Params, by: ComparedBy, rows: Vec<Compared>) -> Result<PageOf<Compared>, AppError> {
    let order = Order::descending(by.as_str());
    let (after, limit) = (params.cursor(&order.to_string())?, params.limit()?);
    PageOf::of_all(rows, order, after.as_ref(), limit, |row| row.chamber.id.as_str())
        .ok_or_else(|| AppError::bad_request("cursor", "not-a-cursor"))
}

fn columns(period: Period, by: ComparedBy, has_score: bool) -> Vec<Column> {
    let figures = EvidenceFigure::ALL.iter().map(|figure| ComparedBy::Figure(*figure));
    let column = |one: ComparedBy| Column {
        code: one.as_str().to_owned(),
        href: format!("/chambers/comparison?{}&sort={}", query(period), one.as_str()),
        is_chosen: one == by,
    };
    figures.chain(has_score.then_some(ComparedBy::Score)).map(column).collect()
}

fn shown(period: Period, row: Compared) -> ComparedRow {
    let id = row.chamber.id.as_str();
    let value = |code: &EvidenceFigure| figure(id, period, *code, row.figures.of(*code));
    let score = row.score.map(|score| Figure {
        code: "score".to_owned(),
        value: score,
        href: format!("/chambers/{id}/evidence?{}", query(period)),
        ..Figure::default()
    });
    ComparedRow {
        values: EvidenceFigure::ALL.iter().map(value).chain(score).collect(),
        href: format!("/chambers/{id}/evidence?{}", query(period)),
        is_changed: !row.changed.is_empty(),
        name: row.chamber.name,
    }
}

/// The first chambers by the figure that they are put in order by; an amount in 万元.
fn chart(app: &App, lang: Lang, by: ComparedBy, rows: &[Compared]) -> String {
    let value = |row: &Compared| match by {
        ComparedBy::Figure(EvidenceFigure::FixedInvestment) => {
            row.figures.of(EvidenceFigure::FixedInvestment) / 1_000_000
        }
        ComparedBy::Figure(figure) => row.figures.of(figure),
        ComparedBy::Score => row.score.unwrap_or_default(),
    };
    let drawn: Vec<&Compared> = rows.iter().take(DRAWN).filter(|row| value(row) > 0).collect();
    if drawn.is_empty() {
        return String::new();
    }
    let name = app.views.i18n().say(lang, &Message::of("evidence-drawn", by.as_str()));
    let chart = Chart {
        names: drawn.iter().map(|row| row.chamber.name.clone()).collect(),
        series: vec![Series { name, values: drawn.iter().map(|row| value(row)).collect(), stack: None }],
        target: None,
    };
    chart.to_json()
}
