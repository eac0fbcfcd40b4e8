//! Which records exist for an asker: those of the lists that his pages show.

use super::SearchKind;
use crate::accounts::{Actor, Role};
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::schema::{chambers, leads, projects, referrers};
use crate::search::Among;
use crate::{audit, chambers as chamber_lists, leads as lead_lists, projects as pool, referrers as payees};
use diesel::prelude::*;

/// The ids of the records that exist for the actor; `None` when all of every kind that he reads do. Remembered for ten
/// seconds at most, until somebody acts: a hit's row is read again in scope before it is shown.
pub fn visible(conn: &mut AnyConn, app: &App, actor: &Actor) -> QueryResult<Option<Among>> {
    if matches!(actor.role, Role::BureauHead | Role::BureauOfficer | Role::LeadingGroup | Role::Auditor) {
        return Ok(None);
    }
    let state = audit::queries::state(conn)?;
    app.visible_records
        .of(state, actor.user_id.to_string(), || of_actor(conn, actor).map(Among::new))
        .map(Some)
}

fn of_actor(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<String>> {
    let mut ids: Vec<Id> = Vec::new();
    if SearchKind::Project.is_read_by(actor.role) {
        ids.extend(pool::queries::visible_to(actor).select(projects::id).load::<Id>(conn)?);
    }
    if SearchKind::Company.is_read_by(actor.role) {
        ids.extend(companies(conn, actor)?);
    }
    if SearchKind::Referrer.is_read_by(actor.role) {
        ids.extend(payees::queries::visible_to(conn, actor)?.select(referrers::id).load::<Id>(conn)?);
    }
    if SearchKind::Chamber.is_read_by(actor.role) {
        ids.extend(chamber_lists::queries::visible_to(actor).select(chambers::id).load::<Id>(conn)?);
    }
    Ok(ids.into_iter().map(|id| id.to_string()).collect())
}

/// The companies of the leads that exist for the actor.
fn companies(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<Id>> {
    lead_lists::queries::visible_to(actor).select(leads::company_id).distinct().load(conn)
}

/// Those of these companies that exist for the actor.
pub fn visible_companies(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<Vec<Id>> {
    lead_lists::queries::visible_to(actor)
        .filter(leads::company_id.eq_any(ids.to_vec()))
        .select(leads::company_id)
        .distinct()
        .load(conn)
}
