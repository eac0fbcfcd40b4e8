//! Which papers a rule asks for, and which of them are there: with the application, its project, a milestone of it, or
//! the filing of who is paid.

use super::model::{Application, Payee};
use super::steps::Known;
use crate::accounts::Actor;
use crate::attachments::model::{Attachment, AttachmentKind, OwnerKind};
use crate::attachments::queries;
use crate::attachments::{Owner, policy};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::model::Filing;
use crate::filings::{self, KnownFiling};
use crate::projects;
use crate::projects::model::Project;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of paper that the rule asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AwardChecklistLine)]
pub struct Asked {
    pub kind: AttachmentKind,
    /// Those that are there; none: it lacks.
    pub papers: Vec<Found>,
}

/// A paper that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AwardChecklistPaper)]
pub struct Found {
    /// Of the attachment.
    pub id: Id,
    pub file_name: String,
    /// Whether the reader may open it.
    pub opens: bool,
}

/// Every paper of an application: its own, its project's, its milestones', those of its payees' filings; the latest
/// first.
pub fn papers(
    conn: &mut AnyConn,
    actor: &Actor,
    application: &Application,
    project: &Project,
    filings: &[Filing],
) -> Result<Vec<Attachment>, AppError> {
    let mut stores = queries::stores_of(conn, actor, &Owner::Project(project.clone()))?;
    stores.push((OwnerKind::AwardApplication, vec![application.id.clone()]));
    stores.push((OwnerKind::Filing, filings.iter().map(|filing| filing.id.clone()).collect()));
    Ok(queries::of(conn, &stores)?)
}

/// The open filings of who is paid, of this project.
pub fn filings(conn: &mut AnyConn, project: &Project, payees: &[Payee]) -> Result<Vec<Filing>, AppError> {
    let is_paid =
        |filing: &Filing| payees.iter().any(|payee| payee.referrer_id.as_ref() == Some(&filing.referrer_id));
    let found = filings::queries::of_project(conn, project)?.into_iter();
    Ok(found.filter(|filing| filing.withdrawn_on.is_none() && is_paid(filing)).collect())
}

/// What the version that the award is computed by asks for, in its order, and what of it is there.
pub fn of(conn: &mut AnyConn, actor: &Actor, known: &Known) -> Result<Vec<Asked>, AppError> {
    let (application, project) = (&known.application, &known.project);
    let wanted = known.basis().map(|basis| basis.papers.as_slice()).unwrap_or_default();
    let filings = filings(conn, project, &known.payees)?;
    let papers = papers(conn, actor, application, project, &filings)?;
    let filings = KnownFiling::of_all(conn, actor, filings)?;
    let sees_project = projects::queries::find(conn, actor, &project.id)?.is_some();
    let opens = |paper: &Attachment| {
        let owner = match paper.owner_kind {
            OwnerKind::AwardApplication => Some(Owner::AwardApplication(application.clone())),
            OwnerKind::Filing => {
                let filing = filings.iter().find(|known| known.filing.id == paper.owner_id);
                filing.cloned().map(Owner::Filing)
            }
            _ => sees_project.then(|| Owner::Project(project.clone())),
        };
        owner.is_some_and(|owner| policy::may_read(actor, &owner) && policy::may_open(actor, &owner, paper))
    };
    Ok(held_against(wanted, &papers, opens))
}

fn held_against(
    wanted: &[AttachmentKind],
    papers: &[Attachment],
    opens: impl Fn(&Attachment) -> bool,
) -> Vec<Asked> {
    let found = |paper: &Attachment| Found {
        id: paper.id.clone(),
        file_name: paper.file_name.clone(),
        opens: opens(paper),
    };
    let of_kind = |kind: &AttachmentKind| Asked {
        kind: *kind,
        papers: papers.iter().filter(|paper| paper.kind == *kind).map(found).collect(),
    };
    wanted.iter().map(of_kind).collect()
}
