//! All SQL of the comparison: one statement, grouped where the rows are.

use crate::db::AnyConn;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// A county's figures of a year. Amounts in fen.
#[derive(Debug, Clone, Default, PartialEq, Eq, QueryableByName)]
pub struct Figures {
    #[diesel(sql_type = Text)]
    pub county: String,
    /// In the pool at the end of the year, or now while it lasts.
    #[diesel(sql_type = BigInt)]
    pub in_pool: i64,
    /// Of them the key ones.
    #[diesel(sql_type = BigInt)]
    pub key: i64,
    #[diesel(sql_type = BigInt)]
    pub entered: i64,
    #[diesel(sql_type = BigInt)]
    pub started: i64,
    #[diesel(sql_type = BigInt)]
    pub producing: i64,
    /// Of those in the pool.
    #[diesel(sql_type = BigInt)]
    pub total_investment_fen: i64,
}

/// The figures by county of a year's first and last day. A withdrawn project leaves the pool at the end of its year; a
/// milestone that is not verified never counts. A county without any project has no row.
pub fn by_county(conn: &mut AnyConn, days: (NaiveDate, NaiveDate)) -> QueryResult<Vec<Figures>> {
    match conn {
        AnyConn::Pg(conn) => diesel::sql_query(statement(days)).load(conn),
        AnyConn::Sqlite(conn) => diesel::sql_query(statement(days)).load(conn),
    }
}

/// The projects are added up in the order of `projects_figures`, an index that holds all that is asked: no row is looked
/// at; ended stays are a few. The days stand in the text: both databases write placeholders in their own way, and a day is digits only.
fn statement((from, to): (NaiveDate, NaiveDate)) -> String {
    // As `projects::rules::statistics_county`.
    let county =
        "CASE WHEN land_use = 'county' AND enclave_county IS NOT NULL THEN enclave_county ELSE county END";
    let stands = format!("CASE WHEN withdrawn_on IS NULL OR withdrawn_on > '{to}' THEN 1 ELSE 0 END");
    // Stays that ended, of projects that came back; one that came twice in a year entered in it once.
    let stood = format!("CASE WHEN pool_stays.withdrawn_on > '{to}' THEN 1 ELSE 0 END");
    let came = format!(
        "pool_stays.entered_on >= '{from}' AND NOT projects.entered_on BETWEEN '{from}' AND '{to}'
            AND NOT EXISTS (SELECT 1 FROM pool_stays AS later WHERE later.project_id = pool_stays.project_id
                AND later.id > pool_stays.id AND later.entered_on <= '{to}')"
    );
    let sum = |name: &str| format!("CAST(SUM({name}) AS BIGINT) AS {name}");
    let sums =
        ["in_pool", "key", "entered", "started", "producing", "total_investment_fen"].map(sum).join(", ");
    format!(
        "SELECT county, {sums} FROM (
            SELECT {county} AS county, SUM({stands}) AS in_pool,
                SUM({stands} * CASE WHEN key_basis IS NULL THEN 0 ELSE 1 END) AS key,
                SUM(CASE WHEN entered_on >= '{from}' THEN 1 ELSE 0 END) AS entered, 0 AS started, 0 AS producing,
                SUM({stands} * COALESCE(total_investment_fen, 0)) AS total_investment_fen
            FROM projects WHERE deleted_at IS NULL AND entered_on <= '{to}'
            GROUP BY projects.county, enclave_county, land_use
            UNION ALL
            SELECT {county}, {stood}, {stood} * CASE WHEN key_basis IS NULL THEN 0 ELSE 1 END,
                CASE WHEN {came} THEN 1 ELSE 0 END, 0, 0, {stood} * COALESCE(total_investment_fen, 0)
            FROM pool_stays JOIN projects ON projects.id = pool_stays.project_id
            WHERE deleted_at IS NULL AND pool_stays.entered_on <= '{to}'
            UNION ALL
            SELECT {county}, 0, 0, 0, CASE kind WHEN 'construction_start' THEN 1 ELSE 0 END,
                CASE kind WHEN 'production' THEN 1 ELSE 0 END, 0
            FROM milestones JOIN projects ON projects.id = milestones.project_id
            WHERE deleted_at IS NULL AND kind IN ('construction_start', 'production') AND state = 'verified'
                AND actual_on BETWEEN '{from}' AND '{to}'
        ) AS facts GROUP BY county"
    )
}
