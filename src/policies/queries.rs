//! All SQL of policy versions: the documents that load, extend or decompose one, and what was decided about them.

use crate::db::page::Cursor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::error::AppError;
use crate::schema::{policy_decisions, policy_documents};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};

text_enum! {
    /// What a document does.
    pub enum DocumentKind {
        Version = "version",
        Extension = "extension",
        /// 分解: what each county is to reach of the city's quota of a year.
        Decomposition = "decomposition",
    }
}

text_enum! {
    /// What the second person decided.
    pub enum DocumentDecision {
        Accepted = "accepted",
        Refused = "refused",
    }
}

/// A document as proposed.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = policy_documents)]
pub struct Document {
    pub id: Id,
    pub kind: DocumentKind,
    /// The version's code.
    pub code: String,
    /// The whole version, or the decomposition, as TOML.
    pub body: Option<String>,
    pub valid_until: Option<NaiveDate>,
    /// 文号
    pub document_number: String,
    pub document_name: String,
    /// Who proposed it, and when.
    pub by_user: Id,
    pub at: NaiveDateTime,
}

impl Document {
    /// Where it is read and decided about.
    pub fn href(&self) -> String {
        format!("/policies/documents/{}/decision", self.id)
    }
}

/// A decision as stored: one for each document.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = policy_decisions)]
pub struct Decided {
    pub id: Id,
    pub document_id: Id,
    pub decision: DocumentDecision,
    pub reason: Option<String>,
    /// `None`: it came into force before two persons were asked for.
    pub by_user: Option<Id>,
    pub at: NaiveDateTime,
}

/// The decision that was made last: with it the versions may have changed.
pub fn last(conn: &mut AnyConn) -> QueryResult<Option<Id>> {
    policy_decisions::table
        .order(policy_decisions::id.desc())
        .select(policy_decisions::id)
        .first(conn)
        .optional()
}

/// The documents in force, in the order in which they were confirmed.
pub fn in_force(conn: &mut AnyConn) -> QueryResult<Vec<Document>> {
    policy_documents::table
        .inner_join(policy_decisions::table)
        .filter(policy_decisions::decision.eq(DocumentDecision::Accepted))
        .order(policy_decisions::id.asc())
        .select(Document::as_select())
        .load(conn)
}

/// All documents with what was decided, the latest first.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<(Document, Option<Decided>)>> {
    policy_documents::table
        .left_join(policy_decisions::table)
        .order(policy_documents::id.desc())
        .select((Document::as_select(), Option::<Decided>::as_select()))
        .load(conn)
}

/// A page of them in the order of proposing: `limit + 1` rows after the cursor's.
pub fn page(
    conn: &mut AnyConn,
    descending: bool,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Vec<(Document, Option<Decided>)>> {
    let mut query = policy_documents::table.left_join(policy_decisions::table).into_boxed::<MultiBackend>();
    if let Some(cursor) = after {
        query = match descending {
            true => query.filter(policy_documents::id.lt(cursor.id.clone())),
            false => query.filter(policy_documents::id.gt(cursor.id.clone())),
        };
    }
    query = match descending {
        true => query.order(policy_documents::id.desc()),
        false => query.order(policy_documents::id.asc()),
    };
    query.limit(limit + 1).select((Document::as_select(), Option::<Decided>::as_select())).load(conn)
}

pub fn count(conn: &mut AnyConn) -> QueryResult<i64> {
    policy_documents::table.count().get_result(conn)
}

pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<(Document, Option<Decided>)>> {
    policy_documents::table
        .left_join(policy_decisions::table)
        .filter(policy_documents::id.eq(id))
        .select((Document::as_select(), Option::<Decided>::as_select()))
        .first(conn)
        .optional()
}

/// How many documents wait for the second person.
pub fn count_waiting(conn: &mut AnyConn) -> QueryResult<i64> {
    policy_documents::table
        .left_join(policy_decisions::table)
        .filter(policy_decisions::id.is_null())
        .count()
        .get_result(conn)
}

pub fn insert(conn: &mut AnyConn, document: &Document) -> QueryResult<()> {
    diesel::insert_into(policy_documents::table).values(document.clone()).execute(conn).map(drop)
}

/// # Errors
/// 409 when the document is decided about.
pub fn check_undecided(conn: &mut AnyConn, document: &Id) -> Result<(), AppError> {
    match find(conn, document)? {
        Some((_, Some(_))) => Err(AppError::Conflict("policy-decided")),
        _ => Ok(()),
    }
}

/// Keeps the decision.
///
/// # Errors
/// 409 when somebody decided before.
pub fn decide(conn: &mut AnyConn, decided: &Decided) -> Result<(), AppError> {
    match diesel::insert_into(policy_decisions::table).values(decided.clone()).execute(conn) {
        Ok(_) => Ok(()),
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
            Err(AppError::Conflict("policy-decided"))
        }
        Err(other) => Err(other.into()),
    }
}
