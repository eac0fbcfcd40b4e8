//! Lists of applications, the latest first, all in scope.

use super::{Visible, visible_to};
use crate::accounts::Actor;
use crate::award_applications::model::{Application, ApplicationStatus, FundingLevel};
use crate::award_applications::standing::Payable;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::policies::awards::AwardRule;
use crate::schema::{award_applications, award_funding};
use crate::text_enum;
use diesel::dsl::{count_star, not, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Text;

text_enum! {
    /// Whose money it is.
    pub enum Treasury {
        County = "county",
        City = "city",
        Zone = "zone",
        /// The money is not split by treasury yet.
        Unsplit = "unsplit",
    }
}

impl Treasury {
    pub fn of(level: FundingLevel) -> Self {
        match level {
            FundingLevel::County => Treasury::County,
            FundingLevel::City => Treasury::City,
            FundingLevel::Zone => Treasury::Zone,
        }
    }

    /// None before the money is split.
    pub fn level(self) -> Option<FundingLevel> {
        FundingLevel::ALL.iter().copied().find(|level| Treasury::of(*level) == self)
    }
}

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub statuses: Vec<ApplicationStatus>,
    pub rules: Vec<AwardRule>,
    pub counties: Vec<String>,
    /// In which it was drafted, as its code says.
    pub year: Option<i32>,
    pub project: Option<Id>,
    /// Which treasury bears a part, or that none was named yet.
    pub treasury: Option<Treasury>,
    /// Rules of versions, as `Standing` names them.
    pub ruled_by: Option<Vec<String>>,
    pub payable: Option<Payable>,
}

/// One row more than `limit`. Ids are in the order of time.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &Filter,
    after: Option<&Cursor>,
    descending: bool,
    limit: i64,
) -> QueryResult<Vec<Application>> {
    let mut query = filtered(actor, filter);
    if let Some(cursor) = after {
        query = if descending {
            query.filter(award_applications::id.lt(cursor.id.clone()))
        } else {
            query.filter(award_applications::id.gt(cursor.id.clone()))
        };
    }
    let query = if descending {
        query.order(award_applications::id.desc())
    } else {
        query.order(award_applications::id.asc())
    };
    query.limit(limit + 1).select(Application::as_select()).load(conn)
}

pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &Filter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// How many there are of each status, for the tabs of a list.
pub fn by_status(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &Filter,
) -> QueryResult<Vec<(ApplicationStatus, i64)>> {
    // A scope is a boxed query, which cannot be grouped: a window counts instead.
    let status = award_applications::status;
    let filter = Filter { statuses: Vec::new(), ..filter.clone() };
    filtered(actor, &filter).select((status, count_star().partition_by(status))).distinct().load(conn)
}

pub(super) fn filtered(actor: &Actor, filter: &Filter) -> Visible {
    let mut query = visible_to(actor);
    if !filter.statuses.is_empty() {
        query = query.filter(award_applications::status.eq_any(filter.statuses.clone()));
    }
    if !filter.rules.is_empty() {
        query = query.filter(award_applications::rule.eq_any(filter.rules.clone()));
    }
    if !filter.counties.is_empty() {
        query = query.filter(award_applications::county.eq_any(filter.counties.clone()));
    }
    if let Some(year) = filter.year {
        query = query.filter(award_applications::code.like(format!("JL-{year}-%")));
    }
    if let Some(project) = &filter.project {
        query = query.filter(award_applications::project_id.eq(project.clone()));
    }
    if let Some(treasury) = filter.treasury {
        let split = award_funding::table.select(award_funding::application_id);
        query = match treasury.level() {
            Some(level) => {
                query.filter(award_applications::id.eq_any(split.filter(award_funding::level.eq(level))))
            }
            None => query.filter(award_applications::id.ne_all(split)),
        };
    }
    if let Some(keys) = &filter.ruled_by {
        query = query.filter(key().eq_any(keys.clone()));
    }
    if let Some(payable) = &filter.payable {
        let in_force = key().eq_any(payable.in_force.clone()).and(reviewed().ne("refused"));
        let under_review = key().eq_any(payable.under_review.clone()).and(reviewed().eq("accepted"));
        query = if payable.is {
            query.filter(in_force.or(under_review))
        } else {
            query.filter(not(in_force.or(under_review)))
        };
    }
    query
}

/// The rule of the frozen version, as `Standing` names it.
fn key() -> SqlLiteral<Text> {
    sql("(COALESCE(award_applications.policy, '') || ' ' || award_applications.rule)")
}

/// What the latest review of fair competition came to; empty where there is none.
fn reviewed() -> SqlLiteral<Text> {
    sql("COALESCE((SELECT said.decision FROM award_rulings AS said
        WHERE said.application_id = award_applications.id AND said.kind = 'compliance'
        ORDER BY said.id DESC LIMIT 1), '')")
}
