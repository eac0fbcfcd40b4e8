//! What the API is: each feature lists its operations (`<feature>/operations.rs`), whose shapes come from the
//! types that handlers read and answer. The OpenAPI document and the page are made of the same list, once.
//!
//! A test holds the list against `routes::ROUTES`, and real answers against the document.

mod document;
mod example;
mod fields;
pub mod handlers;
pub mod operation;
mod operations;
pub mod pages;
pub mod parameter;
pub mod shape;

pub use operation::{Operation, delete, get, patch, post, put};
pub use operations::{Part, parts};

use crate::web::i18n::I18n;
use actix_web::web::Bytes;
use serde_json::Value;

/// What holds for all operations; the messages are `api-manner-<key>`.
pub const MANNERS: &[&str] = &["bearer", "values", "lists", "versions", "repeats", "problems"];

/// The operations, and the document made of them.
pub struct Api {
    pub parts: Vec<Part>,
    /// OpenAPI 3.1.
    pub document: Value,
    /// The same as it is answered.
    pub bytes: Bytes,
    /// Its ETag.
    pub tag: String,
}

impl Api {
    /// Puts the document together.
    ///
    /// # Errors
    /// When a shape cannot be written as JSON.
    pub fn new(i18n: &I18n) -> anyhow::Result<Self> {
        let parts = parts();
        let document = document::document(i18n, &parts)?;
        let bytes = Bytes::from(serde_json::to_vec(&document)?);
        let tag = format!("\"{}\"", crate::confidential::secret_hash(&document.to_string()));
        Ok(Api { parts, document, bytes, tag })
    }
}
