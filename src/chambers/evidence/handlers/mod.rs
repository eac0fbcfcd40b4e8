//! HTTP of evidence, one resource a file: HTML and JSON of the same resource side by side.

pub mod comparison;
pub mod confirmation;
pub mod papers;
pub mod rows;
pub mod sheet;
pub mod weights;

use crate::chambers::evidence::model::{EvidenceFigure, Period};
use crate::chambers::evidence::pages::Figure;
use crate::clock;
use crate::error::AppError;
use crate::web::params::Params;
use chrono::{Datelike, NaiveDate};

/// The period that the parameters `from` and `to` say.
fn period(params: &Params) -> Result<Period, AppError> {
    Period::checked(params.day("from")?, params.day("to")?, clock::today())
}

/// The period as a query says it.
fn query(period: Period) -> String {
    format!("from={}&to={}", period.from, period.to)
}

/// The years before and after the one in which the period begins; empty where there is none.
fn years_around(path: &str, period: Period) -> (String, String) {
    let at = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).filter(|day| clock::is_credible(*day));
        first.map(|day| format!("{path}?{}", query(Period::year_of(day)))).unwrap_or_default()
    };
    (at(period.from.year() - 1), at(period.from.year() + 1))
}

/// A figure of a chamber as pages show it, with the rows that it opens.
fn figure(chamber: &str, period: Period, code: EvidenceFigure, value: i64) -> Figure {
    Figure {
        code: code.to_string(),
        value,
        is_amount: code == EvidenceFigure::FixedInvestment,
        href: format!("/chambers/{chamber}/evidence/{code}?{}", query(period)),
        now: None,
    }
}
