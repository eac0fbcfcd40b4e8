//! What papers say (附件文字), for the search: read of the files of leads, follow-ups, projects and milestones.
//!
//! An upload leaves a row in the outbox; a worker (`work`) has the file read by a process of its own (`process`), which
//! may fail, run on or swell as it likes: files come from outside. What came of it stands in a row (`queries`), so that
//! nothing is read twice, and the index follows. `formats` gets text out of bytes.

pub mod formats;
pub mod model;
pub mod process;
pub mod queries;
pub mod work;

pub use model::{LONGEST, PaperText, TextState};

use super::model::{Attachment, AttachmentKind, OwnerKind};
use crate::db::{AnyConn, Id};
use crate::follow_ups;
use crate::jobs::outbox::{self, Topic};
use crate::leads;
use crate::milestones;
use diesel::QueryResult;
use std::collections::BTreeSet;

/// The records whose papers are found by what they say.
pub const SEARCHED: [OwnerKind; 4] =
    [OwnerKind::Lead, OwnerKind::FollowUp, OwnerKind::Project, OwnerKind::Milestone];

/// Whether a paper is read at all. One that shows an identity number never is: who may open it is asked each time.
pub fn is_read(paper: &Attachment) -> bool {
    SEARCHED.contains(&paper.owner_kind)
        && paper.kind != AttachmentKind::Identity
        && formats::MEDIA_TYPES.contains(&paper.media_type.as_str())
}

/// What follows a paper that was added: its name can be found at once, and what it says when it was read. Part of the
/// transaction.
pub fn follow(conn: &mut AnyConn, paper: &Attachment) -> QueryResult<()> {
    if is_read(paper) {
        outbox::enqueue(conn, Topic::AttachmentText, &paper.id)?;
    }
    index_again(conn, paper)
}

/// What follows a paper that was removed: nothing it said stays. Part of the transaction.
pub fn forget(conn: &mut AnyConn, paper: &Attachment) -> QueryResult<()> {
    queries::delete(conn, &paper.id)?;
    index_again(conn, paper)
}

/// The documents in which the paper's text stands are to be written anew.
fn index_again(conn: &mut AnyConn, paper: &Attachment) -> QueryResult<()> {
    match paper.owner_kind {
        OwnerKind::Lead => index_lead(conn, &paper.owner_id),
        OwnerKind::FollowUp => match follow_ups::queries::find(conn, &paper.owner_id)? {
            Some(follow_up) => index_lead(conn, &follow_up.lead_id),
            None => Ok(()),
        },
        OwnerKind::Project => outbox::enqueue(conn, Topic::RecordIndex, &paper.owner_id),
        OwnerKind::Milestone => match milestones::queries::find(conn, &paper.owner_id)? {
            Some(milestone) => outbox::enqueue(conn, Topic::RecordIndex, &milestone.project_id),
            None => Ok(()),
        },
        OwnerKind::PolicyDocument
        | OwnerKind::Filing
        | OwnerKind::AwardApplication
        | OwnerKind::ChamberEntry
        | OwnerKind::Notice => Ok(()),
    }
}

/// The lead's document, and that of the lead into which it was merged, whose page shows its papers.
fn index_lead(conn: &mut AnyConn, lead: &Id) -> QueryResult<()> {
    let families = leads::queries::families(conn, std::slice::from_ref(lead))?;
    let both: BTreeSet<&Id> = [lead, families.stayed(lead)].into();
    both.into_iter().try_for_each(|lead| outbox::enqueue(conn, Topic::LeadIndex, lead))
}
