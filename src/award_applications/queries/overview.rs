//! What applications add up to, grouped where the rows are, all in scope.

use super::list::filtered;
use super::{Filter, Treasury};
use crate::accounts::Actor;
use crate::award_applications::model::{ApplicationStatus, FundingLevel};
use crate::db::AnyConn;
use crate::policies::awards::AwardRule;
use crate::schema::award_applications;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// Applications that have all this in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    pub county: String,
    /// In which they were drafted, as their codes say.
    pub year: String,
    pub rule: AwardRule,
    /// The version's code; empty before it is frozen.
    pub policy: String,
    pub status: ApplicationStatus,
    pub count: i64,
    /// What they come to, in fen.
    pub amount_fen: i64,
}

/// A scope is a boxed query, which cannot be grouped: windows add up instead.
const TOGETHER: &str = "OVER (PARTITION BY award_applications.county, SUBSTR(award_applications.code, 4, 4), \
    award_applications.rule, COALESCE(award_applications.policy, ''), award_applications.status)";

type Row = (String, String, AwardRule, String, ApplicationStatus, i64, i64, i64);

/// A column adds up whole parts and rests of this many fen by themselves: neither sum leaves its column, however large
/// the amounts are.
const PART_FEN: i64 = 1_000_000_000;

/// The sums of the filter's applications, whole awards.
pub fn sums(conn: &mut AnyConn, actor: &Actor, filter: &Filter) -> QueryResult<Vec<Sum>> {
    added(conn, actor, filter, "award_applications.amount_fen")
}

/// The sums of what a level bears.
pub fn sums_of_level(conn: &mut AnyConn, actor: &Actor, level: FundingLevel) -> QueryResult<Vec<Sum>> {
    let filter = Filter { treasury: Some(Treasury::of(level)), ..Filter::default() };
    let part = format!(
        "(SELECT part.amount_fen FROM award_funding AS part
            WHERE part.application_id = award_applications.id AND part.level = '{level}')"
    );
    added(conn, actor, &filter, &part)
}

fn added(conn: &mut AnyConn, actor: &Actor, filter: &Filter, amount: &str) -> QueryResult<Vec<Sum>> {
    let rows: Vec<Row> = filtered(actor, filter)
        .select((
            award_applications::county,
            sql::<Text>("SUBSTR(award_applications.code, 4, 4)"),
            award_applications::rule,
            sql::<Text>("COALESCE(award_applications.policy, '')"),
            award_applications::status,
            sql::<BigInt>(&format!("COUNT(*) {TOGETHER}")),
            sql::<BigInt>(&format!("CAST(SUM({amount} / {PART_FEN}) {TOGETHER} AS BIGINT)")),
            sql::<BigInt>(&format!("CAST(SUM({amount} % {PART_FEN}) {TOGETHER} AS BIGINT)")),
        ))
        .distinct()
        .load(conn)?;
    let sum = |(county, year, rule, policy, status, count, parts, rest): Row| Sum {
        county,
        year,
        rule,
        policy,
        status,
        count,
        amount_fen: parts.saturating_mul(PART_FEN).saturating_add(rest),
    };
    Ok(rows.into_iter().map(sum).collect())
}
