//! Which of several processes writes the index. Where an engine lets in more than one, the one that holds the lease
//! reads rows, sends documents and rebuilds; an older row so never comes after a newer one. The others serve, and
//! take over when it ends or dies.

use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::db::dialect::Both;
use crate::error::AppError;
use crate::schema::flags;
use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

const NAME: &str = "search.writer";
/// A process that has not said for so long that it lives has lost the lease.
const HOLDS: Duration = Duration::seconds(60);
/// While less than this is gone, nothing needs to be said.
const FRESH: Duration = Duration::seconds(15);

/// Whether this process may write now: takes the lease where nobody has it, and keeps it.
pub fn hold(app: &App) -> Result<bool, AppError> {
    let Some(writer) = app.search.writer() else { return Ok(true) };
    let now = clock::now();
    match app.db.read(|conn| Ok::<_, AppError>(held(conn)?))? {
        Some((holder, at)) if holder == writer && at > now - FRESH => Ok(true),
        Some((holder, at)) if holder != writer && at > now - HOLDS => Ok(false),
        _ => app.db.write(|conn| Ok::<_, AppError>(take(conn, writer, now)?)),
    }
}

/// Whether another process holds it.
pub fn is_anothers(conn: &mut AnyConn, writer: &str, now: NaiveDateTime) -> QueryResult<bool> {
    Ok(held(conn)?.is_some_and(|(holder, at)| holder != writer && at > now - HOLDS))
}

/// Gives it up, so that the next need not wait.
pub fn release(app: &App) -> Result<(), AppError> {
    let Some(writer) = app.search.writer() else { return Ok(()) };
    app.db.write(|conn| {
        let own = flags::table.filter(flags::name.eq(NAME)).filter(flags::value.eq(writer));
        Ok::<_, AppError>(diesel::delete(own).execute(conn).map(drop)?)
    })
}

fn held(conn: &mut AnyConn) -> QueryResult<Option<(String, NaiveDateTime)>> {
    flags::table.find(NAME).select((flags::value, flags::updated_at)).first(conn).optional()
}

/// Of several that try at once one succeeds: the row is there once, and its holder stands in the condition.
fn take(conn: &mut AnyConn, writer: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let free = flags::value.eq(writer.to_owned()).or(flags::updated_at.le(now - HOLDS));
    let of_name = flags::table.filter(flags::name.eq(NAME)).filter(free);
    let set = (flags::value.eq(writer), flags::updated_at.eq(now));
    if diesel::update(of_name).set(set).execute(conn)? == 1 {
        return Ok(true);
    }
    let row = (flags::name.eq(NAME), flags::value.eq(writer), flags::updated_at.eq(now));
    let added = Both(diesel::insert_into(flags::table).values(row).on_conflict_do_nothing()).execute(conn)?;
    Ok(added == 1)
}
