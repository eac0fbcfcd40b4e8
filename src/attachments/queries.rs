//! All SQL of attachments.

use crate::db::{AnyConn, Id};
use crate::schema::{attachments, milestones};
use diesel::prelude::*;

/// Of these papers, those of the project or of one of its milestones.
pub fn ids_of_project(conn: &mut AnyConn, project: &Id, papers: &[Id]) -> QueryResult<Vec<Id>> {
    let of_milestones = milestones::table.filter(milestones::project_id.eq(project)).select(milestones::id);
    attachments::table
        .filter(attachments::id.eq_any(papers.to_vec()))
        .filter(attachments::deleted_at.is_null())
        .filter(
            attachments::owner_kind
                .eq("project")
                .and(attachments::owner_id.eq(project))
                .or(attachments::owner_kind.eq("milestone").and(attachments::owner_id.eq_any(of_milestones))),
        )
        .select(attachments::id)
        .load(conn)
}
