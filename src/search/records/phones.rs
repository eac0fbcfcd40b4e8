//! Chambers and referrers by a phone number: whole, by its keyed hash, for who may have it shown.

use super::SearchKind;
use crate::accounts::Actor;
use crate::app::App;
use crate::chambers::Chamber;
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::policy::{may_keep, may_keep_entry};
use crate::db::{AnyConn, Id};
use crate::referrers::Referrer;
use crate::schema::{chamber_entries, chambers, referrers};
use crate::search::Among;
use crate::{chambers as chamber_lists, referrers as payees};
use diesel::prelude::*;
use std::collections::HashSet;

/// The records that have all of these numbers.
pub fn having_all(conn: &mut AnyConn, app: &App, actor: &Actor, hashes: &[String]) -> QueryResult<Among> {
    let mut all: Option<HashSet<Id>> = None;
    for hash in hashes {
        let having = having(conn, app, actor, hash)?;
        all = Some(match all {
            None => having,
            Some(all) => all.intersection(&having).cloned().collect(),
        });
    }
    Ok(Among::new(all.into_iter().flatten().map(|id| id.to_string()).collect()))
}

/// The records that have this number: of chambers also those of their entries. Who may not have a number shown finds
/// nothing by it, as a search must not confirm what a page masks.
pub fn having(conn: &mut AnyConn, app: &App, actor: &Actor, hash: &str) -> QueryResult<HashSet<Id>> {
    let mut found = HashSet::new();
    if SearchKind::Referrer.is_read_by(actor.role) {
        let rows: Vec<Referrer> = payees::queries::visible_to(conn, actor)?
            .filter(referrers::phone_hash.eq(hash))
            .select(Referrer::as_select())
            .load(conn)?;
        let shown = rows.into_iter().filter(|row| payees::policy::may_keep(actor, row.region.as_deref()));
        found.extend(shown.map(|row| row.id));
    }
    if SearchKind::Chamber.is_read_by(actor.role) {
        let own: Vec<Chamber> = chamber_lists::queries::visible_to(actor)
            .filter(chambers::phone_hash.eq(hash))
            .select(Chamber::as_select())
            .load(conn)?;
        let shown = own.into_iter().filter(|row| may_keep(actor, &app.reference, row.region.as_deref()));
        found.extend(shown.map(|row| row.id));
        let entries: Vec<(Id, ChamberEntryKind)> = chamber_entries::table
            .filter(chamber_entries::phone_hash.eq(hash))
            .select((chamber_entries::chamber_id, chamber_entries::kind))
            .load(conn)?;
        let ids: Vec<Id> = entries.iter().map(|(chamber, _)| chamber.clone()).collect();
        let of_entries: Vec<Chamber> = chamber_lists::queries::visible_to(actor)
            .filter(chambers::id.eq_any(ids))
            .select(Chamber::as_select())
            .load(conn)?;
        let is_shown = |row: &Chamber| {
            let mut kinds = entries.iter().filter(|(chamber, _)| *chamber == row.id).map(|(_, kind)| *kind);
            kinds.any(|kind| may_keep_entry(actor, &app.reference, row, kind))
        };
        found.extend(of_entries.into_iter().filter(is_shown).map(|row| row.id));
    }
    Ok(found)
}
