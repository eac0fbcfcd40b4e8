//! Statements that both databases have, but that diesel's common dialect leaves out.

use crate::db::{AnyConn, MultiBackend};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sqlite::Sqlite;

/// Runs a statement that is valid for each database by itself (upserts, UNION) on either.
#[derive(Debug, Clone, Copy)]
pub struct Both<T>(pub T);

impl<T> QueryId for Both<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> QueryFragment<MultiBackend> for Both<T>
where
    T: QueryFragment<Pg> + QueryFragment<Sqlite>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        MultiBackend::walk_variant_ast(&self.0, pass)
    }
}

impl<T: Query> Query for Both<T> {
    type SqlType = T::SqlType;
}

impl<T> RunQueryDsl<AnyConn> for Both<T> {}

/// Executes one statement on either database by its own connection: there its text is known by its type and need
/// not be put together again. For what is written by the thousand (imports); both databases must take the statement.
#[macro_export]
macro_rules! execute {
    ($conn:expr, $statement:expr) => {
        match $conn {
            $crate::db::AnyConn::Pg(conn) => diesel::RunQueryDsl::execute($statement, conn),
            $crate::db::AnyConn::Sqlite(conn) => diesel::RunQueryDsl::execute($statement, conn),
        }
    };
}

#[declare_sql_function]
extern "SQL" {
    /// Lower case for comparing: ASCII only on SQLite, so both sides go through it.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Waits until no other transaction does what goes by this name, and keeps others waiting until this one ends: for what is
/// decided by rows that others are about to write. On SQLite there is one writer anyway.
pub fn one_at_a_time(conn: &mut AnyConn, name: &str) -> QueryResult<()> {
    let AnyConn::Pg(conn) = conn else { return Ok(()) };
    let lock = diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    lock.bind::<diesel::sql_types::Text, _>(name).execute(conn).map(drop)
}

/// The pattern of `LIKE … ESCAPE '\'` that finds `text` anywhere.
pub fn contains_pattern(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{}%", escaped.to_lowercase())
}
