//! The record that a paper belongs to, found as its own feature finds it: outside the actor's scope there is none,
//! and so no paper.

use super::model::{Attachment, OwnerKind};
use super::{policy, queries};
use crate::accounts::Actor;
use crate::award_applications;
use crate::award_applications::model::{Application, ApplicationStatus};
use crate::chambers::entries::Entry;
use crate::chambers::{self, Chamber};
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::filings::{self, KnownFiling};
use crate::follow_ups::{self, FollowUp};
use crate::leads::model::{Lead, Status};
use crate::milestones;
use crate::milestones::model::{Milestone, MilestoneKind};
use crate::notices::{self, Notice};
use crate::policies::queries::Document;
use crate::projects::model::Project;
use crate::reference::Reference;
use crate::{leads, policies, projects};

/// How a request names the record: a milestone by its project and its kind.
#[derive(Debug, Clone)]
pub struct OwnerName {
    pub kind: OwnerKind,
    /// The record itself; of a milestone its project.
    pub id: Id,
    pub milestone: Option<MilestoneKind>,
}

/// The record, which the actor sees.
#[derive(Debug, Clone)]
pub enum Owner {
    Lead(Lead),
    /// With its lead.
    FollowUp(FollowUp, Lead),
    Project(Project),
    /// With its project; one that nothing was entered of yet has no row.
    Milestone(Project, Milestone),
    PolicyDocument(Document),
    Filing(KnownFiling),
    AwardApplication(Application),
    /// With its chamber.
    ChamberEntry(Chamber, Entry),
    Notice(Notice),
}

impl Owner {
    pub fn kind(&self) -> OwnerKind {
        match self {
            Owner::Lead(_) => OwnerKind::Lead,
            Owner::FollowUp(..) => OwnerKind::FollowUp,
            Owner::Project(_) => OwnerKind::Project,
            Owner::Milestone(..) => OwnerKind::Milestone,
            Owner::PolicyDocument(_) => OwnerKind::PolicyDocument,
            Owner::Filing(_) => OwnerKind::Filing,
            Owner::AwardApplication(_) => OwnerKind::AwardApplication,
            Owner::ChamberEntry(..) => OwnerKind::ChamberEntry,
            Owner::Notice(_) => OwnerKind::Notice,
        }
    }

    /// The id under which its papers are stored.
    pub fn id(&self) -> &Id {
        match self {
            Owner::Lead(lead) => &lead.id,
            Owner::FollowUp(follow_up, _) => &follow_up.id,
            Owner::Project(project) => &project.id,
            Owner::Milestone(_, milestone) => &milestone.id,
            Owner::PolicyDocument(document) => &document.id,
            Owner::Filing(known) => &known.filing.id,
            Owner::AwardApplication(application) => &application.id,
            Owner::ChamberEntry(_, entry) => &entry.id,
            Owner::Notice(notice) => &notice.id,
        }
    }

    /// The id that a request names it by.
    pub fn named_id(&self) -> &Id {
        match self {
            Owner::Milestone(project, _) => &project.id,
            other => other.id(),
        }
    }

    pub fn milestone(&self) -> Option<MilestoneKind> {
        match self {
            Owner::Milestone(_, milestone) => Some(milestone.kind),
            _ => None,
        }
    }

    /// Where its papers stand on the pages.
    pub fn href(&self) -> String {
        match self {
            Owner::Lead(lead) => format!("/leads/{}#attachments", lead.id),
            Owner::FollowUp(follow_up, lead) => format!("/leads/{}#event-{}", lead.id, follow_up.id),
            Owner::Project(project) | Owner::Milestone(project, _) => {
                format!("/projects/{}#attachments", project.id)
            }
            Owner::PolicyDocument(document) => format!("{}#attachments", document.href()),
            Owner::Filing(known) => format!("/filings/{}#attachments", known.filing.id),
            Owner::AwardApplication(application) => {
                format!("/award-applications/{}#attachments", application.id)
            }
            Owner::ChamberEntry(chamber, entry) => {
                format!("/chambers/{}/entries/{}#attachments", chamber.id, entry.id)
            }
            Owner::Notice(notice) => format!("/notices/{}#attachments", notice.id),
        }
    }

    /// Where one goes on who brought a paper: the form of the milestone, in which it stands now, or the record's page.
    pub fn href_after(&self) -> String {
        match self {
            Owner::Milestone(project, milestone) => {
                format!("/projects/{}/milestones/{}", project.id, milestone.kind)
            }
            other => other.href(),
        }
    }

    /// What the lead, project, document, filing, application, entry or notice is called.
    pub fn title(&self) -> &str {
        match self {
            Owner::Lead(lead) | Owner::FollowUp(_, lead) => &lead.title,
            Owner::Project(project) | Owner::Milestone(project, _) => &project.title,
            Owner::PolicyDocument(document) => &document.document_name,
            Owner::Filing(known) => &known.filing.code,
            Owner::AwardApplication(application) => &application.code,
            Owner::ChamberEntry(_, entry) => &entry.name,
            Owner::Notice(notice) => &notice.title,
        }
    }
}

