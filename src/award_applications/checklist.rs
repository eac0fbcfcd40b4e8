//! Which papers a rule asks for, and which of them are there: with the application, its project or a milestone of it.

use super::model::Application;
use crate::accounts::Actor;
use crate::attachments::model::{Attachment, AttachmentKind, OwnerKind};
use crate::attachments::queries;
use crate::attachments::{Owner, policy};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::projects;
use crate::projects::model::Project;
use serde::Serialize;

/// A kind that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Code.
    pub kind: String,
    /// Those that are there; none: it lacks.
    pub papers: Vec<Found>,
}

/// A paper that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    pub id: String,
    pub name: String,
    /// Whether the reader may open it.
    pub opens: bool,
}

/// Every paper of an application: its own, its project's, its milestones', the latest first.
pub fn papers(
    conn: &mut AnyConn,
    actor: &Actor,
    application: &Application,
    project: &Project,
) -> Result<Vec<Attachment>, AppError> {
    let mut stores = queries::stores_of(conn, actor, &Owner::Project(project.clone()))?;
    stores.push((OwnerKind::AwardApplication, vec![application.id.clone()]));
    Ok(queries::of(conn, &stores)?)
}

/// What of it is there, in the order in which it is asked for.
pub fn of(
    conn: &mut AnyConn,
    actor: &Actor,
    application: &Application,
    project: &Project,
    wanted: &[AttachmentKind],
) -> Result<Vec<Asked>, AppError> {
    let papers = papers(conn, actor, application, project)?;
    let sees_project = projects::queries::find(conn, actor, &project.id)?.is_some();
    let opens = |paper: &Attachment| match paper.owner_kind {
        OwnerKind::AwardApplication => {
            policy::may_open(actor, &Owner::AwardApplication(application.clone()), paper)
        }
        _ => {
            let owner = Owner::Project(project.clone());
            sees_project && policy::may_read(actor, &owner) && policy::may_open(actor, &owner, paper)
        }
    };
    Ok(held_against(wanted, &papers, opens))
}

fn held_against(
    wanted: &[AttachmentKind],
    papers: &[Attachment],
    opens: impl Fn(&Attachment) -> bool,
) -> Vec<Asked> {
    let found = |paper: &Attachment| Found {
        id: paper.id.to_string(),
        name: paper.file_name.clone(),
        opens: opens(paper),
    };
    let of_kind = |kind: &AttachmentKind| Asked {
        kind: kind.to_string(),
        papers: papers.iter().filter(|paper| paper.kind == *kind).map(found).collect(),
    };
    wanted.iter().map(of_kind).collect()
}
