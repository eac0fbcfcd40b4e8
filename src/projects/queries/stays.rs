//! Stays in the pool that ended, of projects that came back. The latest stay of a project stands in its own row.

use crate::db::{AnyConn, Id};
use crate::projects::model::PoolStay;
use crate::schema::pool_stays;
use diesel::prelude::*;
use std::collections::HashMap;

pub fn insert_stay(conn: &mut AnyConn, stay: &PoolStay) -> QueryResult<()> {
    diesel::insert_into(pool_stays::table).values(stay.clone()).execute(conn).map(drop)
}

/// The ended stays of projects, the earliest first; none for a project that never came back. Callers have looked the
/// projects up.
pub fn stays_of(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, Vec<PoolStay>>> {
    let mut found: HashMap<Id, Vec<PoolStay>> = HashMap::new();
    for chunk in projects.chunks(500) {
        let stays = pool_stays::table
            .filter(pool_stays::project_id.eq_any(chunk.to_vec()))
            .order((pool_stays::entered_on.asc(), pool_stays::id.asc()))
            .select(PoolStay::as_select())
            .load::<PoolStay>(conn)?;
        for stay in stays {
            found.entry(stay.project_id.clone()).or_default().push(stay);
        }
    }
    Ok(found)
}