/// The record of this name with papers that the actor sees: 404 when the record is not there for him, 403 when his
/// role is not shown its papers.
pub fn find(conn: &mut AnyConn, actor: &Actor, name: &OwnerName) -> Result<Owner, AppError> {
    let owner = match (name.kind, name.milestone) {
        (OwnerKind::Milestone, Some(kind)) => {
            let project = projects::queries::find(conn, actor, &name.id)?.ok_or(AppError::NotFound)?;
            let milestone = milestones::queries::of_kind(conn, &project.id, kind, clock::now())?;
            Owner::Milestone(project, milestone)
        }
        (kind, _) => stored(conn, actor, kind, &name.id)?.ok_or(AppError::NotFound)?,
    };
    if policy::may_read(actor, &owner) { Ok(owner) } else { Err(AppError::Forbidden("role")) }
}

/// The same, if the actor may also change its papers.
pub fn find_changeable(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    name: &OwnerName,
) -> Result<Owner, AppError> {
    let owner = find(conn, actor, name)?;
    check_changeable(reference, actor, &owner)?;
    Ok(owner)
}

/// A paper and its record, if both are there for the actor.
pub fn of_paper(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<(Attachment, Owner), AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let paper = queries::find(conn, &id)?.ok_or(AppError::NotFound)?;
    let owner = stored(conn, actor, paper.owner_kind, &paper.owner_id)?;
    let owner = owner.filter(|owner| policy::may_read(actor, owner)).ok_or(AppError::NotFound)?;
    Ok((paper, owner))
}

/// 403 where the papers are not the actor's to change; 409 where nobody does so any more.
pub fn check_changeable(reference: &Reference, actor: &Actor, owner: &Owner) -> Result<(), AppError> {
    if !policy::may_change(reference, actor, owner) {
        return Err(AppError::Forbidden(match owner {
            Owner::PolicyDocument(_) => "role",
            Owner::Filing(_) if filings::policy::files(actor.role) => "other-region",
            Owner::Filing(_) => "role",
            Owner::AwardApplication(_) if award_applications::policy::drafts(actor.role) => "other-county",
            Owner::AwardApplication(_) => "role",
            Owner::ChamberEntry(..) if chambers::policy::keeps(actor.role) => "other-region",
            Owner::ChamberEntry(..) | Owner::Notice(_) => "role",
            _ if leads::policy::edits(actor.role) || projects::policy::edits(actor.role) => "other-county",
            _ => "role",
        }));
    }
    match owner {
        Owner::Lead(lead) | Owner::FollowUp(_, lead) if lead.status == Status::Merged => {
            Err(AppError::Conflict("lead-merged"))
        }
        Owner::AwardApplication(application) if application.status == ApplicationStatus::Archived => {
            Err(AppError::Conflict("award-archived"))
        }
        Owner::Filing(known) if known.filing.withdrawn_on.is_some() => {
            Err(AppError::Conflict("filing-withdrawn"))
        }
        Owner::Notice(notice) if notice.retracted_at.is_some() => Err(AppError::Conflict("notice-retracted")),
        _ => Ok(()),
    }
}

/// The record under which papers are stored.
fn stored(conn: &mut AnyConn, actor: &Actor, kind: OwnerKind, id: &Id) -> Result<Option<Owner>, AppError> {
    Ok(match kind {
        OwnerKind::Lead => lead(conn, actor, id)?.map(Owner::Lead),
        OwnerKind::FollowUp => match follow_ups::queries::find(conn, id)? {
            Some(follow_up) => {
                let lead = lead(conn, actor, &follow_up.lead_id)?;
                lead.map(|lead| Owner::FollowUp(follow_up, lead))
            }
            None => None,
        },
        OwnerKind::Project => projects::queries::find(conn, actor, id)?.map(Owner::Project),
        OwnerKind::PolicyDocument => {
            policies::queries::find(conn, id)?.map(|(document, _)| Owner::PolicyDocument(document))
        }
        OwnerKind::Filing => KnownFiling::find(conn, actor, id)?.map(Owner::Filing),
        OwnerKind::AwardApplication => {
            award_applications::queries::find(conn, actor, id)?.map(Owner::AwardApplication)
        }
        OwnerKind::ChamberEntry => match chambers::queries::any_entry(conn, id)? {
            Some(entry) => {
                let chamber = chambers::queries::find_visible(conn, actor, entry.chamber_id.as_str())?;
                chamber.map(|chamber| Owner::ChamberEntry(chamber, entry))
            }
            None => None,
        },
        OwnerKind::Notice => {
            notices::queries::find_visible(conn, actor, id, clock::today())?.map(Owner::Notice)
        }
        OwnerKind::Milestone => match milestones::queries::find(conn, id)? {
            Some(milestone) => {
                let project = projects::queries::find(conn, actor, &milestone.project_id)?;
                project.map(|project| Owner::Milestone(project, milestone))
            }
            None => None,
        },
    })
}

/// A lead that the actor sees. One that was merged is also there for who sees the lead that stayed: a merger makes
/// the two one case (`leads::merging::taken_in`).
fn lead(conn: &mut AnyConn, actor: &Actor, id: &Id) -> Result<Option<Lead>, AppError> {
    if let Some(known) = leads::queries::find(conn, actor, id)? {
        return Ok(Some(known.lead));
    }
    if leads::policy::view_of(actor.role) == leads::policy::View::Own {
        return Ok(None);
    }
    let Some(merged) = leads::queries::find_merged(conn, id)? else { return Ok(None) };
    let mut above = merged.merged_into.clone();
    while let Some(id) = above {
        if leads::queries::find(conn, actor, &id)?.is_some() {
            return Ok(Some(merged));
        }
        above = leads::queries::find_merged(conn, &id)?.and_then(|lead| lead.merged_into);
    }
    Ok(None)
}
