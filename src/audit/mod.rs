//! The trail (审计): who did what, with field differences. Append-only, written in the transaction of
//! what it tells of; a worker seals committed entries in batches, each seal chained to the last, and
//! another goes through the seals over and over (`verification`).

mod differences;
pub mod handlers;
pub mod operations;
pub mod pages;
pub mod queries;
pub mod seal;
pub mod shown;
pub mod verification;
pub mod view;
mod words;

pub use differences::Differences;

use crate::accounts::Actor;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::schema::audit_entries;
use diesel::prelude::*;

/// What is to be told of an act.
#[derive(Debug, Default)]
pub struct Act<'a> {
    /// A noun and a verb, such as `lead.create`; names the message `act-lead-create`.
    pub action: &'static str,
    pub subject_kind: &'static str,
    pub subject_id: &'a str,
    pub differences: Differences,
    pub reason: Option<&'a str>,
}

/// Who did it.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The actor of a request.
    Actor(&'a Actor),
    /// Nobody signed in: the program itself or the command line, by this name, from this address.
    Program(&'a str, Option<&'a str>),
}

/// Adds an entry for whoever did it.
pub fn record_by(conn: &mut AnyConn, by: By<'_>, act: Act<'_>) -> QueryResult<()> {
    match by {
        By::Actor(actor) => record(conn, actor, act),
        By::Program(name, address) => record_unsigned(conn, name, address, act),
    }
}

/// Adds an entry for the actor of a request.
pub fn record(conn: &mut AnyConn, actor: &Actor, act: Act<'_>) -> QueryResult<()> {
    insert(
        conn,
        Some(actor.user_id.as_str()),
        &actor.display_name,
        Some(&actor.address),
        Some(&actor.request_id),
        act,
    )
}

/// Adds an entry for what nobody signed in did: the program itself, the command line, a failed sign-in.
pub fn record_unsigned(
    conn: &mut AnyConn,
    name: &str,
    address: Option<&str>,
    act: Act<'_>,
) -> QueryResult<()> {
    insert(conn, None, name, address, None, act)
}

fn insert(
    conn: &mut AnyConn,
    actor_id: Option<&str>,
    actor_name: &str,
    address: Option<&str>,
    request_id: Option<&str>,
    act: Act<'_>,
) -> QueryResult<()> {
    let entry = (
        audit_entries::id.eq(Id::generate()),
        audit_entries::at.eq(clock::now()),
        audit_entries::actor_id.eq(actor_id),
        audit_entries::actor_name.eq(actor_name),
        audit_entries::action.eq(act.action),
        audit_entries::subject_kind.eq(act.subject_kind),
        audit_entries::subject_id.eq(act.subject_id),
        audit_entries::differences.eq(act.differences.to_json()),
        audit_entries::reason.eq(act.reason),
        audit_entries::address.eq(address),
        audit_entries::request_id.eq(request_id),
    );
    execute!(conn, diesel::insert_into(audit_entries::table).values(entry)).map(drop)
}
