//! Telling of what is new: leads that the index has just taken in are held against the searches of those who wish it.
//!
//! A row of the outbox (`Topic::SavedSearchMatch`) is written in the transaction in which the index is done with a lead, so
//! that a kill at any point repeats and loses nothing; a worker of its own works them off, so that indexing waits for
//! nobody. One batch:
//! 1. Rows are claimed.
//! 2. Wishes that ask the same in the same scope and fields are one question.
//! 3. Each is put to the engine among the batch's leads alone. While it does not answer, the rows wait.
//! 4. What was found and never was for that person is written down, and the rows go, in one transaction.

use crate::accounts::{Actor, Via};
use crate::app::App;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Job, Topic};
use crate::saved_searches::known::KnownLeads;
use crate::saved_searches::model::{Match, Subscription};
use crate::saved_searches::policy::capacity;
use crate::saved_searches::queries::{self, Wish};
use crate::saved_searches::{asking, surveying};
use crate::search::{Among, SearchError, SearchQuery, lease};
use crate::web::params::Params;
use chrono::NaiveDateTime;
use diesel::QueryResult;
use std::collections::{BTreeMap, BTreeSet};

/// Leads of a batch at most.
const BATCH: i64 = 1_000;

/// Asks for these leads to be held against saved searches, where anybody wishes it: part of the transaction in which the
/// index is done with them.
pub fn ask(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<()> {
    if !leads.is_empty() && queries::any_wish(conn)? {
        for lead in leads {
            outbox::enqueue(conn, Topic::SavedSearchMatch, lead)?;
        }
    }
    Ok(())
}

/// Works off one batch; how many rows it took. A failure puts them back for later.
pub fn run_batch(app: &App) -> Result<usize, AppError> {
    // One of several processes, so that finds are written in the order of their ids.
    if !lease::hold(app)? {
        return Ok(0);
    }
    // What a wish knows is found out first, so that what changes now is new to it.
    let surveyed = surveying::run_one(app).unwrap_or_else(|error| {
        // The engine's own worker tells that it does not answer; this one asks every second.
        tracing::debug!(%error, "what a saved search finds is not known yet and will be asked again");
        false
    });
    let surveyed = usize::from(surveyed);
    let now = clock::now();
    let topic = Topic::SavedSearchMatch;
    if !app.db.read(|conn| Ok::<_, AppError>(outbox::is_due(conn, topic, now)?))? {
        return Ok(surveyed);
    }
    let jobs = app.db.write(|conn| Ok::<_, AppError>(outbox::claim(conn, topic, BATCH, now)?))?;
    if jobs.is_empty() {
        return Ok(surveyed);
    }
    match found(app, &jobs, now) {
        Ok(found) => app.db.write(|conn| {
            note(conn, found)?;
            Ok::<_, AppError>(outbox::finish(conn, &jobs)?)
        })?,
        Err(error) => {
            let text = error.to_string();
            tracing::warn!(error = text, rows = jobs.len(), "saved searches wait and will be tried again");
            app.db.write(|conn| Ok::<_, AppError>(outbox::postpone(conn, &jobs, &text, now)?))?;
            return Err(error);
        }
    }
    Ok(jobs.len() + surveyed)
}

/// What the wishes find among the leads of these rows.
fn found(app: &App, jobs: &[Job], now: NaiveDateTime) -> Result<Vec<Match>, AppError> {
    let ids: BTreeSet<Id> = jobs.iter().map(|job| job.subject_id.clone()).collect();
    let ids: Vec<Id> = ids.into_iter().collect();
    let (created, questions) = app.db.read(|conn| {
        let created = queries::created(conn, &ids)?;
        let questions = if created.is_empty() { Vec::new() } else { questions(conn, app)? };
        Ok::<_, AppError>((created, questions))
    })?;
    if app.search.needs_rebuild() && !questions.is_empty() {
        return Err(SearchError::NoIndex.into());
    }
    let among = Among::new(created.keys().map(Id::to_string).collect());
    let mut matches = Vec::new();
    for Question { query, wishes } in questions {
        let asked = SearchQuery { among: Some(among.clone()), limit: among.ids.len(), offset: 0, ..query };
        let answer = match app.search.search(&asked) {
            Ok(answer) => answer,
            // So it would be answered again and again.
            Err(
                error @ (SearchError::FieldNotAllowed(_) | SearchError::TooDeep | SearchError::Refused(_)),
            ) => {
                tracing::warn!(%error, "a saved search cannot be asked");
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let leads: Vec<Id> = answer.hits.iter().filter_map(|hit| hit.id.parse().ok()).collect();
        for Wish { subscription, .. } in wishes {
            if leads.is_empty() {
                continue;
            }
            let known = app.db.read(|conn| Ok::<_, AppError>(queries::known(conn, &subscription)?))?;
            let is_new = |lead: &&Id| {
                created.get(*lead).is_some_and(|created| may_be_new(&subscription, &known, lead, *created))
            };
            matches.extend(leads.iter().filter(is_new).map(|lead| Match {
                id: Id::generate(),
                search_id: subscription.search_id.clone(),
                user_id: subscription.user_id.clone(),
                lead_id: lead.clone(),
                found_at: now,
                seen_at: None,
            }));
        }
    }
    Ok(matches)
}

/// Whether a lead registered then may be new for a wish: any that it did not know; where that is not found out yet, one that
/// was not there. What has a row is written down once.
fn may_be_new(wish: &Subscription, known: &KnownLeads, lead: &Id, registered: NaiveDateTime) -> bool {
    if wish.knows_all { !known.has(lead.as_str()) } else { registered > wish.since }
}

/// What several wish to know alike.
struct Question {
    query: SearchQuery,
    wishes: Vec<Wish>,
}

/// The questions behind all wishes. One that cannot be asked any more, as when a chamber's code is gone, is nobody's fault
/// and finds nothing.
fn questions(conn: &mut AnyConn, app: &App) -> Result<Vec<Question>, AppError> {
    let mut questions = BTreeMap::<String, Question>::new();
    for wish in queries::wishes(conn)? {
        let actor = Actor::new(wish.user.clone(), Via::CommandLine, String::new(), String::new());
        if capacity(&actor) != wish.subscription.capacity {
            continue;
        }
        // Fields go by the role, and the scope is the engine's own.
        let scope = crate::leads::queries::search_scope(&actor);
        let key = format!("{} {scope:?} {}", actor.role, wish.search.query);
        if let Some(question) = questions.get_mut(&key) {
            question.wishes.push(wish);
            continue;
        }
        let params = Params::parse(&wish.search.query)?;
        match asking::question_of(conn, app, &actor, &params) {
            Ok(query) if query.check().is_ok() => {
                questions.insert(key, Question { query, wishes: vec![wish] });
            }
            Ok(_) | Err(AppError::Invalid(_)) => {
                tracing::info!(search = %wish.search.id, "a saved search cannot be asked any more");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(questions.into_values().collect())
}

/// Writes finds down for wishes that are still there.
fn note(conn: &mut AnyConn, found: Vec<Match>) -> QueryResult<()> {
    if found.is_empty() {
        return Ok(());
    }
    let wishes = queries::standing(conn)?;
    for one in found {
        if wishes.contains(&(one.search_id.clone(), one.user_id.clone())) {
            queries::insert_match(conn, one)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_what_there_was_is_known_only_what_is_registered_since_is_new() {
        let wish = |knows_all| Subscription {
            search_id: Id::generate(),
            user_id: Id::generate(),
            capacity: String::new(),
            since: "2026-11-23T08:00:00".parse().unwrap(),
            knows_all,
            seen_at: None,
        };
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        let (old, other) = (Id::generate(), Id::generate());
        let known = KnownLeads::of([old.as_str()].into_iter());
        let is_new = |knows_all, lead, registered| may_be_new(&wish(knows_all), &known, lead, at(registered));
        assert!(!is_new(true, &old, "2020-01-01T00:00:00"));
        assert!(is_new(true, &other, "2020-01-01T00:00:00"), "changed so that it matches");
        assert!(!is_new(false, &other, "2026-11-23T08:00:00"));
        assert!(is_new(false, &other, "2026-11-23T08:00:01"));
    }
}
