//! The lead of his own chamber among those that a liaison's investor has already: nobody claims against himself.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id};
use crate::duplicates::Duplicate;
use crate::leads;
use crate::leads::model::{DuplicateReason, Status};
use diesel::QueryResult;

/// The lead that a liaison would report once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLead {
    pub id: Id,
    pub code: String,
    pub reason: DuplicateReason,
}

/// The first registered of these that a liaison sees and that is not closed: of one that is, he asks the bureau anew.
pub fn own_lead(conn: &mut AnyConn, actor: &Actor, found: &[Duplicate]) -> QueryResult<Option<OwnLead>> {
    if actor.role != Role::ChamberLiaison {
        return Ok(None);
    }
    let mut seen: Vec<_> =
        found.iter().filter_map(|one| Some((one.since, one.lead_id.clone()?, one.reason))).collect();
    seen.sort();
    for (_, id, reason) in seen {
        let Some(known) = leads::queries::find(conn, actor, &id)? else { continue };
        if known.lead.status != Status::Closed {
            return Ok(Some(OwnLead { id, code: known.lead.code, reason }));
        }
    }
    Ok(None)
}
