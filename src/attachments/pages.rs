//! Papers on the pages: the part of a record's page, and the small pages of adding and removing one.

use super::model::{Attachment, AttachmentKind, OwnerKind};
use super::owner::{Owner, check_changeable};
use super::texts::{self, TextState};
use super::{names, policy, queries, sniff};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::App;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::milestones;
use crate::reference::Reference;
use crate::web::filled::{Choice, Filled};
use crate::web::templates::Page;
use chrono::NaiveDateTime;
use serde::Serialize;
use std::collections::HashMap;

/// The papers of a record, for the component `attachment.card` of any page; made by [`Attachments::of`].
#[derive(Clone, Debug, Default, Serialize)]
pub struct Attachments {
    pub owner: OwnerFields,
    /// The latest first.
    pub items: Vec<Item>,
    pub may_add: bool,
    pub form: FormParts,
}

/// Which record a form adds to: hidden fields of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct OwnerFields {
    /// Code of the kind.
    pub kind: String,
    pub id: String,
    /// Code of the milestone's kind; empty for other records.
    pub milestone: String,
}

/// What the fields of the upload form need.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormParts {
    pub filled: Filled,
    /// Codes.
    pub kinds: Vec<Choice>,
    /// What the file chooser offers.
    pub accept: String,
    pub limit_mb: u64,
}

/// One paper.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    pub id: String,
    pub name: String,
    /// Code of the kind.
    pub kind: String,
    pub extension: String,
    /// `picture`: spread out on the page; `shown`: opened by the browser; `saved`.
    pub shows: &'static str,
    /// `1.2 MB`
    pub size: String,
    /// Display name.
    pub by: Option<String>,
    /// UTC
    pub at: NaiveDateTime,
    /// The milestone that it was brought for, by the code of its kind.
    pub milestone: Option<String>,
    /// It proves a verified milestone, and so stays.
    pub verified: bool,
    /// Whether the reader may open it.
    pub opens: bool,
    pub may_remove: bool,
    /// What the search does not know of what it says, and why: code of a state, where there is something to be told.
    pub text: Option<String>,
}

/// A paper where only its name is shown.
#[derive(Clone, Debug, Serialize)]
pub struct PaperLink {
    pub id: String,
    pub name: String,
}

impl From<Attachment> for PaperLink {
    fn from(paper: Attachment) -> Self {
        PaperLink { id: paper.id.to_string(), name: paper.file_name }
    }
}

/// `GET /attachments/new?owner_kind=&owner_id=`; posts to `/attachments`.
///
/// Fields: `owner_kind` `owner_id` `milestone` (hidden) · `kind` `file`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub owner: OwnerFields,
    /// What the record is called, and where its papers stand.
    pub title: String,
    pub back: String,
    pub form: FormParts,
}

impl Page for Form {
    const TEMPLATE: &'static str = "attachments/form.html";
}

/// `GET /attachments/{id}/deletion`; posts there.
#[derive(Clone, Debug, Serialize)]
pub struct Deletion {
    pub paper: Item,
    pub title: String,
    pub back: String,
    pub form: Filled,
}

impl Page for Deletion {
    const TEMPLATE: &'static str = "attachments/deletion/form.html";
}

impl Attachments {
    /// The papers of a record that the actor sees; `None` when his role is not shown them.
    pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, owner: &Owner) -> Result<Option<Self>, AppError> {
        if !policy::may_read(actor, owner) {
            return Ok(None);
        }
        let stores = queries::stores_of(conn, actor, owner)?;
        let papers = queries::of(conn, &stores)?;
        Ok(Some(Attachments {
            owner: OwnerFields::of(owner),
            items: items(conn, &app.reference, actor, owner, papers)?,
            may_add: check_changeable(&app.reference, actor, owner).is_ok(),
            form: FormParts::of(app, Filled::new().value("kind", expected(owner))),
        }))
    }
}

/// What a paper of this record most likely is.
fn expected(owner: &Owner) -> &'static str {
    match owner {
        Owner::PolicyDocument(_) | Owner::AwardApplication(_) | Owner::Notice(_) => {
            AttachmentKind::Other.as_str()
        }
        Owner::Filing(_) => AttachmentKind::Filing.as_str(),
        _ => AttachmentKind::Contract.as_str(),
    }
}

