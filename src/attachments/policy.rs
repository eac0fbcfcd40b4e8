//! Who may do what with papers: what the record that they belong to says of itself.

use super::model::{Attachment, AttachmentKind};
use super::owner::Owner;
use crate::accounts::{Actor, Role};
use crate::reference::Reference;
use crate::{award_applications, chambers, filings, leads, notices, policies, projects};

/// Roles that know papers at all: those that know leads, projects or policy versions.
pub fn uses(role: Role) -> bool {
    leads::policy::uses_leads(role)
        || projects::policy::reads(role)
        || policies::policy::reads(role)
        || award_applications::policy::sees_all(role)
}

/// Whether the actor, who sees the record, sees its papers. A role that is shown a part of a record only (design.md
/// section 5: a liaison's own fields, the federation without contacts) is shown none: a paper cannot be shown in part.
/// A liaison has his chamber's follow-ups with all that belongs to them.
pub fn may_read(actor: &Actor, owner: &Owner) -> bool {
    match owner {
        Owner::Lead(_) => leads::policy::view_of(actor.role) == leads::policy::View::Full,
        Owner::FollowUp(follow_up, _) => match actor.role {
            Role::ChamberLiaison => {
                follow_up.by_chamber_id.is_some() && follow_up.by_chamber_id == actor.chamber_id
            }
            role => leads::policy::reads_follow_ups(role),
        },
        Owner::Project(_) | Owner::Milestone(..) => {
            projects::policy::view_of(actor.role) == projects::policy::View::Full
        }
        Owner::PolicyDocument(_) => policies::policy::reads(actor.role),
        Owner::Filing(known) => known.is_whole,
        Owner::AwardApplication(_) => award_applications::policy::sees_all(actor.role),
        Owner::ChamberEntry(..) => chambers::policy::reads(actor.role),
        Owner::Notice(_) => notices::policy::reads(actor.role),
    }
}

/// Whether the actor, who sees the record, may add papers to it and remove them: whoever may change the record. A
/// follow-up is never changed; to who wrote it its papers are open, and to who works the lead.
pub fn may_change(reference: &Reference, actor: &Actor, owner: &Owner) -> bool {
    match owner {
        Owner::Lead(lead) => leads::policy::may_edit(actor, lead),
        Owner::FollowUp(follow_up, lead) => {
            let is_own = follow_up.by_user == actor.user_id;
            leads::policy::may_edit(actor, lead) || (is_own && leads::policy::may_follow_up(actor, lead))
        }
        Owner::Project(project) => projects::policy::may_edit(actor, project),
        Owner::Milestone(project, milestone) => projects::policy::may_enter(actor, project, milestone.kind),
        Owner::PolicyDocument(_) => policies::policy::keeps(actor.role),
        Owner::Filing(known) => filings::policy::works(actor, &known.case.counties()),
        Owner::AwardApplication(application) => {
            award_applications::policy::may_bring_papers(actor, &application.county)
        }
        Owner::ChamberEntry(chamber, entry) => {
            chambers::policy::may_keep_entry(actor, reference, chamber, entry.kind)
        }
        Owner::Notice(_) => notices::policy::keeps(actor.role),
    }
}

/// Whether the actor, who sees the paper, may open it. One that shows an identity number is for those who may have
/// such data revealed (design.md section 5), and for who brought it.
pub fn may_open(actor: &Actor, owner: &Owner, paper: &Attachment) -> bool {
    if paper.kind != AttachmentKind::Identity || paper.by_user == actor.user_id {
        return true;
    }
    match owner {
        Owner::Lead(lead) | Owner::FollowUp(_, lead) => leads::policy::may_reveal(actor, lead),
        Owner::Project(project) | Owner::Milestone(project, _) => projects::policy::may_edit(actor, project),
        Owner::PolicyDocument(_) => policies::policy::keeps(actor.role),
        Owner::Filing(known) => filings::policy::works(actor, &known.case.counties()),
        Owner::AwardApplication(application) => {
            award_applications::policy::may_draft_in(actor, &application.county)
        }
        Owner::ChamberEntry(..) => chambers::policy::keeps(actor.role),
        Owner::Notice(_) => notices::policy::keeps(actor.role),
    }
}
