//! Lists of projects: filters, orders, keyset pages and counts, all in scope.

use super::{ContractKind, in_statistics_of, visible_to};
use crate::accounts::Actor;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::leads::queries::At;
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::milestones::rules::counting;
use crate::projects::model::Project;
use crate::schema::{contracts, employment_years, milestones, pool_stays, projects};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Date, Nullable};

/// What a list shows. Empty lists and `None` do not filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProjectFilter {
    pub counties: Vec<String>,
    pub industries: Vec<String>,
    pub leader: Option<Id>,
    /// Nobody leads it: a fault of the data.
    pub without_leader: bool,
    pub chamber: Option<Id>,
    /// The event that it came of.
    pub event: Option<Id>,
    /// In the pool now, or not.
    pub in_pool: Option<bool>,
    /// In the pool at the end of this day, in this stay or an earlier one.
    pub in_pool_on: Option<NaiveDate>,
    pub key: Option<bool>,
    /// This milestone is reached: it has an actual date and was not refused.
    pub reached: Option<MilestoneKind>,
    /// The latest milestone reached is one of these, or with `unsigned` there is none.
    pub stages: Vec<MilestoneKind>,
    pub unsigned: bool,
    /// The construction start lies within these days: the actual one, or while there is none the planned one.
    pub start: Option<(NaiveDate, NaiveDate)>,
    /// It entered the pool within these days, in this stay or an earlier one.
    pub entered: Option<(NaiveDate, NaiveDate)>,
    /// These milestones lie within these days, verified.
    pub verified: Vec<(MilestoneKind, (NaiveDate, NaiveDate))>,
    /// A milestone that counts waits for whoever verifies.
    pub waiting: bool,
    /// Whether it is an enclave project.
    pub enclave: Option<bool>,
    /// Its statistics belong to this county.
    pub statistics_county: Option<String>,
    /// Supported first in a year: above scale, with so many new jobs or more.
    pub supported: Option<(i32, i64)>,
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

/// A page of the list, with where its neighbours begin.
#[derive(Debug, Default)]
pub struct ProjectPage {
    pub items: Vec<Project>,
    pub next_cursor: Option<String>,
    pub prev_cursor: Option<String>,
}

