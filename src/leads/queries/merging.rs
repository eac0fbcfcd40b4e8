//! Leads that were merged, and what they were merged into.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::leads::model::Lead;
use crate::schema::leads;
use diesel::prelude::*;
use std::collections::HashMap;

/// The leads that were merged into this one, which the actor sees; those that came by way of another, too.
/// The first registered first.
pub fn merged_into(conn: &mut AnyConn, lead: &Id) -> QueryResult<Vec<Lead>> {
    let (mut found, mut above) = (Vec::new(), vec![lead.clone()]);
    while !above.is_empty() {
        let rows: Vec<Lead> = leads::table
            .filter(leads::merged_into.eq_any(above))
            .filter(leads::deleted_at.is_null())
            .select(Lead::as_select())
            .load(conn)?;
        above = rows.iter().map(|lead| lead.id.clone()).collect();
        found.extend(rows);
    }
    found.sort_by(|a, b| {
        (a.registered_on, a.received_at, &a.id).cmp(&(b.registered_on, b.received_at, &b.id))
    });
    Ok(found)
}

/// A lead that was merged into another, whoever asks: its papers and follow-ups are read with the one that stayed.
pub fn find_merged(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Lead>> {
    leads::table
        .find(id)
        .filter(leads::merged_into.is_not_null())
        .filter(leads::deleted_at.is_null())
        .select(Lead::as_select())
        .first(conn)
        .optional()
}

/// The codes of leads, and whether the actor sees them.
pub fn codes_of(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashMap<Id, (String, bool)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let visible: Vec<Id> =
        visible_to(actor).filter(leads::id.eq_any(ids.to_vec())).select(leads::id).load(conn)?;
    let codes: Vec<(Id, String)> =
        leads::table.filter(leads::id.eq_any(ids.to_vec())).select((leads::id, leads::code)).load(conn)?;
    Ok(codes.into_iter().map(|(id, code)| (id.clone(), (code, visible.contains(&id)))).collect())
}
