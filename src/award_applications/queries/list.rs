//! Lists of applications, the latest first, all in scope.

use super::{Visible, visible_to};
use crate::accounts::Actor;
use crate::award_applications::model::{Application, ApplicationStatus};
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::policies::awards::AwardRule;
use crate::schema::award_applications;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub statuses: Vec<ApplicationStatus>,
    pub rules: Vec<AwardRule>,
    pub counties: Vec<String>,
    /// In which it was drafted, as its code says.
    pub year: Option<i32>,
    pub project: Option<Id>,
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

fn filtered(actor: &Actor, filter: &Filter) -> Visible {
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
    query
}
