//! The project that a lead became, and what it forbids of the lead.

use crate::accounts::Actor;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::model::Lead;
use crate::leads::pages::Link;
use crate::projects;
use crate::projects::model::Project;

/// The project that the lead became, with an href for those who see it.
pub fn link(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<Option<Link>, AppError> {
    match projects::queries::find_of_lead(conn, &lead.id)? {
        Some(project) => Ok(Some(link_to(conn, actor, &project)?)),
        None => Ok(None),
    }
}

/// The same while the project stands in the pool: then the lead is not closed.
pub fn link_in_pool(conn: &mut AnyConn, actor: &Actor, lead: &Lead) -> Result<Option<Link>, AppError> {
    match projects::queries::find_of_lead(conn, &lead.id)?.filter(Project::is_in_pool) {
        Some(project) => Ok(Some(link_to(conn, actor, &project)?)),
        None => Ok(None),
    }
}

fn link_to(conn: &mut AnyConn, actor: &Actor, project: &Project) -> Result<Link, AppError> {
    let seen =
        projects::policy::reads(actor.role) && projects::queries::find(conn, actor, &project.id)?.is_some();
    let href = if seen { format!("/projects/{}", project.id) } else { String::new() };
    Ok(Link { href, label: project.code.clone() })
}

/// A lead whose project stands in the pool is not closed: the project is withdrawn first.
///
/// # Errors
/// 409 that names the project.
pub fn check_closable(conn: &mut AnyConn, lead: &Lead) -> Result<(), AppError> {
    match projects::queries::find_of_lead(conn, &lead.id)?.filter(Project::is_in_pool) {
        Some(project) => Err(refused("lead-in-pool", project)),
        None => Ok(()),
    }
}

/// A lead that became a project is not deleted: filings and source of the project stand with it.
///
/// # Errors
/// 409 that names the project.
pub fn check_deletable(conn: &mut AnyConn, lead: &Lead) -> Result<(), AppError> {
    match projects::queries::find_of_lead(conn, &lead.id)? {
        Some(project) => Err(refused("lead-is-project", project)),
        None => Ok(()),
    }
}

fn refused(code: &'static str, project: Project) -> AppError {
    let mut errors = FieldErrors::default();
    errors.add_with("project", code, vec![("project", project.code)]);
    AppError::ConflictFields(errors)
}
