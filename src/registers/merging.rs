//! Merging one record of a register into another: what the leads and projects it brought are told.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::jobs::outbox::{self, Topic};
use serde::Deserialize;
use utoipa::ToSchema;

/// `POST …/merger {into}`: the record that stays, by id or code.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    pub into: String,
}

impl Merger {
    /// From what a page's list of names gives, `SH-0007 …`, or a code or id alone.
    pub fn from_choice(text: &str) -> Self {
        Merger { into: text.split_whitespace().next().unwrap_or_default().to_owned() }
    }
}

/// A lead or project whose source moved.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Moved {
    pub id: Id,
    pub county: String,
}

/// The trail and the index of leads whose source moved. `field` is the source's name in a lead's history.
pub fn tell_leads(
    conn: &mut AnyConn,
    actor: &Actor,
    leads: &[Moved],
    field: &str,
    from: &Id,
    to: &Id,
) -> Result<(), AppError> {
    for lead in leads {
        let act = Act {
            action: "lead.update",
            subject_kind: "lead",
            subject_id: lead.id.as_str(),
            differences: Differences::default().field(field, from, to),
            reason: None,
        };
        audit::record(conn, actor, act)?;
        outbox::enqueue(conn, Topic::LeadIndex, &lead.id)?;
    }
    Ok(())
}

/// The trail of projects whose source moved.
pub fn tell_projects(
    conn: &mut AnyConn,
    actor: &Actor,
    projects: &[Moved],
    field: &str,
    from: &Id,
    to: &Id,
) -> Result<(), AppError> {
    for project in projects {
        let act = Act {
            action: "project.update",
            subject_kind: "project",
            subject_id: project.id.as_str(),
            differences: Differences::default().field(field, from, to),
            reason: None,
        };
        audit::record(conn, actor, act)?;
    }
    Ok(())
}

/// A record that something began to name while it was being deleted is in use.
pub fn in_use(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::ForeignKeyViolation, Error::DatabaseError};
    match error {
        DatabaseError(ForeignKeyViolation, _) => AppError::Conflict("source-in-use"),
        other => other.into(),
    }
}
