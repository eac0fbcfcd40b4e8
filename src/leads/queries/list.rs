//! Lists of leads: filters, orders, keyset pages and counts, all in scope.

use super::scope::{Visible, visible_to};
use crate::accounts::Actor;
use crate::companies;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::leads::model::{Lead, Priority, SourceKind, Stage, Status};
use crate::schema::leads;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text, Timestamp};

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

/// A lead and its company's credit code.
pub type LeadRow = (Lead, Option<String>);

/// What the list's page shows of a lead: a third of its columns.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = leads)]
pub struct Listed {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub county: String,
    pub industry: String,
    pub stage: Stage,
    pub status: Status,
    pub priority: Priority,
    pub total_investment_fen: Option<i64>,
    pub officer_id: Option<Id>,
    pub leader_id: Option<Id>,
    pub officer_name: Option<String>,
    pub leader_name: Option<String>,
    pub registered_on: NaiveDate,
    pub received_at: NaiveDateTime,
    pub next_follow_up_on: Option<NaiveDate>,
    pub updated_at: NaiveDateTime,
}

/// Rows of a list in its order, and where the neighbouring pages begin.
#[derive(Debug, Clone)]
pub struct LeadPage<T = LeadRow> {
    pub items: Vec<T>,
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

    fn is_backward(&self) -> bool {
        matches!(self, At::Before(_))
    }
}

/// The rows that exist for the actor and pass the filter.
fn filtered<'a>(actor: &Actor, filter: &LeadFilter) -> Visible<'a> {
    let mut query = visible_to(actor);
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
    let Some(query) = ordered(actor, filter, sort, at) else { return Ok(None) };
    let rows = query.limit(limit + 1).select(Lead::as_select()).load(conn)?;
    let page = turned(rows, at, limit, |lead: &Lead| {
        let sorted = (lead.registered_on, lead.next_follow_up_on, lead.total_investment_fen, lead.updated_at);
        cursor(sort, sorted, &lead.code, &lead.id)
    });
    let codes = companies::queries::credit_codes(conn, page.items.iter().map(|lead| &lead.company_id))?;
    let with_code = |lead: Lead| {
        let code = codes.get(&lead.company_id).cloned();
        (lead, code)
    };
    Ok(Some(LeadPage {
        items: page.items.into_iter().map(with_code).collect(),
        next_cursor: page.next_cursor,
        prev_cursor: page.prev_cursor,
    }))
}

/// The same page with what the list's page shows.
pub fn listed(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &LeadFilter,
    sort: Sort,
    at: &At,
    limit: i64,
) -> QueryResult<Option<LeadPage<Listed>>> {
    let Some(query) = ordered(actor, filter, sort, at) else { return Ok(None) };
    let rows = query.limit(limit + 1).select(Listed::as_select()).load(conn)?;
    Ok(Some(turned(rows, at, limit, |lead: &Listed| {
        let sorted = (lead.registered_on, lead.next_follow_up_on, lead.total_investment_fen, lead.updated_at);
        cursor(sort, sorted, &lead.code, &lead.id)
    })))
}

/// The rows of a page and of what follows, in the order in which they are read; `None` when the cursor's value does
/// not fit.
fn ordered<'a>(actor: &Actor, filter: &LeadFilter, sort: Sort, at: &At) -> Option<Visible<'a>> {
    let mut query = filtered(actor, filter);
    // Backwards is the other order; `turned` turns the rows round again.
    let descending = sort.descending != at.is_backward();
    // One arm a field: each has its own column type. The pair is compared as one, so that the index is entered at the
    // cursor's row, however many rows have its value.
    macro_rules! keyset {
        ($column:ident, $type:ty, $parse:expr) => {{
            if let Some(cursor) = at.cursor() {
                let value = cursor.value.as_deref().and_then($parse)?;
                let beyond = if descending { " < (" } else { " > (" };
                let pair = concat!("(leads.", stringify!($column), ", leads.id)");
                query = query.filter(
                    sql::<Bool>(pair)
                        .sql(beyond)
                        .bind::<$type, _>(value)
                        .sql(", ")
                        .bind::<Text, _>(cursor.id.clone())
                        .sql(")"),
                );
            }
            if descending {
                query.order((leads::$column.desc(), leads::id.desc()))
            } else {
                query.order((leads::$column.asc(), leads::id.asc()))
            }
        }};
    }
    Some(match sort.field {
        SortField::RegisteredOn => keyset!(registered_on, Date, day),
        SortField::NextFollowUpOn => keyset!(next_follow_up_order, Date, day),
        SortField::TotalInvestment => {
            keyset!(total_investment_order, BigInt, |t: &str| t.parse::<i64>().ok())
        }
        SortField::UpdatedAt => keyset!(updated_at, Timestamp, |t: &str| {
            t.parse::<NaiveDateTime>().ok().filter(|at| day(&at.date().to_string()).is_some())
        }),
        SortField::Code => keyset!(code, Text, |t: &str| Some(t.to_owned())),
    })
}

/// The page out of the rows that were read for it, one more than it takes.
fn turned<T>(mut rows: Vec<T>, at: &At, limit: i64, cursor: impl Fn(&T) -> Cursor) -> LeadPage<T> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    if at.is_backward() {
        rows.reverse();
    }
    // The row that the cursor names lies on the side one came from.
    let (has_prev, has_next) = if at.is_backward() { (more, true) } else { (at.cursor().is_some(), more) };
    let at_row = |row: Option<&T>| row.map(|row| cursor(row).encode());
    LeadPage {
        prev_cursor: at_row(rows.first().filter(|_| has_prev)),
        next_cursor: at_row(rows.last().filter(|_| has_next)),
        items: rows,
    }
}

/// How many leads the filter finds: the number over a list is the list's own query.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &LeadFilter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// The day of a cursor that we gave: PostgreSQL takes no year beyond its own, and says so with an error.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| (0..=9999).contains(&day.year()))
}

/// Fields that a list may be sorted by: registered on, next follow-up, total investment, updated at.
type Sorted = (NaiveDate, Option<NaiveDate>, Option<i64>, NaiveDateTime);

fn cursor(sort: Sort, sorted: Sorted, code: &str, id: &Id) -> Cursor {
    let (registered_on, next_follow_up_on, total_investment_fen, updated_at) = sorted;
    let value = match sort.field {
        SortField::RegisteredOn => registered_on.to_string(),
        SortField::NextFollowUpOn => {
            next_follow_up_on.map_or_else(|| "9999-12-31".to_owned(), |day| day.to_string())
        }
        SortField::TotalInvestment => total_investment_fen.unwrap_or(-1).to_string(),
        SortField::UpdatedAt => format!("{updated_at:?}"),
        SortField::Code => code.to_owned(),
    };
    Cursor { sort: sort.to_string(), value: Some(value), id: id.to_string() }
}
