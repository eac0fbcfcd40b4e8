//! Lists of leads: orders, keyset pages and counts, all in scope.

use super::filter::{LeadFilter, Way};
use super::scope::{Visible, parts_visible_to};
use crate::accounts::Actor;
use crate::companies;
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id};
use crate::leads::model::{Lead, Priority, Stage, Status};
use crate::schema::leads;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text, Timestamp};
use std::cmp::Ordering;

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

/// One page; `None` when the cursor's value does not fit.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &LeadFilter,
    sort: Sort,
    at: &At,
    limit: i64,
) -> QueryResult<Option<LeadPage>> {
    let load = |conn: &mut AnyConn, query: Visible<'_>| query.select(Lead::as_select()).load(conn);
    let Some(rows) = read(conn, actor, filter, sort, at, limit, load)? else { return Ok(None) };
    let page = turned(rows, sort, at, limit);
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
    let load = |conn: &mut AnyConn, query: Visible<'_>| query.select(Listed::as_select()).load(conn);
    let rows = read(conn, actor, filter, sort, at, limit, load)?;
    Ok(rows.map(|rows| turned(rows, sort, at, limit)))
}

/// The rows of a page and one more, in the order in which they are read; `None` when the cursor's value does not fit.
fn read<T: Placed>(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &LeadFilter,
    sort: Sort,
    at: &At,
    limit: i64,
    load: impl Fn(&mut AnyConn, Visible<'_>) -> QueryResult<Vec<T>>,
) -> QueryResult<Option<Vec<T>>> {
    // Backwards is the other order; `turned` turns the rows round again.
    let order = Sort { descending: sort.descending != at.is_backward(), ..sort };
    let mut rows = Vec::new();
    for (part, same) in parts_visible_to(actor).into_iter().zip(parts_visible_to(actor)) {
        let way = filter.way(conn, part, sort.field)?;
        let Some(query) = ordered(filter.narrow(same, way), order, at.cursor()) else { return Ok(None) };
        rows.push(load(conn, query.limit(limit + 1))?);
    }
    if rows.len() == 1 {
        return Ok(rows.pop());
    }
    let mut rows: Vec<T> = rows.into_iter().flatten().collect();
    rows.sort_by(|a, b| {
        let ascending = a.place().cmp(&b.place(), order.field);
        if order.descending { ascending.reverse() } else { ascending }
    });
    rows.truncate(usize::try_from(limit + 1).unwrap_or(usize::MAX));
    Ok(Some(rows))
}

/// The rows in this order, after the cursor's; `None` when its value does not fit.
fn ordered<'a>(mut query: Visible<'a>, order: Sort, cursor: Option<&Cursor>) -> Option<Visible<'a>> {
    // One arm a field: each has its own column type. The pair is compared as one, so that the index is entered at the
    // cursor's row, however many rows have its value.
    macro_rules! keyset {
        ($column:ident, $type:ty, $parse:expr) => {{
            if let Some(cursor) = cursor {
                let value = cursor.value.as_deref().and_then($parse)?;
                let beyond = if order.descending { " < (" } else { " > (" };
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
            if order.descending {
                query.order((leads::$column.desc(), leads::id.desc()))
            } else {
                query.order((leads::$column.asc(), leads::id.asc()))
            }
        }};
    }
    Some(match order.field {
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
fn turned<T: Placed>(mut rows: Vec<T>, sort: Sort, at: &At, limit: i64) -> LeadPage<T> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    if at.is_backward() {
        rows.reverse();
    }
    // The row that the cursor names lies on the side one came from.
    let (has_prev, has_next) = if at.is_backward() { (more, true) } else { (at.cursor().is_some(), more) };
    let at_row = |row: Option<&T>| row.map(|row| row.place().cursor(sort).encode());
    LeadPage {
        prev_cursor: at_row(rows.first().filter(|_| has_prev)),
        next_cursor: at_row(rows.last().filter(|_| has_next)),
        items: rows,
    }
}

/// How many leads the filter finds: the number over a list is the list's own query.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &LeadFilter) -> QueryResult<i64> {
    let mut sum = 0;
    for part in parts_visible_to(actor) {
        sum += filter.narrow(part, Way::Any).count().get_result::<i64>(conn)?;
    }
    Ok(sum)
}

/// The day of a cursor that we gave: PostgreSQL takes no year beyond its own, and says so with an error.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| (0..=9999).contains(&day.year()))
}

/// What a lead is sorted by.
struct Place<'a> {
    registered_on: NaiveDate,
    next_follow_up_order: NaiveDate,
    total_investment_order: i64,
    updated_at: NaiveDateTime,
    code: &'a str,
    id: &'a Id,
}

trait Placed {
    fn place(&self) -> Place<'_>;
}

macro_rules! placed {
    ($($row:ty),*) => {$(
        impl Placed for $row {
            fn place(&self) -> Place<'_> {
                Place {
                    registered_on: self.registered_on,
                    next_follow_up_order: self.next_follow_up_on.unwrap_or(NEVER),
                    total_investment_order: self.total_investment_fen.unwrap_or(-1),
                    updated_at: self.updated_at,
                    code: &self.code,
                    id: &self.id,
                }
            }
        }
    )*};
}

placed!(Lead, Listed);

/// As the database's column has it for leads without a date.
const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

impl Place<'_> {
    fn cmp(&self, other: &Place<'_>, field: SortField) -> Ordering {
        let by_field = match field {
            SortField::RegisteredOn => self.registered_on.cmp(&other.registered_on),
            SortField::NextFollowUpOn => self.next_follow_up_order.cmp(&other.next_follow_up_order),
            SortField::TotalInvestment => self.total_investment_order.cmp(&other.total_investment_order),
            SortField::UpdatedAt => self.updated_at.cmp(&other.updated_at),
            SortField::Code => self.code.cmp(other.code),
        };
        by_field.then_with(|| self.id.as_str().cmp(other.id.as_str()))
    }

    fn cursor(&self, sort: Sort) -> Cursor {
        let value = match sort.field {
            SortField::RegisteredOn => self.registered_on.to_string(),
            SortField::NextFollowUpOn => self.next_follow_up_order.to_string(),
            SortField::TotalInvestment => self.total_investment_order.to_string(),
            SortField::UpdatedAt => format!("{:?}", self.updated_at),
            SortField::Code => self.code.to_owned(),
        };
        Cursor { sort: sort.to_string(), value: Some(value), id: self.id.to_string() }
    }
}
