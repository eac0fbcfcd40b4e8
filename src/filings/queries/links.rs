//! Private links of filings, by the hash of their secret.

use crate::db::{AnyConn, Id};
use crate::schema::filing_links;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A private link as stored: never its secret.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = filing_links)]
pub struct Link {
    pub token_hash: String,
    pub filing_id: Id,
    pub by_user: Id,
    pub created_at: NaiveDateTime,
    pub expires_at: NaiveDateTime,
    pub revoked_at: Option<NaiveDateTime>,
    /// At most a minute old while it is used.
    pub last_used_at: Option<NaiveDateTime>,
}

pub fn insert_link(conn: &mut AnyConn, link: &Link) -> QueryResult<()> {
    diesel::insert_into(filing_links::table).values(link.clone()).execute(conn).map(drop)
}

/// The link that was made last of a filing.
pub fn latest_link(conn: &mut AnyConn, filing: &Id) -> QueryResult<Option<Link>> {
    filing_links::table
        .filter(filing_links::filing_id.eq(filing))
        .order((filing_links::created_at.desc(), filing_links::token_hash.desc()))
        .select(Link::as_select())
        .first(conn)
        .optional()
}

/// The filing that a link opens now; neither an expired nor a revoked one opens any.
pub fn find_live(conn: &mut AnyConn, token_hash: &str, now: NaiveDateTime) -> QueryResult<Option<Link>> {
    filing_links::table
        .find(token_hash)
        .filter(filing_links::revoked_at.is_null())
        .filter(filing_links::expires_at.gt(now))
        .select(Link::as_select())
        .first(conn)
        .optional()
}

/// Revokes what opens a filing; how many links that were.
pub fn revoke_links(conn: &mut AnyConn, filing: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    let live = filing_links::table
        .filter(filing_links::filing_id.eq(filing))
        .filter(filing_links::revoked_at.is_null())
        .filter(filing_links::expires_at.gt(now));
    diesel::update(live).set(filing_links::revoked_at.eq(now)).execute(conn)
}

/// Notes that a link was used.
pub fn touch(conn: &mut AnyConn, token_hash: &str, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(filing_links::table.find(token_hash))
        .set(filing_links::last_used_at.eq(now))
        .execute(conn)
        .map(drop)
}
