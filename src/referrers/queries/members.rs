//! The members of teams.

use crate::db::{AnyConn, Id};
use crate::referrers::model::Member;
use crate::schema::referrer_members;
use diesel::prelude::*;

/// The members of several teams, those who left too, in the order in which they were added.
pub fn members_of(conn: &mut AnyConn, referrers: &[Id]) -> QueryResult<Vec<Member>> {
    referrer_members::table
        .filter(referrer_members::referrer_id.eq_any(referrers.to_vec()))
        .order(referrer_members::id.asc())
        .select(Member::as_select())
        .load(conn)
}

/// A member of this team.
pub fn find_member(conn: &mut AnyConn, referrer: &Id, id: &Id) -> QueryResult<Option<Member>> {
    referrer_members::table
        .find(id)
        .filter(referrer_members::referrer_id.eq(referrer))
        .select(Member::as_select())
        .first(conn)
        .optional()
}

pub fn insert_member(conn: &mut AnyConn, member: &Member) -> QueryResult<()> {
    diesel::insert_into(referrer_members::table).values(member.clone()).execute(conn).map(drop)
}

/// Writes the member over its row. Callers hold the team's version, so that nobody's entry is lost.
pub fn update_member(conn: &mut AnyConn, member: &Member) -> QueryResult<()> {
    diesel::update(referrer_members::table.find(&member.id)).set(member.clone()).execute(conn).map(drop)
}
