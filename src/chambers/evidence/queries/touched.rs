//! Whose figures may be other ones than when they were added up.

use crate::chambers::evidence::queries::Origin;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::schema::{attribution_shares, leads as lead_rows, projects as project_rows};
use crate::{attributions, audit, leads, projects};
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// No write lasts longer from the time that it bears to its end, but an import, which marks the credit as changed.
const LONGEST_WRITE: TimeDelta = TimeDelta::seconds(30);

/// How long events and questions are not looked at while nobody acts, as far as the trail tells.
const UNASKED: TimeDelta = TimeDelta::seconds(10);

/// Records that are looked through; with more, adding up everybody's figures is as quick.
const MOST_RECENT: i64 = 5_000;

/// Chambers whose figures are added up again; with more, everybody's are.
const MOST_TOUCHED: usize = 100;

/// How far the records of an origin were read. Those that were written a moment before it are remembered one by one: a
/// write that bears an earlier time may end after it.
#[derive(Debug, Clone)]
pub struct Mark {
    state: State,
    at: NaiveDateTime,
    /// Records written in the `LONGEST_WRITE` before, with their times; `None` when they were too many.
    recent: Option<Arc<HashMap<Id, NaiveDateTime>>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    /// Changes when somebody's credit does, which a record does not tell of whom it was taken from.
    credit: u64,
    /// When the latest record was written.
    latest: Option<NaiveDateTime>,
}

/// A record that was written, and who may have credit for it.
struct Recent {
    id: Id,
    at: NaiveDateTime,
    lead: Option<Id>,
    chamber: Option<Id>,
}

/// What is to be added up again.
pub enum Touched {
    Nobodys,
    /// The figures of these, up to a later mark.
    Those(Vec<Id>, Mark),
    Everybodys,
}

impl Mark {
    /// As it is now; to be read before the figures are.
    pub fn of(conn: &mut AnyConn, origin: Origin) -> QueryResult<Self> {
        let (state, at) = (state_of(conn, origin)?, clock::now());
        let recent = recent(conn, origin, at - LONGEST_WRITE)?;
        Ok(Mark { state, at, recent: recent.map(times) })
    }

    /// Whose figures may have changed since.
    pub fn touched(&self, conn: &mut AnyConn, origin: Origin) -> QueryResult<Touched> {
        let (state, at) = (state_of(conn, origin)?, clock::now());
        let since = self.at - LONGEST_WRITE;
        if origin == Origin::Others {
            let holds = state == self.state && at - self.at < UNASKED;
            return Ok(if holds { Touched::Nobodys } else { Touched::Everybodys });
        }
        if state.credit != self.state.credit {
            return Ok(Touched::Everybodys);
        }
        if state == self.state && state.latest.is_none_or(|latest| latest < since) {
            return Ok(Touched::Nobodys);
        }
        let (Some(known), Some(found)) = (&self.recent, recent(conn, origin, since)?) else {
            return Ok(Touched::Everybodys);
        };
        let is_new = |record: &&Recent| known.get(&record.id) != Some(&record.at);
        let chambers = chambers_of(conn, found.iter().filter(is_new))?;
        if chambers.len() > MOST_TOUCHED {
            return Ok(Touched::Everybodys);
        }
        let since = at - LONGEST_WRITE;
        let recent = times(found.into_iter().filter(|record| record.at >= since).collect());
        Ok(Touched::Those(chambers.into_iter().collect(), Mark { state, at, recent: Some(recent) }))
    }
}

fn state_of(conn: &mut AnyConn, origin: Origin) -> QueryResult<State> {
    let latest = match origin {
        Origin::Leads | Origin::Visits => leads::queries::latest_change(conn)?,
        Origin::Projects => projects::queries::latest_change(conn)?,
        // They are few: after any act all of them are added up anew.
        Origin::Others => return Ok(State { credit: audit::queries::state(conn)?, latest: None }),
    };
    Ok(State { credit: attributions::queries::state(conn)?, latest })
}

fn times(records: Vec<Recent>) -> Arc<HashMap<Id, NaiveDateTime>> {
    Arc::new(records.into_iter().map(|record| (record.id, record.at)).collect())
}

/// The records written since then; `None` when they are too many.
fn recent(conn: &mut AnyConn, origin: Origin, since: NaiveDateTime) -> QueryResult<Option<Vec<Recent>>> {
    type Row = (Id, NaiveDateTime, Option<Id>, Option<Id>);
    let rows: Vec<Row> = match origin {
        Origin::Leads | Origin::Visits => {
            use lead_rows::{deleted_at, id, source_chamber_id, table, updated_at};
            let columns = (id, updated_at, id.nullable(), source_chamber_id);
            // Apart, as the indexes are. What is deleted is written then.
            let living = table.filter(deleted_at.is_null()).filter(updated_at.ge(since));
            let mut rows: Vec<Row> = living.select(columns).limit(MOST_RECENT + 1).load(conn)?;
            let gone = table.filter(deleted_at.ge(since)).select(columns).limit(MOST_RECENT + 1);
            rows.extend(gone.load::<Row>(conn)?);
            rows
        }
        Origin::Projects => {
            use project_rows::{id, lead_id, source_chamber_id, table, updated_at};
            let columns = (id, updated_at, lead_id, source_chamber_id);
            table.filter(updated_at.ge(since)).select(columns).limit(MOST_RECENT + 1).load(conn)?
        }
        Origin::Others => Vec::new(),
    };
    if i64::try_from(rows.len()).unwrap_or(i64::MAX) > MOST_RECENT {
        return Ok(None);
    }
    Ok(Some(rows.into_iter().map(|(id, at, lead, chamber)| Recent { id, at, lead, chamber }).collect()))
}

/// The chambers that have a part in these records.
fn chambers_of<'a>(
    conn: &mut AnyConn,
    records: impl Iterator<Item = &'a Recent>,
) -> QueryResult<HashSet<Id>> {
    let (mut leads, mut chambers) = (Vec::new(), HashSet::new());
    for record in records {
        leads.extend(record.lead.clone());
        chambers.extend(record.chamber.clone());
    }
    let shares = attribution_shares::table.filter(attribution_shares::lead_id.eq_any(leads));
    chambers.extend(shares.select(attribution_shares::chamber_id).load::<Id>(conn)?);
    Ok(chambers)
}
