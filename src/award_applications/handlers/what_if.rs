//! `GET /award-applications/what-if?rule=&reading=&year=` and `GET /api/v1/award-applications/what-if?…`

use crate::app::App;
use crate::award_applications::pages::{WhatIfPage, WhatIfRow, ways};
use crate::award_applications::what_if::{self, Question};
use crate::clock;
use crate::error::AppError;
use crate::policies::awards::BaseReading;
use crate::web::filled::{Choice, Filled};
use crate::web::params::Params;
use crate::web::roles::AwardAmountReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::Data;

pub async fn index(
    reader: AwardAmountReader,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let question = question(&params)?;
    let shown = app.read(move |app, conn| what_if::of(conn, app, &reader, question)).await?;
    Ok(HttpResponse::Ok().json(shown))
}

pub async fn page(
    reader: AwardAmountReader,
    visit: Visit,
    params: Params,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (lang, role) = (visit.lang, reader.role);
    let mut question = question(&params)?;
    // Rule and reading are chosen one after the other: what was chosen for another rule is not meant for this one.
    let is_of =
        |reading: &BaseReading| question.rule.is_none_or(|rule| BaseReading::of(rule).contains(reading));
    question.reading = question.reading.filter(is_of);
    let page = app
        .read(move |app, conn| {
            let shown = what_if::of(conn, app, &reader, question)?;
            let rules = what_if::ambiguous(&*app.policies.now(conn)?);
            let row = |one: what_if::Row| WhatIfRow {
                county: app.reference.region_name(&one.county, lang.code()).to_owned(),
                row: one,
            };
            let year = shown.year.map(|year| year.to_string()).unwrap_or_default();
            Ok(WhatIfPage {
                form: Filled::new()
                    .value("rule", shown.rule.as_str())
                    .value("reading", shown.reading.as_str())
                    .value("year", year),
                rules: rules.iter().map(|(rule, _)| Choice::code(rule.as_str())).collect(),
                readings: shown.readings.iter().map(|reading| Choice::code(reading.as_str())).collect(),
                reading: shown.reading.to_string(),
                complete: shown.complete,
                amount_fen: shown.amount_fen,
                other_fen: shown.other_fen,
                difference_fen: shown.difference_fen,
                rows: shown.items.into_iter().map(row).collect(),
                ways: ways(role, "what-if"),
            })
        })
        .await?;
    visit.page(&app, &page)
}

fn question(params: &Params) -> Result<Question, AppError> {
    params.only(&["rule", "reading", "year"])?;
    let year = params.one::<i32>("year")?;
    if year.is_some_and(|year| !clock::YEARS.contains(&year)) {
        return Err(AppError::bad_request("year", "unknown"));
    }
    Ok(Question { rule: params.one("rule")?, reading: params.one("reading")?, year })
}
