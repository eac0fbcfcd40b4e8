//! `GET /api/v1/pool/comparison?year=`: the counties as the API shows them.

use super::queries::{self, Figures};
use crate::app::App;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::projects::queries::state;
use crate::quota::view::days_of;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The counties of a year.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Comparison)]
pub struct ComparisonView {
    pub year: i32,
    /// In the bureau's order.
    pub rows: Vec<CountyFigures>,
    /// Of all together.
    pub total: CountyFigures,
}

/// A county's figures of a year.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct CountyFigures {
    /// Null for all together.
    pub county: Option<String>,
    /// In the pool at the end of the year, or now while it lasts.
    pub in_pool: i64,
    /// Of them the key ones.
    pub key: i64,
    pub entered: i64,
    /// Construction starts of the year that are verified.
    pub started: i64,
    /// Starts of production of the year that are verified.
    pub producing: i64,
    /// Of those in the pool, whole fen.
    pub total_investment_fen: i64,
}

/// The figures of every county in a year.
pub fn of_year(conn: &mut AnyConn, app: &App, year: i32) -> Result<ComparisonView, AppError> {
    // The same for every reader.
    let state = state(conn)?;
    let found = app
        .comparisons
        .of(state, year.to_string(), || queries::by_county(conn, days_of(year)).map(Arc::new))?;
    let counties = app.reference.counties().iter().map(|county| {
        let figures = found.iter().find(|row| row.county == county.code).cloned().unwrap_or_default();
        figures_of(Some(county.code.clone()), figures)
    });
    let rows: Vec<CountyFigures> = counties.collect();
    let total = rows.iter().fold(CountyFigures::default(), |sum, row| CountyFigures {
        county: None,
        in_pool: sum.in_pool + row.in_pool,
        key: sum.key + row.key,
        entered: sum.entered + row.entered,
        started: sum.started + row.started,
        producing: sum.producing + row.producing,
        total_investment_fen: sum.total_investment_fen.saturating_add(row.total_investment_fen),
    });
    Ok(ComparisonView { year, rows, total })
}

fn figures_of(county: Option<String>, figures: Figures) -> CountyFigures {
    CountyFigures {
        county,
        in_pool: figures.in_pool,
        key: figures.key,
        entered: figures.entered,
        started: figures.started,
        producing: figures.producing,
        total_investment_fen: figures.total_investment_fen,
    }
}
