//! Lists of leads: filters, orders, keyset pages and counts, all in scope.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::leads::model::{Lead, SourceKind, Stage, Status};
use crate::schema::{companies, leads};
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What a list shows. Empty lists and `None` do not filter; but a merged lead, whose work goes on in another,
/// is shown only where its status is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LeadFilter {
    pub stages: Vec<Stage>,
    pub statuses: Vec<Status>,
    pub counties: Vec<String>,
    pub industries: Vec<String>,
    pub sources: Vec<SourceKind>,
    pub chamber: Option<Id>,
    pub referrer: Option<Id>,
    pub officer: Option<Id>,
    pub leader: Option<Id>,
    /// Nobody leads it.
    pub unassigned: bool,
    /// Active, with a follow-up date from … to … (both included).
    pub due: Option<(NaiveDate, NaiveDate)>,
    pub updated_since: Option<NaiveDateTime>,
    pub import: Option<Id>,
    /// Only these, as a search found them.
    pub ids: Option<Vec<Id>>,
}

impl LeadFilter {
    /// Overdue on a day: active, and the follow-up date lies before it.
    pub fn overdue_on(today: NaiveDate) -> (NaiveDate, NaiveDate) {
        (
            NaiveDate::MIN.max(NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(NaiveDate::MIN)),
            today.pred_opt().unwrap_or(today),
        )
    }
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
        RegisteredOn = "registered_on",
        NextFollowUpOn = "next_follow_up_on",
        TotalInvestment = "total_investment_fen",
        UpdatedAt = "updated_at",
        Code = "code",
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

/// A row of a list: the lead and its company's credit code.
pub type LeadRow = (Lead, Option<String>);

/// Rows of a list in its order, and where the neighbouring pages begin.
#[derive(Debug, Clone, Default)]
pub struct LeadPage {
    pub items: Vec<LeadRow>,
    pub next_cursor: Option<String>,
    pub prev_cursor: Option<String>,
}

/// Where a page lies: at the beginning, after a row, or before one. A cursor must be of the same sort.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum At {
    #[default]
    Start,
    After(Cursor),
    Before(Cursor),
}

impl At {
    pub fn cursor(&self) -> Option<&Cursor> {
        match self {
            At::Start => None,
            At::After(cursor) | At::Before(cursor) => Some(cursor),
        }
    }
}

/// The rows that pass the filter. One text for what is listed and what is counted, whose types differ.
macro_rules! filtered {
    ($rows:expr, $filter:expr) => {{
        let mut query = $rows;
        let filter: &LeadFilter = $filter;
        if !filter.stages.is_empty() {
            query = query.filter(leads::stage.eq_any(filter.stages.clone()));
        }
        query = if filter.statuses.is_empty() {
            query.filter(leads::status.ne(Status::Merged))
        } else {
            query.filter(leads::status.eq_any(filter.statuses.clone()))
        };
        if !filter.counties.is_empty() {
            query = query.filter(leads::county.eq_any(filter.counties.clone()));
        }
        if !filter.industries.is_empty() {
            query = query.filter(leads::industry.eq_any(filter.industries.clone()));
        }
        if !filter.sources.is_empty() {
            query = query.filter(leads::source_kind.eq_any(filter.sources.clone()));
        }
        if let Some(chamber) = &filter.chamber {
            query = query.filter(leads::source_chamber_id.eq(Some(chamber.clone())));
        }
        if let Some(referrer) = &filter.referrer {
            query = query.filter(leads::source_referrer_id.eq(Some(referrer.clone())));
        }
        if let Some(officer) = &filter.officer {
            query = query.filter(leads::officer_id.eq(Some(officer.clone())));
        }
        if let Some(leader) = &filter.leader {
            query = query.filter(leads::leader_id.eq(Some(leader.clone())));
        }
        if filter.unassigned {
            query = query.filter(leads::leader_id.is_null());
        }
        if let Some((from, to)) = filter.due {
            query = query
                .filter(leads::status.eq(Status::Active))
                .filter(leads::next_follow_up_order.between(from, to));
        }
        if let Some(since) = filter.updated_since {
            query = query.filter(leads::updated_at.ge(since));
        }
        if let Some(import) = &filter.import {
            query = query.filter(leads::import_id.eq(Some(import.clone())));
        }
        if let Some(ids) = &filter.ids {
            query = query.filter(leads::id.eq_any(ids.clone()));
        }
        query
    }};
}

/// One page; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &LeadFilter,
    sort: Sort,
    at: &At,
    limit: i64,
) -> QueryResult<Option<LeadPage>> {
    let mut query = filtered!(visible_to(actor), filter);
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
                    query.filter($column.lt(value.clone()).or($column.eq(value).and(leads::id.lt(id))))
                } else {
                    query.filter($column.gt(value.clone()).or($column.eq(value).and(leads::id.gt(id))))
                };
            }
            if descending {
                query.order(($column.desc(), leads::id.desc()))
            } else {
                query.order(($column.asc(), leads::id.asc()))
            }
        }};
    }
    let query = match sort.field {
        SortField::RegisteredOn => keyset!(leads::registered_on, day),
        SortField::NextFollowUpOn => {
            keyset!(leads::next_follow_up_order, day)
        }
        SortField::TotalInvestment => keyset!(leads::total_investment_order, |t: &str| t.parse::<i64>().ok()),
        SortField::UpdatedAt => keyset!(leads::updated_at, |t: &str| {
            t.parse::<NaiveDateTime>().ok().filter(|at| day(&at.date().to_string()).is_some())
        }),
        SortField::Code => keyset!(leads::code, |t: &str| Some(t.to_owned())),
    };
    let mut rows =
        query.limit(limit + 1).select((Lead::as_select(), companies::uscc)).load::<LeadRow>(conn)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    if is_backward {
        rows.reverse();
    }
    // The row that the cursor names lies on the side one came from.
    let (has_prev, has_next) = if is_backward { (more, true) } else { (at.cursor().is_some(), more) };
    let at_row = |row: Option<&LeadRow>| row.map(|row| cursor(&row.0, sort).encode());
    Ok(Some(LeadPage {
        prev_cursor: at_row(rows.first().filter(|_| has_prev)),
        next_cursor: at_row(rows.last().filter(|_| has_next)),
        items: rows,
    }))
}

/// How many leads the filter finds: the number over a list is the list's own query.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &LeadFilter) -> QueryResult<i64> {
    filtered!(super::scope::counted_to(actor), filter).count().get_result(conn)
}

/// The day of a cursor that we gave: PostgreSQL takes no year beyond its own, and says so with an error.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| (0..=9999).contains(&day.year()))
}

fn cursor(lead: &Lead, sort: Sort) -> Cursor {
    let value = match sort.field {
        SortField::RegisteredOn => lead.registered_on.to_string(),
        SortField::NextFollowUpOn => {
            lead.next_follow_up_on.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string())
        }
        SortField::TotalInvestment => lead.total_investment_fen.unwrap_or(-1).to_string(),
        SortField::UpdatedAt => format!("{:?}", lead.updated_at),
        SortField::Code => lead.code.clone(),
    };
    Cursor { sort: sort.to_string(), value: Some(value), id: lead.id.to_string() }
}
