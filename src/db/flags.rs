//! What the program remembers of itself from one run to the next: a value under a name.

use crate::clock;
use crate::db::AnyConn;
use crate::db::dialect::Both;
use crate::schema::flags;
use diesel::prelude::*;

pub fn get(conn: &mut AnyConn, name: &str) -> QueryResult<Option<String>> {
    flags::table.find(name.to_owned()).select(flags::value).first(conn).optional()
}

/// Keeps a value in place of what stood under the name.
pub fn put(conn: &mut AnyConn, name: &str, value: &str) -> QueryResult<()> {
    let now = clock::now();
    Both(
        diesel::insert_into(flags::table)
            .values((flags::name.eq(name), flags::value.eq(value), flags::updated_at.eq(now)))
            .on_conflict(flags::name)
            .do_update()
            .set((flags::value.eq(value), flags::updated_at.eq(now))),
    )
    .execute(conn)
    .map(drop)
}
