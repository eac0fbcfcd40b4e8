//! Reading the trail.

use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, Json, MultiBackend};
use crate::schema::{audit_entries, audit_seals};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;
use std::hash::{DefaultHasher, Hash, Hasher};

/// An entry as stored, but for its seal.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
pub struct AuditEntry {
    pub id: Id,
    pub at: NaiveDateTime,
    pub actor_id: Option<Id>,
    pub actor_name: String,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub differences: Json<Value>,
    pub reason: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    pub seal_id: Option<Id>,
}

/// What part of the trail is wanted.
#[derive(Debug, Default)]
pub struct AuditFilter {
    pub actor_id: Option<Id>,
    pub action: Option<String>,
    pub subject_kinds: Option<Vec<String>>,
    pub subject_id: Option<String>,
    /// From this time on, before that one (UTC).
    pub since: Option<NaiveDateTime>,
    pub until: Option<NaiveDateTime>,
}

/// A number that changes with every act of a person or a program on the records: each leaves an entry, which what a process
/// does for itself (sessions, jobs, the index) does not. As with `projects::queries::state`, of two writes at once on
/// PostgreSQL the one that ends last may be missed: what is remembered by it is kept for a short while only.
pub fn state(conn: &mut AnyConn) -> QueryResult<u64> {
    let latest = audit_entries::table.select(diesel::dsl::max(audit_entries::id));
    let latest: Option<Id> = latest.get_result(conn)?;
    let mut hasher = DefaultHasher::new();
    latest.as_ref().map(Id::as_str).hash(&mut hasher);
    Ok(hasher.finish())
}

/// The usual order of the trail: the latest first.
pub const LATEST_FIRST: Order = Order::descending("at");

/// Entries, the latest first; `after` is the last row of the page before. One row more than `limit`.
pub fn list(
    conn: &mut AnyConn,
    filter: &AuditFilter,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Vec<AuditEntry>> {
    ordered(conn, filter, LATEST_FIRST, after, limit)
}

/// The same in either order: ids are made in the order of the acts.
pub fn ordered(
    conn: &mut AnyConn,
    filter: &AuditFilter,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Vec<AuditEntry>> {
    let mut query = filtered(filter);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = if order.descending {
            query.filter(audit_entries::id.lt(id))
        } else {
            query.filter(audit_entries::id.gt(id))
        };
    }
    query = if order.descending {
        query.order(audit_entries::id.desc())
    } else {
        query.order(audit_entries::id.asc())
    };
    query.limit(limit + 1).select(AuditEntry::as_select()).load(conn)
}

/// How many entries there are.
pub fn count(conn: &mut AnyConn, filter: &AuditFilter) -> QueryResult<i64> {
    filtered(filter).count().get_result(conn)
}

fn filtered(filter: &AuditFilter) -> audit_entries::BoxedQuery<'static, MultiBackend> {
    let mut query = audit_entries::table.into_boxed::<MultiBackend>();
    if let Some(actor) = &filter.actor_id {
        query = query.filter(audit_entries::actor_id.eq(actor.clone()));
    }
    if let Some(action) = &filter.action {
        query = query.filter(audit_entries::action.eq(action.clone()));
    }
    if let Some(kinds) = &filter.subject_kinds {
        query = query.filter(audit_entries::subject_kind.eq_any(kinds.clone()));
    }
    if let Some(subject) = &filter.subject_id {
        query = query.filter(audit_entries::subject_id.eq(subject.clone()));
    }
    if let Some(since) = filter.since {
        query = query.filter(audit_entries::at.ge(since));
    }
    if let Some(until) = filter.until {
        query = query.filter(audit_entries::at.lt(until));
    }
    query
}

/// What was ever done, of these kinds of subjects: the choices of a filter.
pub fn actions(conn: &mut AnyConn, subject_kinds: Option<&[&str]>) -> QueryResult<Vec<String>> {
    let mut query =
        audit_entries::table.select(audit_entries::action).distinct().into_boxed::<MultiBackend>();
    if let Some(kinds) = subject_kinds {
        let kinds: Vec<String> = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        query = query.filter(audit_entries::subject_kind.eq_any(kinds));
    }
    query.order(audit_entries::action.asc()).load(conn)
}

/// The time of the last seal.
pub fn sealed_until(conn: &mut AnyConn) -> QueryResult<Option<NaiveDateTime>> {
    audit_seals::table.order(audit_seals::number.desc()).select(audit_seals::sealed_at).first(conn).optional()
}

/// The edits of one record, the latest first: entries of `action` that hold differences.
pub fn edits_of(
    conn: &mut AnyConn,
    subject_kind: &str,
    subject_id: &str,
    action: &str,
) -> QueryResult<Vec<AuditEntry>> {
    audit_entries::table
        .filter(audit_entries::subject_kind.eq(subject_kind))
        .filter(audit_entries::subject_id.eq(subject_id))
        .filter(audit_entries::action.eq(action))
        .order(audit_entries::at.desc())
        .select(AuditEntry::as_select())
        .load(conn)
}

/// That somebody edited a lead, and when.
#[derive(Debug, Queryable)]
pub struct Edit {
    pub lead_id: Id,
    pub id: Id,
    pub at: NaiveDateTime,
    /// Nobody, when the program itself did it.
    pub by: Option<Id>,
}

/// The edits of several leads, without what they changed.
pub fn edits_of_leads(conn: &mut AnyConn, leads: &[Id]) -> QueryResult<Vec<Edit>> {
    let ids: Vec<String> = leads.iter().map(Id::to_string).collect();
    audit_entries::table
        .filter(audit_entries::subject_kind.eq("lead"))
        .filter(audit_entries::subject_id.eq_any(ids))
        .filter(audit_entries::action.eq("lead.update"))
        .select((audit_entries::subject_id, audit_entries::id, audit_entries::at, audit_entries::actor_id))
        .load(conn)
}

/// Acts on a record that leave its version as it is.
const WITHOUT_VERSION: &[&str] = &["contact.disclose", "lead.later-claim"];

/// The entries of a record's last versions, the latest first: each version has one.
pub fn versions_since(
    conn: &mut AnyConn,
    subject_kind: &str,
    subject_id: &str,
    versions: i64,
) -> QueryResult<Vec<AuditEntry>> {
    audit_entries::table
        .filter(audit_entries::subject_kind.eq(subject_kind))
        .filter(audit_entries::subject_id.eq(subject_id))
        .filter(audit_entries::action.ne_all(WITHOUT_VERSION.to_vec()))
        .order(audit_entries::id.desc())
        .limit(versions.max(0))
        .select(AuditEntry::as_select())
        .load(conn)
}

/// How often nobody signed in did something from an address since a time: for limits that must hold across processes.
pub fn count_from(conn: &mut AnyConn, address: &str, action: &str, since: NaiveDateTime) -> QueryResult<i64> {
    audit_entries::table
        .filter(audit_entries::actor_id.is_null())
        .filter(audit_entries::action.eq(action))
        .filter(audit_entries::at.gt(since))
        .filter(audit_entries::address.eq(address))
        .count()
        .get_result(conn)
}

/// How often an actor did something since a time: for limits that must hold across processes.
pub fn count_since(conn: &mut AnyConn, actor: &Id, action: &str, since: NaiveDateTime) -> QueryResult<i64> {
    audit_entries::table
        .filter(audit_entries::actor_id.eq(actor))
        .filter(audit_entries::action.eq(action))
        .filter(audit_entries::at.gt(since))
        .count()
        .get_result(conn)
}
