//! A paper as the API shows it.

use super::model::{Attachment, AttachmentKind, OwnerKind};
use super::texts::{self, TextState};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::view::{Person, people};
use crate::milestones;
use crate::milestones::model::MilestoneKind;
use chrono::NaiveDateTime;
use diesel::QueryResult;
use serde::Serialize;
use utoipa::ToSchema;

/// What a paper is; its bytes stand at `/api/v1/attachments/{id}/content`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attachment)]
pub struct AttachmentView {
    pub id: Id,
    pub owner_kind: OwnerKind,
    /// The record; of a milestone its project.
    pub owner_id: Id,
    /// With `owner_kind` `milestone`: which.
    pub milestone: Option<MilestoneKind>,
    pub kind: AttachmentKind,
    pub file_name: String,
    /// As the content says.
    pub media_type: String,
    /// Bytes
    #[schema(minimum = 1)]
    pub size: i64,
    /// SHA-256 of the content, hexadecimal; the content's ETag.
    pub sha256: String,
    /// What came of reading it for the search; null for what was not read, or is not read at all.
    pub text: Option<TextState>,
    pub by: Option<Person>,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
}

/// Papers with the names that they refer to, each kind of name in one query.
pub fn list(conn: &mut AnyConn, papers: Vec<Attachment>) -> QueryResult<Vec<AttachmentView>> {
    let of_milestones = papers.iter().filter(|paper| paper.owner_kind == OwnerKind::Milestone);
    let ids: Vec<Id> = of_milestones.map(|paper| paper.owner_id.clone()).collect();
    let names = milestones::queries::names_of(conn, &ids)?;
    let by: Vec<Id> = papers.iter().map(|paper| paper.by_user.clone()).collect();
    let people = people(conn, &by)?;
    let ids: Vec<Id> = papers.iter().map(|paper| paper.id.clone()).collect();
    let texts = texts::queries::states(conn, &ids)?;
    let shown = papers.into_iter().map(|paper| {
        let milestone = names.get(&paper.owner_id);
        AttachmentView {
            text: texts.get(&paper.id).copied(),
            id: paper.id,
            owner_kind: paper.owner_kind,
            owner_id: milestone.map_or(paper.owner_id, |(project, _)| project.clone()),
            milestone: milestone.map(|(_, kind)| *kind),
            kind: paper.kind,
            file_name: paper.file_name,
            media_type: paper.media_type,
            size: paper.size,
            sha256: paper.sha256,
            by: people.get(&paper.by_user).cloned(),
            at: paper.at,
        }
    });
    Ok(shown.collect())
}

/// One paper.
pub fn one(conn: &mut AnyConn, paper: Attachment) -> QueryResult<Option<AttachmentView>> {
    Ok(list(conn, vec![paper])?.pop())
}
