//! How far building an index anew has come, so that whoever takes over after a stop or a kill goes on there.

use crate::clock;
use crate::db::AnyConn;
use crate::db::dialect::Both;
use crate::jobs::outbox::Topic;
use crate::schema::flags;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// A rebuild that is wanted or under way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// The new index, by the engine's name for it; empty while nobody began.
    pub index: String,
    /// What is in it for good: everything up to here, in the order in which it is read.
    pub after: String,
    /// So many documents.
    pub done: u64,
}

/// The rebuild of this topic's index that waits to be begun or gone on with.
pub fn of(conn: &mut AnyConn, topic: Topic) -> QueryResult<Option<Unfinished>> {
    let told: Option<String> = flags::table.find(name(topic)).select(flags::value).first(conn).optional()?;
    // What cannot be read is begun anew.
    Ok(told.map(|told| serde_json::from_str(&told).unwrap_or_default()))
}

/// Remembers how far it has come.
pub fn put(conn: &mut AnyConn, topic: Topic, unfinished: &Unfinished) -> QueryResult<()> {
    let told = serde_json::json!(unfinished).to_string();
    let now = clock::now();
    Both(
        diesel::insert_into(flags::table)
            .values((flags::name.eq(name(topic)), flags::value.eq(&told), flags::updated_at.eq(now)))
            .on_conflict(flags::name)
            .do_update()
            .set((flags::value.eq(&told), flags::updated_at.eq(now))),
    )
    .execute(conn)
    .map(drop)
}

/// It is finished.
pub fn clear(conn: &mut AnyConn, topic: Topic) -> QueryResult<()> {
    diesel::delete(flags::table.find(name(topic))).execute(conn).map(drop)
}

fn name(topic: Topic) -> String {
    format!("search.rebuild.{topic}")
}
