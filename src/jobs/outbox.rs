//! The outbox: rows written in the transaction of a change, saying what must follow outside.
//!
//! A row holds an id only. Who works it off reads the record again, so that any number of repeats,
//! any order and any crash do no harm.

use crate::clock;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::schema::outbox;
use crate::text_enum;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// What must follow.
    pub enum Topic {
        /// The lead's document in the search index.
        LeadIndex = "lead_index",
        /// The document of a project, referrer or chamber in the records' index.
        RecordIndex = "record_index",
        /// A lead that was indexed is held against the searches of those who wish to be told.
        SavedSearchMatch = "saved_search_match",
        /// A large ledger is to be read, or to be applied.
        Import = "import",
        /// What a paper says is to be read.
        AttachmentText = "attachment_text",
    }
}

/// A row, as far as a worker needs it.
#[derive(Debug, Clone, Queryable)]
pub struct Job {
    pub id: Id,
    pub subject_id: Id,
    pub attempts: i64,
    pub created_at: NaiveDateTime,
}

/// How long a claim holds unless it is prolonged.
const CLAIM: Duration = Duration::minutes(1);

/// Adds a row; part of the change's transaction.
pub fn enqueue(conn: &mut AnyConn, topic: Topic, subject: &Id) -> QueryResult<()> {
    let now = clock::now();
    let row = (
        outbox::id.eq(Id::generate()),
        outbox::topic.eq(topic),
        outbox::subject_id.eq(subject),
        outbox::attempts.eq(0),
        outbox::available_at.eq(now),
        outbox::created_at.eq(now),
    );
    execute!(conn, diesel::insert_into(outbox::table).values(row)).map(drop)
}

/// Takes up to `limit` rows that are due, for a minute: if the process dies, another takes them then.
pub fn claim(conn: &mut AnyConn, topic: Topic, limit: i64, now: NaiveDateTime) -> QueryResult<Vec<Job>> {
    let due: Vec<Job> = outbox::table
        .filter(outbox::topic.eq(topic))
        .filter(outbox::available_at.le(now))
        .filter(outbox::claimed_until.is_null().or(outbox::claimed_until.lt(now)))
        .order((outbox::available_at.asc(), outbox::id.asc()))
        .limit(limit)
        .select((outbox::id, outbox::subject_id, outbox::attempts, outbox::created_at))
        .load(conn)?;
    let ids: Vec<Id> = due.iter().map(|job| job.id.clone()).collect();
    let claimed = diesel::update(
        outbox::table
            .filter(outbox::id.eq_any(ids))
            .filter(outbox::claimed_until.is_null().or(outbox::claimed_until.lt(now))),
    )
    .set(outbox::claimed_until.eq(now + CLAIM))
    .returning(outbox::id)
    .get_results::<Id>(conn)?;
    Ok(due.into_iter().filter(|job| claimed.contains(&job.id)).collect())
}

/// Counts an attempt when it is begun: who may take the whole process down never gets to say that he failed.
pub fn count_attempt(conn: &mut AnyConn, jobs: &[Job]) -> QueryResult<()> {
    for job in jobs {
        diesel::update(outbox::table.find(&job.id))
            .set(outbox::attempts.eq(outbox::attempts + 1))
            .execute(conn)?;
    }
    Ok(())
}

/// Keeps a claim for another minute, while long work goes forward.
pub fn prolong(conn: &mut AnyConn, job: &Job, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(outbox::table.find(&job.id))
        .set(outbox::claimed_until.eq(now + CLAIM))
        .execute(conn)
        .map(drop)
}

/// Gives a claim back with the work half done: the next worker takes it at once.
pub fn lay_down(conn: &mut AnyConn, job: &Job) -> QueryResult<()> {
    diesel::update(outbox::table.find(&job.id))
        .set(outbox::claimed_until.eq(None::<NaiveDateTime>))
        .execute(conn)
        .map(drop)
}

/// Gives back the claims of a process that is no more.
pub fn release(conn: &mut AnyConn, topics: &[Topic]) -> QueryResult<usize> {
    let claimed = outbox::table
        .filter(outbox::topic.eq_any(topics.to_vec()))
        .filter(outbox::claimed_until.is_not_null());
    diesel::update(claimed).set(outbox::claimed_until.eq(None::<NaiveDateTime>)).execute(conn)
}

