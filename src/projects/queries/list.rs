//! Lists of projects: filters, orders, keyset pages and counts, all in scope.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::{Cursor, PageOf};
use crate::db::{AnyConn, Id};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::projects::model::Project;
use crate::schema::{milestones, projects};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectFilter {
    pub counties: Vec<String>,
    pub industries: Vec<String>,
    pub leader: Option<Id>,
    /// Nobody leads it: a fault of the data.
    pub without_leader: bool,
    pub chamber: Option<Id>,
    /// In the pool now, or not.
    pub in_pool: Option<bool>,
    pub key: Option<bool>,
    /// This milestone is reached: it has an actual date and was not refused.
    pub reached: Option<MilestoneKind>,
    /// A milestone waits for whoever verifies.
    pub waiting: bool,
    pub import: Option<Id>,
    /// Part of the title, investor, company or code.
    pub text: Option<String>,
}

/// The field a list is sorted by, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub field: SortField,
    pub descending: bool,
}

crate::text_enum! {
    /// Fields that lists are sorted by; each has an index.
    pub enum SortField {
        UpdatedAt = "updated_at",
        Code = "code",
        TotalInvestment = "total_investment_fen",
        EnteredOn = "entered_on",
    }
}

impl Default for Sort {
    fn default() -> Self {
        Sort { field: SortField::UpdatedAt, descending: true }
    }
}

impl std::str::FromStr for Sort {
    type Err = crate::db::types::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        Ok(Sort { field: name.parse()?, descending })
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.field)
    }
}

/// One page; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &ProjectFilter,
    sort: Sort,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<PageOf<Project>>> {
    let mut query = filtered(actor, filter);
    // One arm a field: each has its own column type, and the keyset must match the index.
    macro_rules! keyset {
        ($column:expr, $parse:expr) => {{
            if let Some(cursor) = after {
                let Some(value) = cursor.value.as_deref().and_then($parse) else { return Ok(None) };
                let id = cursor.id.clone();
                query = if sort.descending {
                    query.filter($column.lt(value.clone()).or($column.eq(value).and(projects::id.lt(id))))
                } else {
                    query.filter($column.gt(value.clone()).or($column.eq(value).and(projects::id.gt(id))))
                };
            }
            if sort.descending {
                query.order(($column.desc(), projects::id.desc()))
            } else {
                query.order(($column.asc(), projects::id.asc()))
            }
        }};
    }
    let query = match sort.field {
        SortField::UpdatedAt => keyset!(projects::updated_at, |t: &str| t.parse::<NaiveDateTime>().ok()),
        SortField::Code => keyset!(projects::code, |t: &str| Some(t.to_owned())),
        SortField::TotalInvestment => {
            keyset!(projects::total_investment_order, |t: &str| t.parse::<i64>().ok())
        }
        SortField::EnteredOn => keyset!(projects::entered_order, |t: &str| t.parse::<NaiveDate>().ok()),
    };
    let rows = query.limit(limit + 1).select(Project::as_select()).load(conn)?;
    Ok(Some(PageOf::from_rows(rows, limit, |project| cursor(project, sort))))
}

/// How many projects the filter finds: the number over a list is the list's own query.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &ProjectFilter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

fn filtered<'a>(actor: &Actor, filter: &ProjectFilter) -> super::scope::Visible<'a> {
    let mut query = visible_to(actor);
    if !filter.counties.is_empty() {
        query = query.filter(projects::county.eq_any(filter.counties.clone()));
    }
    if !filter.industries.is_empty() {
        query = query.filter(projects::industry.eq_any(filter.industries.clone()));
    }
    if let Some(leader) = &filter.leader {
        query = query.filter(projects::leader_id.eq(Some(leader.clone())));
    }
    if filter.without_leader {
        query = query.filter(projects::leader_id.is_null());
    }
    if let Some(chamber) = &filter.chamber {
        query = query.filter(projects::source_chamber_id.eq(Some(chamber.clone())));
    }
    query = match filter.in_pool {
        Some(true) => query.filter(projects::entered_on.is_not_null().and(projects::withdrawn_on.is_null())),
        Some(false) => query.filter(projects::entered_on.is_null().or(projects::withdrawn_on.is_not_null())),
        None => query,
    };
    query = match filter.key {
        Some(true) => query.filter(projects::key_basis.is_not_null()),
        Some(false) => query.filter(projects::key_basis.is_null()),
        None => query,
    };
    if let Some(kind) = filter.reached {
        let reached = milestones::table
            .filter(milestones::kind.eq(kind))
            .filter(milestones::actual_on.is_not_null())
            .filter(milestones::state.ne(MilestoneState::Refused))
            .select(milestones::project_id);
        query = query.filter(projects::id.eq_any(reached));
    }
    if filter.waiting {
        let waiting = milestones::table
            .filter(milestones::state.eq(MilestoneState::Reported))
            .select(milestones::project_id);
        query = query.filter(projects::id.eq_any(waiting));
    }
    if let Some(import) = &filter.import {
        query = query.filter(projects::import_id.eq(Some(import.clone())));
    }
    if let Some(text) = &filter.text {
        let like = contains_pattern(text);
        query = query.filter(
            lower(projects::title)
                .like(like.clone())
                .escape('\\')
                .or(lower(projects::investor_name).like(like.clone()).escape('\\'))
                .or(lower(projects::code).like(like).escape('\\')),
        );
    }
    query
}

fn cursor(project: &Project, sort: Sort) -> Cursor {
    let value = match sort.field {
        SortField::UpdatedAt => format!("{:?}", project.updated_at),
        SortField::Code => project.code.clone(),
        SortField::TotalInvestment => project.total_investment_fen.unwrap_or(-1).to_string(),
        SortField::EnteredOn => {
            project.entered_on.map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string())
        }
    };
    Cursor { sort: sort.to_string(), value: Some(value), id: project.id.to_string() }
}
