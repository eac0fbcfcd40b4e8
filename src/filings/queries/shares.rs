//! How projects' awards are shared.

use crate::db::{AnyConn, Id};
use crate::filings::model::Share;
use crate::schema::referral_shares;
use diesel::prelude::*;

/// The shares of a project, in the order of filing.
pub fn shares_of(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<Share>> {
    referral_shares::table
        .filter(referral_shares::project_id.eq(project))
        .order(referral_shares::position.asc())
        .select(Share::as_select())
        .load(conn)
}

/// Whether a referrer has a share of a project.
pub fn has_share(conn: &mut AnyConn, project: &Id, referrer: &Id) -> QueryResult<bool> {
    let share = referral_shares::table.find((project, referrer)).select(referral_shares::position);
    diesel::select(diesel::dsl::exists(share)).get_result(conn)
}

/// Puts these shares in place of what was there. Callers hold the project's version.
pub fn put_shares(conn: &mut AnyConn, project: &Id, shares: &[Share]) -> QueryResult<()> {
    diesel::delete(referral_shares::table.filter(referral_shares::project_id.eq(project))).execute(conn)?;
    for share in shares {
        diesel::insert_into(referral_shares::table).values(share.clone()).execute(conn)?;
    }
    Ok(())
}
