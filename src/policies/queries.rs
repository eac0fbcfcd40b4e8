//! All SQL of policy versions: the documents that loaded or extended one.

use crate::db::{AnyConn, Id};
use crate::schema::policy_documents;
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// What a document does.
    pub enum DocumentKind {
        Version = "version",
        Extension = "extension",
    }
}

/// A document as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = policy_documents)]
pub struct Document {
    pub id: Id,
    pub kind: DocumentKind,
    /// The version's code.
    pub code: String,
    /// The whole version as TOML.
    pub body: Option<String>,
    pub valid_until: Option<NaiveDate>,
    pub document_number: String,
    pub document_name: String,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// The document that was added last.
pub fn last(conn: &mut AnyConn) -> QueryResult<Option<Id>> {
    policy_documents::table
        .order(policy_documents::id.desc())
        .select(policy_documents::id)
        .first(conn)
        .optional()
}

/// All documents, in the order in which they were added.
pub fn all(conn: &mut AnyConn) -> QueryResult<Vec<Document>> {
    policy_documents::table.order(policy_documents::id.asc()).select(Document::as_select()).load(conn)
}

pub fn insert(conn: &mut AnyConn, document: Document) -> QueryResult<()> {
    diesel::insert_into(policy_documents::table).values(document).execute(conn).map(drop)
}
