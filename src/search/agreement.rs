//! Whether an index agrees with the database, record by record: by id, and by the version that was indexed.

use crate::db::{AnyConn, Id};
use crate::jobs::outbox::{self, Topic};
use crate::schema::{chambers, companies, leads, projects, referrers};
use crate::search::records::documents;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The version of what has none, as its documents have it.
const UNVERSIONED: i64 = 0;

/// Ids in one query.
const AT_ONCE: usize = 1_000;

/// What the database says belongs into an index.
pub struct Wanted {
    rows: Vec<(Id, i64)>,
    /// Of these a change waits for the index: a difference is no fault.
    waiting: HashSet<Id>,
}

/// Every lead.
pub fn wanted_leads(conn: &mut AnyConn) -> QueryResult<Wanted> {
    let rows = leads::table.filter(leads::deleted_at.is_null()).select((leads::id, leads::version));
    Ok(Wanted { rows: rows.load(conn)?, waiting: outbox::waiting_subjects(conn, Topic::LeadIndex)? })
}

/// Every record beside them. Companies have no version: of them only that they are there is known.
pub fn wanted_records(conn: &mut AnyConn) -> QueryResult<Wanted> {
    let of_projects = projects::table.filter(projects::deleted_at.is_null());
    let mut rows: Vec<(Id, i64)> = of_projects.select((projects::id, projects::version)).load(conn)?;
    let of_companies: Vec<Id> = companies::table.select(companies::id).load(conn)?;
    rows.extend(of_companies.into_iter().map(|id| (id, UNVERSIONED)));
    rows.extend(referrers::table.select((referrers::id, referrers::version)).load::<(Id, i64)>(conn)?);
    rows.extend(chambers::table.select((chambers::id, chambers::version)).load::<(Id, i64)>(conn)?);
    let mut waiting = outbox::waiting_subjects(conn, Topic::RecordIndex)?;
    waiting.extend(waiting_companies(conn)?);
    Ok(Wanted { rows, waiting })
}

/// Companies come into the index with their leads and projects: they wait as long as one of these does.
fn waiting_companies(conn: &mut AnyConn) -> QueryResult<Vec<Id>> {
    let leads: Vec<Id> = outbox::waiting_subjects(conn, Topic::LeadIndex)?.into_iter().collect();
    let projects: Vec<Id> = outbox::waiting_subjects(conn, Topic::RecordIndex)?.into_iter().collect();
    let mut companies = Vec::new();
    for ids in leads.chunks(AT_ONCE) {
        companies.extend(documents::companies_of_leads(conn, ids)?);
    }
    for ids in projects.chunks(AT_ONCE) {
        companies.extend(documents::companies_of_projects(conn, ids)?);
    }
    Ok(companies)
}

/// What is wrong in an index that holds these versions by id, a sentence each; `what` is what one of its records is called.
pub fn disagreements(indexed: Vec<(String, i64)>, wanted: &Wanted, what: &str) -> Vec<String> {
    let mut indexed: HashMap<String, i64> = indexed.into_iter().collect();
    let mut wrong = Vec::new();
    for (id, version) in &wanted.rows {
        let in_index = indexed.remove(id.as_str());
        if in_index != Some(*version) && !wanted.waiting.contains(id) {
            wrong.push(match in_index {
                None => format!("{what} {id} is not in the index"),
                Some(old) => format!("{what} {id} is in the index with version {old}, and is {version}"),
            });
        }
    }
    let is_gone = |id: &&String| id.parse::<Id>().is_ok_and(|id| !wanted.waiting.contains(&id));
    let mut gone: Vec<&String> = indexed.keys().filter(is_gone).collect();
    gone.sort();
    wrong.extend(gone.into_iter().map(|id| format!("{what} {id} is in the index, and not in the database")));
    wrong
}
