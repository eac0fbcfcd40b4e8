//! The archive of an application (归档): one zip of the papers that the program writes, the papers that were brought,
//! and a manifest with the size and the SHA-256 of each and with what was frozen.

use super::papers::{self, Dossier, PaperKind, Say};
use crate::attachments::model::{Attachment, AttachmentKind};
use crate::confidential::to_hex;
use crate::error::AppError;
use crate::papers::{self as writing, Fonts};
use chrono::NaiveDateTime;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What the archive itself says of its files.
pub const MANIFEST: &str = "manifest.json";

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    pub name: String,
    /// Bytes
    pub size: u64,
    /// Of the content, hexadecimal.
    pub sha256: String,
    /// False: it shows an identity number, and stays where opening it is logged.
    pub included: bool,
}

/// An archive that is being made.
pub struct Pack {
    zip: ZipWriter<File>,
    entries: Vec<Entry>,
}

impl Pack {
    pub fn new() -> Result<Self, AppError> {
        let file = tempfile::tempfile().map_err(anyhow::Error::from)?;
        Ok(Pack { zip: ZipWriter::new(file), entries: Vec::new() })
    }

    /// Writes the papers of the program, those that are edited on as spreadsheets, too.
    pub fn write(mut self, dossier: &Dossier, say: Say<'_>, fonts: &Fonts) -> Result<Self, AppError> {
        for kind in PaperKind::ALL {
            let paper = papers::write(*kind, dossier, say);
            self = self.add(&format!("papers/{kind}.pdf"), &writing::pdf(&paper, fonts)?)?;
            if kind.has_sheet() {
                self = self.add(&format!("papers/{kind}.xlsx"), &writing::xlsx(&paper)?)?;
            }
        }
        Ok(self)
    }

    pub fn add(mut self, name: &str, content: &[u8]) -> Result<Self, AppError> {
        self.put(name, content)?;
        let size = u64::try_from(content.len()).map_err(anyhow::Error::from)?;
        let sha256 = to_hex(&Sha256::digest(content));
        self.entries.push(Entry { name: name.to_owned(), size, sha256, included: true });
        Ok(self)
    }

    /// A paper that was brought, as it was kept.
    ///
    /// # Errors
    /// When the storage gave something else than what was brought.
    pub fn add_kept(self, name: &str, paper: &Attachment, content: &[u8]) -> Result<Self, AppError> {
        if to_hex(&Sha256::digest(content)) != paper.sha256 {
            let reason = anyhow::anyhow!("the file of the paper {} is not what was brought", paper.id);
            return Err(AppError::Internal(reason));
        }
        self.add(name, content)
    }

    /// Names a paper that is not in it.
    pub fn leave_out(mut self, name: &str, paper: &Attachment) -> Self {
        let size = u64::try_from(paper.size).unwrap_or_default();
        let sha256 = paper.sha256.clone();
        self.entries.push(Entry { name: name.to_owned(), size, sha256, included: false });
        self
    }

    /// The whole file, with its manifest last.
    pub fn finish(mut self, dossier: &Dossier, by: &str, now: NaiveDateTime) -> Result<File, AppError> {
        let manifest = manifest(dossier, &self.entries, by, now);
        let text = serde_json::to_vec_pretty(&manifest).map_err(anyhow::Error::from)?;
        self.put(MANIFEST, &text)?;
        Ok(self.zip.finish().map_err(anyhow::Error::from)?)
    }

    fn put(&mut self, name: &str, content: &[u8]) -> Result<(), AppError> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(anyhow::Error::from)?;
        self.zip.write_all(content).map_err(anyhow::Error::from)?;
        Ok(())
    }
}

/// What a brought paper is called in the archive; numbered, as two may have one name.
pub fn name_of(number: usize, paper: &Attachment) -> String {
    format!("attachments/{number:03}-{}", paper.file_name)
}

/// Whether it goes into the archive: what shows an identity number does not leave the program unlogged.
pub fn is_included(paper: &Attachment) -> bool {
    paper.kind != AttachmentKind::Identity
}

fn manifest(dossier: &Dossier, files: &[Entry], by: &str, now: NaiveDateTime) -> Value {
    let (application, details) = (&dossier.application, &dossier.details);
    json!({
        "application": application.code,
        "id": application.id,
        "project": application.project,
        "rule": application.rule,
        "status": application.status,
        "policy": details.policy,
        "amount_fen": dossier.line.amount_fen,
        "payees": dossier.line.payees,
        "facts": details.facts,
        "award": details.award,
        "rulings": details.rulings,
        "funding": details.funding,
        "voucher": details.voucher,
        "transitions": details.history,
        "made_by": by,
        "made_at": crate::clock::rfc3339::format(now),
        "files": files,
    })
}
