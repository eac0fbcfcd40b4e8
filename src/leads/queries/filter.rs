//! What a list of leads shows, as conditions of its query.

use super::list::SortField;
use super::scope::Visible;
use crate::db::{AnyConn, Id};
use crate::leads::model::{SourceKind, Stage, Status};
use crate::schema::leads;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Date, Nullable, Text};

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
    pub event: Option<Id>,
    pub officer: Option<Id>,
    pub leader: Option<Id>,
    /// Nobody leads it.
    pub unassigned: bool,
    /// Active, with a follow-up date from … to … (both included).
    pub due: Option<(NaiveDate, NaiveDate)>,
    pub updated_since: Option<NaiveDateTime>,
    pub import: Option<Id>,
    /// From a chamber, received before this moment, and not answered yet (`leads::promise`).
    pub unanswered_before: Option<NaiveDateTime>,
    pub question: Option<OpenQuestion>,
    /// Only these, as a search found them.
    pub ids: Option<Vec<Id>>,
}

/// A question that its chamber has not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenQuestion {
    Waiting,
    /// Its day lies before this one.
    Late(NaiveDate),
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

/// How the database is to go through the leads. It cannot know itself: to it `status = 'active'` and a code that two
/// leads have are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By whichever index it likes.
    Any,
    /// Along the list's order, passing over what the filter leaves out: right where the filter finds many.
    Along(SortField),
}

/// Leads of chambers that nobody judged yet.
const UNANSWERED: &str = "(leads.source_chamber_id IS NOT NULL AND leads.stage = 'new' \
    AND leads.status = 'active' AND leads.deleted_at IS NULL)";

/// The beginning of: a question of the lead's own chamber that it has not answered.
macro_rules! waiting {
    () => {
        "EXISTS (SELECT 1 FROM questions WHERE questions.lead_id = leads.id \
         AND questions.chamber_id = leads.source_chamber_id AND questions.answered_at IS NULL"
    };
}

/// So many leads are sooner found along the order than sorted.
const MANY: i64 = 2_000;

impl LeadFilter {
    /// The way to a page of these rows in this order.
    pub(super) fn way(&self, conn: &mut AnyConn, rows: Visible<'_>, order: SortField) -> QueryResult<Way> {
        if !self.has_columns() || self.due.is_some() || self.ids.is_some() || self.is_of_chambers() {
            return Ok(Way::Any);
        }
        let beyond = self.narrow(rows, Way::Any).select(leads::id).offset(MANY).limit(1);
        let many = beyond.first::<Id>(conn).optional()?.is_some();
        Ok(if many { Way::Along(order) } else { Way::Any })
    }

    /// Whether it asks for what stands between the bureau and a chamber: always few.
    fn is_of_chambers(&self) -> bool {
        self.unanswered_before.is_some() || self.question.is_some()
    }

    /// Whether it wants a column to be one of some values.
    fn has_columns(&self) -> bool {
        let people = [&self.chamber, &self.referrer, &self.event, &self.officer, &self.leader, &self.import];
        !(self.stages.is_empty()
            && self.statuses.is_empty()
            && self.counties.is_empty()
            && self.industries.is_empty()
            && self.sources.is_empty()
            && people.iter().all(|id| id.is_none()))
    }

    /// Those of the rows that pass.
    pub(super) fn narrow<'a>(&self, mut query: Visible<'a>, way: Way) -> Visible<'a> {
        let along = way != Way::Any;
        // Text with nothing added to it is in no index.
        macro_rules! among {
            ($column:ident, $values:expr, $hidden:expr) => {
                if !$values.is_empty() {
                    query = if $hidden {
                        let column = concat!("(leads.", stringify!($column), " || '')");
                        query.filter(sql::<Text>(column).eq_any($values.clone()))
                    } else {
                        query.filter(leads::$column.eq_any($values.clone()))
                    };
                }
            };
        }
        macro_rules! is {
            ($column:ident, $id:expr) => {
                if let Some(id) = &$id {
                    query = if along {
                        let column = concat!("(leads.", stringify!($column), " || '')");
                        query.filter(sql::<Nullable<Text>>(column).eq(Some(id.clone())))
                    } else {
                        query.filter(leads::$column.eq(Some(id.clone())))
                    };
                }
            };
        }
        among!(stage, self.stages, along);
        if self.statuses.is_empty() {
            query = query.filter(leads::status.ne(Status::Merged));
        }
        among!(status, self.statuses, along);
        // One county has indexes in these orders.
        let in_order = matches!(way, Way::Along(SortField::UpdatedAt | SortField::RegisteredOn));
        among!(county, self.counties, along && !(in_order && self.counties.len() == 1));
        among!(industry, self.industries, along);
        among!(source_kind, self.sources, along);
        is!(source_chamber_id, self.chamber);
        is!(source_referrer_id, self.referrer);
        is!(source_event_id, self.event);
        is!(officer_id, self.officer);
        is!(leader_id, self.leader);
        is!(import_id, self.import);
        if self.unassigned {
            query = query.filter(leads::leader_id.is_null());
        }
        if let Some((from, to)) = self.due {
            query = query
                .filter(leads::status.eq(Status::Active))
                .filter(leads::next_follow_up_order.between(from, to));
        }
        if let Some(since) = self.updated_since {
            query = query.filter(leads::updated_at.ge(since));
        }
        if let Some(moment) = self.unanswered_before {
            // Word for word what the index `leads_unanswered` holds.
            query = query.filter(sql::<Bool>(UNANSWERED)).filter(leads::received_at.lt(moment));
        }
        // A question to a chamber that the lead is no longer of waits for nobody.
        query = match self.question {
            None => query,
            Some(OpenQuestion::Waiting) => query.filter(sql::<Bool>(concat!(waiting!(), ")"))),
            Some(OpenQuestion::Late(today)) => query.filter(
                sql::<Bool>(concat!(waiting!(), " AND questions.due_on < ")).bind::<Date, _>(today).sql(")"),
            ),
        };
        if let Some(ids) = &self.ids {
            query = query.filter(leads::id.eq_any(ids.clone()));
        }
        query
    }
}