/// One page; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &ProjectFilter,
    sort: Sort,
    at: &At,
    limit: i64,
) -> QueryResult<Option<ProjectPage>> {
    let mut query = filtered(actor, filter, way(conn, filter)?);
    // Backwards is the other order; the rows are turned round again below.
    let is_backward = matches!(at, At::Before(_));
    let descending = sort.descending != is_backward;
    // One arm a field: each has its own column type, and the keyset must match the index.
    macro_rules! keyset {
        ($column:expr, $parse:expr) => {{
            if let Some(cursor) = at.cursor() {
                let Some(value) = cursor.value.as_deref().and_then($parse) else { return Ok(None) };
                let id = cursor.id.clone();
                query = if descending {
                    query.filter($column.lt(value.clone()).or($column.eq(value).and(projects::id.lt(id))))
                } else {
                    query.filter($column.gt(value.clone()).or($column.eq(value).and(projects::id.gt(id))))
                };
            }
            if descending {
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
    let mut rows = query.limit(limit + 1).select(Project::as_select()).load(conn)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    if is_backward {
        rows.reverse();
    }
    // The row that the cursor names lies on the side one came from.
    let (has_prev, has_next) = if is_backward { (more, true) } else { (at.cursor().is_some(), more) };
    let at_row = |row: Option<&Project>| row.map(|row| cursor(row, sort).encode());
    Ok(Some(ProjectPage {
        prev_cursor: at_row(rows.first().filter(|_| has_prev)),
        next_cursor: at_row(rows.last().filter(|_| has_next)),
        items: rows,
    }))
}

/// How many projects the filter finds: the number over a list is the list's own query.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &ProjectFilter) -> QueryResult<i64> {
    filtered(actor, filter, Way::Any).count().get_result(conn)
}

/// The total investment of the formal contracts of the projects that the filter finds, in fen; for a filter that finds few.
pub fn contract_investment(conn: &mut AnyConn, actor: &Actor, filter: &ProjectFilter) -> QueryResult<i64> {
    let ids: Vec<Id> = filtered(actor, filter, Way::Any).select(projects::id).load(conn)?;
    let amounts: Vec<i64> = contracts::table
        .filter(contracts::project_id.eq_any(ids))
        .filter(contracts::kind.eq(ContractKind::Formal))
        .select(contracts::total_investment_fen)
        .load(conn)?;
    Ok(amounts.iter().sum())
}

/// How the database is to go through the projects; it cannot know itself how many start within some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By whichever index it likes: it finds the projects by that day, and sorts them.
    Any,
    /// Along the list's order, passing over what starts on other days: right where many start.
    Along,
}

/// So many projects are sooner found along the order than sorted.
const MANY: i64 = 1_000;

fn way(conn: &mut AnyConn, filter: &ProjectFilter) -> QueryResult<Way> {
    let Some((from, to)) = filter.start else { return Ok(Way::Any) };
    let starting =
        projects::table.filter(projects::deleted_at.is_null()).filter(projects::starts_on.between(from, to));
    let beyond = starting.select(projects::id).offset(MANY).limit(1);
    Ok(if beyond.first::<Id>(conn).optional()?.is_some() { Way::Along } else { Way::Any })
}

fn filtered<'a>(actor: &Actor, filter: &ProjectFilter, way: Way) -> super::scope::Visible<'a> {
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
    if let Some(event) = &filter.event {
        query = query.filter(projects::source_event_id.eq(Some(event.clone())));
    }
    query = match filter.in_pool {
        Some(true) => query.filter(projects::entered_on.is_not_null().and(projects::withdrawn_on.is_null())),
        Some(false) => query.filter(projects::entered_on.is_null().or(projects::withdrawn_on.is_not_null())),
        None => query,
    };
    if let Some(day) = filter.in_pool_on {
        let stayed = pool_stays::table
            .filter(pool_stays::entered_on.le(day))
            .filter(pool_stays::withdrawn_on.gt(day))
            .select(pool_stays::project_id);
        let stands = projects::entered_on
            .le(day)
            .and(projects::withdrawn_on.is_null().or(projects::withdrawn_on.gt(day)));
        query = query.filter(stands.or(projects::id.eq_any(stayed)));
    }
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
    let stages = filter.stages.clone();
    query = match (filter.stages.is_empty(), filter.unsigned) {
        (true, false) => query,
        (true, true) => query.filter(projects::stage.is_null()),
        (false, false) => query.filter(projects::stage.eq_any(stages)),
        (false, true) => query.filter(projects::stage.eq_any(stages).or(projects::stage.is_null())),
    };
    if let Some((from, to)) = filter.start {
        query = match way {
            Way::Any => query.filter(projects::starts_on.between(from, to)),
            // What a function gives is in no index.
            Way::Along => {
                let day = sql::<Nullable<Date>>("COALESCE(projects.starts_on, projects.starts_on)");
                query.filter(day.between(from, to))
            }
        };
    }
    if let Some((from, to)) = filter.entered {
        let earlier =
            pool_stays::table.filter(pool_stays::entered_on.between(from, to)).select(pool_stays::project_id);
        query = query.filter(projects::entered_on.between(from, to).or(projects::id.eq_any(earlier)));
    }
    for (kind, (from, to)) in &filter.verified {
        let verified = milestones::table
            .filter(milestones::kind.eq(*kind))
            .filter(milestones::state.eq(MilestoneState::Verified))
            .filter(milestones::actual_on.between(*from, *to))
            .select(milestones::project_id);
        query = query.filter(projects::id.eq_any(verified));
    }
    if filter.waiting {
        let waiting = milestones::table
            .filter(milestones::state.eq(MilestoneState::Reported))
            .filter(milestones::kind.eq_any(counting()))
            .select(milestones::project_id);
        query = query.filter(projects::id.eq_any(waiting));
    }
    query = match filter.enclave {
        Some(true) => query.filter(projects::enclave_county.is_not_null()),
        Some(false) => query.filter(projects::enclave_county.is_null()),
        None => query,
    };
    if let Some(county) = &filter.statistics_county {
        query = in_statistics_of(query, county);
    }
    if let Some((year, new_jobs)) = filter.supported {
        let supported = employment_years::table
            .filter(employment_years::year.eq(i64::from(year)))
            .filter(employment_years::above_scale.eq(true))
            .filter(employment_years::new_jobs.ge(new_jobs))
            .select(employment_years::project_id);
        query = query.filter(projects::id.eq_any(supported));
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
