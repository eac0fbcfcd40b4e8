//! Bringing a database to the present schema: the portable set first, then what differs.

use crate::db::{AnyConn, write_tx};
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

/// Statements that both databases take as they are.
pub const PORTABLE: EmbeddedMigrations = embed_migrations!("migrations/portable");
/// Triggers, which the two write differently; the same names stand in both sets.
pub const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
pub const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Any number that nothing else locks by.
const LOCK: &str = "SELECT pg_advisory_xact_lock(20261123)";

/// Applies what is missing, all of it or nothing, and returns the names of what was applied. Of two processes that
/// start at the same time, the second waits for the first and finds nothing left to do.
pub fn migrate(conn: &mut AnyConn) -> Result<Vec<String>, Failure> {
    write_tx(conn, |conn| {
        if let AnyConn::Pg(pg) = conn {
            pg.batch_execute(LOCK)?;
        }
        let mut applied = versions(conn.run_pending_migrations(PORTABLE)?);
        applied.extend(match conn {
            AnyConn::Sqlite(c) => versions(c.run_pending_migrations(SQLITE)?),
            AnyConn::Pg(c) => versions(c.run_pending_migrations(POSTGRES)?),
        });
        Ok(applied)
    })
}

/// Whether nothing is left to apply.
pub fn is_current(conn: &mut AnyConn) -> Result<bool, Failure> {
    let portable = conn.has_pending_migration(PORTABLE)?;
    let own = match conn {
        AnyConn::Sqlite(c) => c.has_pending_migration(SQLITE)?,
        AnyConn::Pg(c) => c.has_pending_migration(POSTGRES)?,
    };
    Ok(!portable && !own)
}

fn versions(applied: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    applied.iter().map(ToString::to_string).collect()
}