impl OwnerFields {
    pub fn of(owner: &Owner) -> Self {
        OwnerFields {
            kind: owner.kind().to_string(),
            id: owner.named_id().to_string(),
            milestone: owner.milestone().map(|kind| kind.to_string()).unwrap_or_default(),
        }
    }
}

impl FormParts {
    pub fn of(app: &App, filled: Filled) -> Self {
        FormParts {
            filled,
            kinds: AttachmentKind::ALL.iter().map(|kind| Choice::code(kind.as_str())).collect(),
            accept: sniff::accept(),
            limit_mb: app.settings.attachments.limit_mb,
        }
    }
}

/// Papers of a record as the pages show them: names, milestones and proofs each asked for once.
pub fn items(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    owner: &Owner,
    papers: Vec<Attachment>,
) -> Result<Vec<Item>, AppError> {
    let by: Vec<Id> = papers.iter().map(|paper| paper.by_user.clone()).collect();
    let people: HashMap<Id, String> =
        users::names(conn, &by)?.into_iter().map(|(id, _, name)| (id, name)).collect();
    let is_of_milestone = |paper: &&Attachment| paper.owner_kind == OwnerKind::Milestone;
    let of_milestones: Vec<Id> =
        papers.iter().filter(is_of_milestone).map(|paper| paper.owner_id.clone()).collect();
    let milestones = milestones::queries::names_of(conn, &of_milestones)?;
    let verified = match owner {
        Owner::Project(_) | Owner::Milestone(..) => {
            let ids: Vec<Id> = papers.iter().map(|paper| paper.id.clone()).collect();
            milestones::queries::verified_of(conn, &ids)?
        }
        Owner::Lead(_)
        | Owner::FollowUp(..)
        | Owner::PolicyDocument(_)
        | Owner::Filing(_)
        | Owner::AwardApplication(_)
        | Owner::ChamberEntry(..)
        | Owner::Notice(_) => Vec::new(),
    };
    let ids: Vec<Id> = papers.iter().map(|paper| paper.id.clone()).collect();
    let texts = texts::queries::states(conn, &ids)?;
    let may_change = check_changeable(reference, actor, owner).is_ok();
    let items = papers.into_iter().map(|paper| {
        let verified = verified.contains(&paper.id);
        // Papers of merged leads stay with the lead that they were brought for.
        let is_own = matches!(owner, Owner::Project(_)) || paper.owner_id == *owner.id();
        Item {
            id: paper.id.to_string(),
            kind: paper.kind.to_string(),
            extension: names::extension(&paper.file_name),
            shows: shows(&paper),
            size: size(paper.size),
            by: people.get(&paper.by_user).cloned(),
            at: paper.at,
            milestone: milestones.get(&paper.owner_id).map(|(_, kind)| kind.to_string()),
            verified,
            text: texts.get(&paper.id).filter(|state| **state != TextState::Read).map(ToString::to_string),
            opens: policy::may_open(actor, owner, &paper),
            may_remove: may_change && is_own && !verified,
            name: paper.file_name,
        }
    });
    Ok(items.collect())
}

/// A picture of a paper that shows an identity number is not spread out on a page: opening it is logged.
fn shows(paper: &Attachment) -> &'static str {
    if sniff::is_picture(&paper.media_type) && paper.kind != AttachmentKind::Identity {
        "picture"
    } else if sniff::is_shown(&paper.media_type) {
        "shown"
    } else {
        "saved"
    }
}

/// Bytes as people read them.
#[expect(clippy::cast_precision_loss, reason = "a size in MB has one digit behind the point")]
pub fn size(bytes: i64) -> String {
    const MB: i64 = 1024 * 1024;
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..MB => format!("{} KB", bytes / 1024),
        _ => format!("{:.1} MB", bytes as f64 / MB as f64),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_read_at_a_glance() {
        for (bytes, text) in [(7, "7 B"), (2048, "2 KB"), (20 * 1024 * 1024, "20.0 MB")] {
            assert_eq!(super::size(bytes), text);
        }
    }
}
