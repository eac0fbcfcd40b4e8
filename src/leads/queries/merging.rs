//! Leads that were merged, and what they were merged into.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::leads::model::Lead;
use crate::schema::leads;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// The leads that were merged into this one, which the actor sees; those that came by way of another, too.
/// The first registered first.
pub fn merged_into(conn: &mut AnyConn, lead: &Id) -> QueryResult<Vec<Lead>> {
    let of_one = leads::table.filter(leads::merged_into.eq(lead)).filter(leads::deleted_at.is_null());
    // Every page of a lead asks this and nearly none finds any: of one lead it is planned once and kept.
    let mut rows: Vec<Lead> = of_one.select(Lead::as_select()).load(conn)?;
    let mut found = Vec::new();
    while !rows.is_empty() {
        let above: Vec<Id> = rows.iter().map(|lead| lead.id.clone()).collect();
        found.extend(rows);
        rows = leads::table
            .filter(leads::merged_into.eq_any(above))
            .filter(leads::deleted_at.is_null())
            .select(Lead::as_select())
            .load(conn)?;
    }
    found.sort_by(|a, b| {
        (a.registered_on, a.received_at, &a.id).cmp(&(b.registered_on, b.received_at, &b.id))
    });
    Ok(found)
}

/// Leads with those that were merged into them: each is told by the one that stayed.
#[derive(Debug, Clone, Default)]
pub struct Families {
    /// By each lead of a family, the one that stayed too.
    stayed: HashMap<Id, Id>,
}

impl Families {
    /// The lead that this one is read with: itself, unless it was merged.
    pub fn stayed<'a>(&'a self, lead: &'a Id) -> &'a Id {
        self.stayed.get(lead).unwrap_or(lead)
    }

    /// All leads of all families.
    pub fn leads(&self) -> impl Iterator<Item = &Id> {
        self.stayed.keys()
    }

    /// Those that stayed, each once.
    pub fn staying(&self) -> HashSet<&Id> {
        self.stayed.values().collect()
    }
}

/// The families of these leads, whoever asks: a question a step of the longest chain, however many leads there are.
pub fn families(conn: &mut AnyConn, of: &[Id]) -> QueryResult<Families> {
    let mut into: HashMap<Id, Id> = HashMap::new();
    let mut asked = of.to_vec();
    while !asked.is_empty() {
        let rows: Vec<(Id, Option<Id>)> = leads::table
            .filter(leads::id.eq_any(asked))
            .filter(leads::merged_into.is_not_null())
            .filter(leads::deleted_at.is_null())
            .select((leads::id, leads::merged_into))
            .load(conn)?;
        asked =
            rows.iter().filter_map(|(_, above)| above.clone()).filter(|id| !into.contains_key(id)).collect();
        into.extend(rows.into_iter().filter_map(|(id, above)| Some((id, above?))));
    }
    let mut families = Families::default();
    let mut above = Vec::new();
    for lead in of {
        let mut stayed = lead;
        while let Some(next) = into.get(stayed) {
            stayed = next;
        }
        if families.stayed.insert(stayed.clone(), stayed.clone()).is_none() {
            above.push(stayed.clone());
        }
    }
    while !above.is_empty() {
        let rows: Vec<(Id, Option<Id>)> = leads::table
            .filter(leads::merged_into.eq_any(std::mem::take(&mut above)))
            .filter(leads::deleted_at.is_null())
            .select((leads::id, leads::merged_into))
            .load(conn)?;
        for (lead, into) in rows {
            let stayed = into.and_then(|into| families.stayed.get(&into).cloned());
            let Some(stayed) = stayed else { continue };
            families.stayed.insert(lead.clone(), stayed);
            above.push(lead);
        }
    }
    Ok(families)
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
