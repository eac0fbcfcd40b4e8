//! Adding and removing a paper: its row, its trail, and the milestone that it proves, in one transaction.

use super::model::{Attachment, Filed};
use super::owner::{self, Owner, OwnerName};
use super::{queries, texts};
use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::milestones;
use crate::milestones::editing::MilestoneBody;
use crate::milestones::model::{Milestone, MilestoneState};
use crate::policies;
use crate::projects;
use crate::projects::model::Project;
use crate::reference::Reference;

/// Puts a paper, whose file is kept already, to its record. One of a milestone stands under it as evidence, which is
/// an entry as any other: a decided milestone is reported anew.
pub fn add(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    name: &OwnerName,
    filed: Filed,
) -> Result<(Attachment, Owner), AppError> {
    let owner = owner::find_changeable(conn, reference, actor, name)?;
    let paper = Attachment {
        id: Id::generate(),
        owner_kind: owner.kind(),
        owner_id: owner.id().clone(),
        kind: filed.kind,
        file_name: filed.file_name,
        media_type: filed.media_type.to_owned(),
        size: filed.size,
        sha256: filed.sha256,
        storage_name: filed.storage_name,
        by_user: actor.user_id.clone(),
        at: clock::now(),
        deleted_at: None,
    };
    if let Owner::Milestone(_, milestone) = &owner {
        // It may have no row yet.
        milestones::queries::put(conn, milestone)?;
    }
    queries::insert(conn, &paper)?;
    texts::follow(conn, &paper)?;
    tell(conn, actor, &paper, "attachment.add")?;
    if let Owner::Milestone(project, milestone) = &owner {
        let had = milestones::queries::evidence(conn, &milestone.id)?;
        let papers = had.into_iter().map(|paper| paper.id).chain([paper.id.clone()]).collect();
        enter(conn, actor, project.clone(), milestone, papers)?;
    }
    Ok((paper, owner))
}

/// Removes a paper; its file stays in the storage for a while (`sweep`). Milestones that it stood under are reported
/// anew without it.
///
/// # Errors
/// 409 while it proves a verified milestone, and once the document that it is was decided about: what was counted must
/// stay proved.
pub fn remove(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    id: &str,
) -> Result<(Attachment, Owner), AppError> {
    let (paper, owner) = owner::of_paper(conn, actor, id)?;
    owner::check_changeable(reference, actor, &owner)?;
    if let Owner::PolicyDocument(document) = &owner {
        policies::queries::check_undecided(conn, &document.id)?;
    }
    let proved = milestones::queries::proved_by(conn, &paper.id)?;
    if proved.iter().any(|milestone| milestone.state == MilestoneState::Verified) {
        return Err(AppError::Conflict("paper-verified"));
    }
    for milestone in proved {
        let project =
            projects::queries::find(conn, actor, &milestone.project_id)?.ok_or(AppError::NotFound)?;
        let rest = milestones::queries::evidence(conn, &milestone.id)?.into_iter().map(|paper| paper.id);
        let rest = rest.filter(|other| *other != paper.id).collect();
        enter(conn, actor, project, &milestone, rest)?;
    }
    if !queries::remove(conn, &paper.id, clock::now())? {
        return Err(AppError::NotFound);
    }
    texts::forget(conn, &paper)?;
    tell(conn, actor, &paper, "attachment.remove")?;
    Ok((paper, owner))
}

/// Writes to the trail that a paper was opened which shows an identity number.
pub fn tell_opened(conn: &mut AnyConn, actor: &Actor, paper: &Attachment) -> Result<(), AppError> {
    tell(conn, actor, paper, "attachment.open")
}

fn enter(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    milestone: &Milestone,
    papers: Vec<Id>,
) -> Result<(), AppError> {
    let papers = papers.iter().map(ToString::to_string).collect();
    let body = MilestoneBody { evidence: Some(papers), ..MilestoneBody::default() };
    milestones::editing::change(conn, actor, project, milestone.kind, body).map(drop)
}

fn tell(conn: &mut AnyConn, actor: &Actor, paper: &Attachment, action: &'static str) -> Result<(), AppError> {
    let differences = Differences::default()
        .set("owner_kind", &paper.owner_kind)
        .set("owner_id", &paper.owner_id)
        .set("attachment_kind", &paper.kind)
        .set("file_name", &paper.file_name)
        .set("file_hash", &paper.sha256);
    let subject_id = paper.id.as_str();
    let act = Act { action, subject_kind: "attachment", subject_id, differences, reason: None };
    Ok(audit::record(conn, actor, act)?)
}
