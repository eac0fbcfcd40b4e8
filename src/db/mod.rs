//! The database: one connection type for SQLite and PostgreSQL, one transaction per write.
//!
//! Nothing here knows of HTTP. What differs between the two databases stands in this folder and in
//! `migrations/sqlite` and `migrations/postgres`, and nowhere else.

pub mod dialect;
pub mod flags;
pub mod migrations;
pub mod page;
mod pool;
pub mod reach;
mod remembered;
pub mod series;
pub mod types;
mod write;

pub use pool::{Database, DatabaseUrl, OpenError};
pub use remembered::Remembered;
pub use types::{Id, Json};
pub use write::write_tx;

/// A connection to either database; all queries are written once, against this type.
#[derive(diesel::MultiConnection)]
pub enum AnyConn {
    Pg(diesel::PgConnection),
    Sqlite(diesel::SqliteConnection),
}
