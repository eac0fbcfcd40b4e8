//! The bureau's weights. Each change is a row of its own.

use crate::chambers::evidence::model::Weighed;
use crate::db::AnyConn;
use crate::schema::chamber_weights;
use diesel::prelude::*;

/// Those that hold, if the bureau gave any.
pub fn weights(conn: &mut AnyConn) -> QueryResult<Option<Weighed>> {
    chamber_weights::table
        .order(chamber_weights::id.desc())
        .select(Weighed::as_select())
        .first(conn)
        .optional()
}

/// Their version: it goes up with every change, from 1 while the bureau gave none.
pub fn version(conn: &mut AnyConn) -> QueryResult<i64> {
    let changes: i64 = chamber_weights::table.count().get_result(conn)?;
    Ok(changes + 1)
}

pub fn insert_weights(conn: &mut AnyConn, weighed: &Weighed) -> QueryResult<()> {
    diesel::insert_into(chamber_weights::table).values(weighed.clone()).execute(conn).map(drop)
}
