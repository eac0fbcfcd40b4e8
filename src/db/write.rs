//! One transaction per write.

use crate::db::AnyConn;
use diesel::connection::{AnsiTransactionManager, TransactionManager};

/// Runs `work` in a transaction: all of it is written, or nothing.
///
/// SQLite takes the write lock at the start (`BEGIN IMMEDIATE`): a transaction that reads first and
/// takes the lock later fails with "database is locked" instead of waiting.
pub fn write_tx<T, E, F>(conn: &mut AnyConn, work: F) -> Result<T, E>
where
    F: FnOnce(&mut AnyConn) -> Result<T, E>,
    E: From<diesel::result::Error>,
{
    match conn {
        AnyConn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        AnyConn::Pg(c) => AnsiTransactionManager::begin_transaction(c)?,
    }
    match work(conn) {
        Ok(value) => {
            <AnyConn as TransactionManager<AnyConn>>::commit_transaction(conn)?;
            Ok(value)
        }
        Err(error) => {
            if let Err(rollback) = <AnyConn as TransactionManager<AnyConn>>::rollback_transaction(conn) {
                tracing::error!(%rollback, "a transaction could not be rolled back");
            }
            Err(error)
        }
    }
}
