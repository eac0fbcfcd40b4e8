//! How far building an index anew has come, so that whoever takes over after a stop or a kill goes on there.

use crate::db::{AnyConn, flags};
use crate::jobs::outbox::Topic;
use crate::schema;
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
    // What cannot be read is begun anew.
    Ok(flags::get(conn, &name(topic))?.map(|told| serde_json::from_str(&told).unwrap_or_default()))
}

/// Remembers how far it has come.
pub fn put(conn: &mut AnyConn, topic: Topic, unfinished: &Unfinished) -> QueryResult<()> {
    flags::put(conn, &name(topic), &serde_json::json!(unfinished).to_string())
}

/// It is finished.
pub fn clear(conn: &mut AnyConn, topic: Topic) -> QueryResult<()> {
    diesel::delete(schema::flags::table.find(name(topic))).execute(conn).map(drop)
}

fn name(topic: Topic) -> String {
    format!("search.rebuild.{topic}")
}
