//! Papers of the demonstration (seeds/demo/papers): what proves a milestone, and a photo.

use super::Files;
use crate::accounts::Actor;
use crate::attachments::editing;
use crate::attachments::model::{AttachmentKind, Filed, OwnerKind};
use crate::attachments::names;
use crate::attachments::owner::OwnerName;
use crate::attachments::storage::Storage;
use crate::confidential::to_hex;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::milestones::model::MilestoneKind;
use crate::reference::Reference;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::io::Write;

/// A paper of this kind as it stands in the storage: one file for all that show it, for nobody removes one here for good.
#[derive(Debug, Clone)]
pub(super) struct Paper(Filed);

/// The papers by their kinds, put into the storage.
pub(super) fn lay_out(storage: &Storage) -> anyhow::Result<Vec<Paper>> {
    use AttachmentKind::{
        AboveScaleNotice, Acceptance, BusinessLicence, ConstructionPermit, Photo, ProductionProof,
    };
    let kinds = [BusinessLicence, ConstructionPermit, Acceptance, ProductionProof, AboveScaleNotice, Photo];
    kinds.into_iter().map(|kind| kept(storage, kind)).collect()
}

fn kept(storage: &Storage, kind: AttachmentKind) -> anyhow::Result<Paper> {
    let (extension, media_type) =
        if kind == AttachmentKind::Photo { ("jpg", "image/jpeg") } else { ("pdf", "application/pdf") };
    let name = format!("{kind}.{extension}");
    let content = Files::get(&format!("papers/{name}")).with_context(|| format!("{name} is missing"))?;
    let mut file = tempfile::tempfile()?;
    file.write_all(&content.data)?;
    let size = content.data.len();
    let filed = Filed {
        kind,
        file_name: names::safe(&name).context("a name")?,
        media_type,
        size: i64::try_from(size)?,
        sha256: to_hex(&Sha256::digest(&content.data)),
        storage_name: Storage::new_name(),
    };
    let put = storage.put(&filed.storage_name, file, size as u64);
    actix_web::rt::System::new().block_on(put)?;
    Ok(Paper(filed))
}

/// Puts the paper of this kind to a milestone.
pub(super) fn prove(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    papers: &[Paper],
    project: &Id,
    milestone: MilestoneKind,
    kind: &str,
) -> Result<(), AppError> {
    let Some(Paper(filed)) = papers.iter().find(|paper| paper.0.kind.as_str() == kind) else { return Ok(()) };
    let name = OwnerName { kind: OwnerKind::Milestone, id: project.clone(), milestone: Some(milestone) };
    editing::add(conn, reference, actor, &name, filed.clone()).map(drop)
}
