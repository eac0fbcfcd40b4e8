//! Papers of records (附件): contracts, licences, permits, photos.
//!
//! A paper belongs to a lead, a follow-up, a project, a milestone, a policy document, a filing, an award application, an
//! entry of a chamber or a notice, and is visible exactly to who sees that record (`owner`, `policy`). Its bytes lie in
//! the storage (`storage`: a folder, or S3), what they are stands in its row.
//! What papers of leads and projects say is read for the search (`texts`).
//! The file is there before its row is committed; a file without a row is swept (`sweep`). A paper is never changed:
//! it is added and removed.

pub mod check;
pub mod editing;
pub mod handlers;
pub mod keeping;
pub mod model;
pub mod names;
pub mod operations;
pub mod owner;
pub mod pages;
pub mod policy;
pub mod queries;
pub mod sniff;
pub mod storage;
pub mod sweep;
pub mod texts;
pub mod upload;
pub mod view;

pub use model::{Attachment, AttachmentKind, OwnerKind};
pub use owner::{Owner, OwnerName};
pub use storage::Storage;
