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
    if sees_all(actor.role) {
        return Ok(None);
    }
    let state = audit::queries::state(conn)?;
    app.visible_records
        .of(state, actor.user_id.to_string(), || of_actor(conn, actor).map(Among::new))
        .map(Some)
}

/// Roles for which every record exists of the kinds that they read.
fn sees_all(role: Role) -> bool {
    matches!(role, Role::BureauHead | Role::BureauOfficer | Role::LeadingGroup | Role::Auditor)
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

/// The companies of the leads and projects that exist for the actor.
fn companies(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<Id>> {
    let mut ids: Vec<Id> =
        lead_lists::queries::visible_to(actor).select(leads::company_id).distinct().load(conn)?;
    if SearchKind::Project.is_read_by(actor.role) {
        let of_projects = pool::queries::visible_to(actor).select(projects::company_id).distinct();
        ids.extend(of_projects.load::<Id>(conn)?);
    }
    Ok(ids)
}

/// Those of these companies that exist for the actor.
pub fn visible_companies(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> QueryResult<Vec<Id>> {
    if sees_all(actor.role) {
        return Ok(ids);
    }
    let mut visible: Vec<Id> = lead_lists::queries::visible_to(actor)
        .filter(leads::company_id.eq_any(ids.clone()))
        .select(leads::company_id)
        .load(conn)?;
    if SearchKind::Project.is_read_by(actor.role) {
        let of_projects = pool::queries::visible_to(actor).filter(projects::company_id.eq_any(ids));
        visible.extend(of_projects.select(projects::company_id).load::<Id>(conn)?);
    }
    Ok(visible)
}
