//! Finding out what a search finds whose wish does not know it yet: it found too much for one answer, or the engine did not
//! answer then. The worker asks for one wish at a time, page by page of the leads that exist for its user.

use crate::accounts::{Actor, Via};
use crate::app::App;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::queries::visible_to;
use crate::saved_searches::asking;
use crate::saved_searches::known::KnownLeads;
use crate::saved_searches::model::Match;
use crate::saved_searches::policy::capacity;
use crate::saved_searches::queries::{self, Wish};
use crate::schema::leads;
use crate::search::{Among, SearchError, SearchQuery};
use crate::web::params::Params;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use std::collections::HashSet;

/// Leads of one question to the engine.
const AT_ONCE: i64 = 1_000;

/// From when on a survey is a late one.
const LATE: TimeDelta = TimeDelta::days(1);

/// What a survey found.
#[derive(Debug, Default)]
struct Survey {
    known: Vec<Id>,
    /// Registered or changed after the wish; of a late survey only registered.
    new: Vec<Id>,
}

/// A lead, when it was registered, and when it was changed last.
type Row = (Id, NaiveDateTime, NaiveDateTime);

/// Surveys the next wish that needs it; `false` where none does, or can. Until then only what is registered after the wish
/// is new with it.
pub fn run_one(app: &App) -> Result<bool, AppError> {
    if app.search.needs_rebuild() {
        return Ok(false);
    }
    let wishes = app.db.read(|conn| Ok::<_, AppError>(queries::unsurveyed(conn)?))?;
    for wish in wishes {
        let actor = Actor::new(wish.user.clone(), Via::CommandLine, String::new(), String::new());
        if capacity(&actor) != wish.subscription.capacity {
            continue;
        }
        if let Some(survey) = survey(app, &actor, &wish)? {
            app.db.write(|conn| note(conn, &wish, &survey))?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the wish's search finds now; `None` where it cannot be asked any more.
fn survey(app: &App, actor: &Actor, wish: &Wish) -> Result<Option<Survey>, AppError> {
    let params = Params::parse(&wish.search.query)?;
    let asked = match app.db.read(|conn| asking::question_of(conn, app, actor, &params)) {
        Ok(query) if query.check().is_ok() => query,
        Ok(_) | Err(AppError::Invalid(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let (mut survey, mut after) = (Survey::default(), None);
    loop {
        let rows = app.db.read(|conn| Ok::<_, AppError>(next(conn, actor, after.as_ref())?))?;
        let Some((last, ..)) = rows.last() else { return Ok(Some(survey)) };
        after = Some(last.clone());
        let among = Among::new(rows.iter().map(|(id, ..)| id.to_string()).collect());
        let query = SearchQuery { limit: rows.len(), offset: 0, among: Some(among), ..asked.clone() };
        let found = match app.search.search(&query) {
            Ok(found) => found,
            Err(SearchError::FieldNotAllowed(_) | SearchError::TooDeep | SearchError::Refused(_)) => {
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let found: HashSet<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
        let since = wish.subscription.since;
        // After so long a change says little of what matched before, and all that was edited would be news.
        let is_late = clock::now() - since > LATE;
        for (id, registered, changed) in rows.into_iter().filter(|(id, ..)| found.contains(id.as_str())) {
            let at = if is_late { registered } else { registered.max(changed) };
            let list = if at > since { &mut survey.new } else { &mut survey.known };
            list.push(id);
        }
    }
}

/// The leads that exist for the actor behind this one, by id.
fn next(conn: &mut AnyConn, actor: &Actor, after: Option<&Id>) -> QueryResult<Vec<Row>> {
    let mut rows = visible_to(actor);
    if let Some(after) = after {
        rows = rows.filter(leads::id.gt(after.clone()));
    }
    rows.order(leads::id.asc())
        .limit(AT_ONCE)
        .select((leads::id, leads::created_at, leads::updated_at))
        .load(conn)
}

/// Writes down what was found, if the wish still stands.
fn note(conn: &mut AnyConn, wish: &Wish, survey: &Survey) -> Result<(), AppError> {
    let known = KnownLeads::of(survey.known.iter().map(Id::as_str));
    if !queries::surveyed(conn, &wish.subscription, &known)? {
        return Ok(());
    }
    let now = clock::now();
    for lead in &survey.new {
        let found = Match {
            id: Id::generate(),
            search_id: wish.subscription.search_id.clone(),
            user_id: wish.subscription.user_id.clone(),
            lead_id: lead.clone(),
            found_at: now,
            seen_at: None,
        };
        queries::insert_match(conn, found)?;
    }
    Ok(())
}