/// Removes rows whose work is done.
pub fn finish(conn: &mut AnyConn, jobs: &[Job]) -> QueryResult<()> {
    let ids: Vec<Id> = jobs.iter().map(|job| job.id.clone()).collect();
    remove(conn, &ids)
}

/// Removes rows that other work has done, too.
pub fn remove(conn: &mut AnyConn, rows: &[Id]) -> QueryResult<()> {
    diesel::delete(outbox::table.filter(outbox::id.eq_any(rows))).execute(conn).map(drop)
}

/// Puts rows back after a failure, each later than the last time: 2, 4, 8 … up to 300 seconds.
pub fn postpone(conn: &mut AnyConn, jobs: &[Job], error: &str, now: NaiveDateTime) -> QueryResult<()> {
    for job in jobs {
        let seconds = 2_i64.pow(u32::try_from(job.attempts + 1).unwrap_or(8).min(8)).min(300);
        diesel::update(outbox::table.find(&job.id))
            .set((
                outbox::attempts.eq(outbox::attempts + 1),
                outbox::available_at.eq(now + Duration::seconds(seconds)),
                outbox::claimed_until.eq(None::<NaiveDateTime>),
                outbox::last_error.eq(error),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// How far a topic is behind: rows waiting, the oldest one's time, and the last error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lag {
    pub waiting: i64,
    pub oldest: Option<NaiveDateTime>,
    pub last_error: Option<String>,
}

pub fn lag(conn: &mut AnyConn, topic: Topic) -> QueryResult<Lag> {
    let of_topic = outbox::table.filter(outbox::topic.eq(topic));
    Ok(Lag {
        waiting: of_topic.count().get_result(conn)?,
        oldest: waiting_since(conn, topic)?,
        last_error: of_topic
            .filter(outbox::last_error.is_not_null())
            .order(outbox::available_at.desc())
            .select(outbox::last_error)
            .first::<Option<String>>(conn)
            .optional()?
            .flatten(),
    })
}

/// When the first change was made that waits for this; `None` when none waits.
pub fn waiting_since(conn: &mut AnyConn, topic: Topic) -> QueryResult<Option<NaiveDateTime>> {
    let of_topic = outbox::table.filter(outbox::topic.eq(topic));
    of_topic.select(diesel::dsl::min(outbox::created_at)).get_result(conn)
}

/// The records that wait for the index, at most so many, the latest change first.
pub fn last_waiting(conn: &mut AnyConn, limit: i64) -> QueryResult<Vec<Id>> {
    outbox::table
        .filter(outbox::topic.eq(Topic::LeadIndex))
        .order(outbox::id.desc())
        .limit(limit)
        .select(outbox::subject_id)
        .load(conn)
}

/// Whether a row of the topic is due.
pub fn is_due(conn: &mut AnyConn, topic: Topic, now: NaiveDateTime) -> QueryResult<bool> {
    let due =
        outbox::table.filter(outbox::topic.eq(topic)).filter(outbox::available_at.le(now)).select(outbox::id);
    Ok(due.first::<Id>(conn).optional()?.is_some())
}

/// What these rows are about.
pub fn subjects_of(conn: &mut AnyConn, rows: &[Id]) -> QueryResult<Vec<Id>> {
    outbox::table.filter(outbox::id.eq_any(rows.to_vec())).select(outbox::subject_id).distinct().load(conn)
}

/// The rows of a topic that are there now, claimed or not.
pub fn waiting(conn: &mut AnyConn, topic: Topic) -> QueryResult<Vec<Id>> {
    outbox::table.filter(outbox::topic.eq(topic)).select(outbox::id).load(conn)
}

/// What waits for an index: for it a difference is no fault.
pub fn waiting_subjects(conn: &mut AnyConn, topic: Topic) -> QueryResult<std::collections::HashSet<Id>> {
    let waiting: Vec<Id> =
        outbox::table.filter(outbox::topic.eq(topic)).select(outbox::subject_id).load(conn)?;
    Ok(waiting.into_iter().collect())
}
