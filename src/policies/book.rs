//! All versions: those of files, and over them what the database holds of loaded and extended ones.

use super::load::{Policies, parse};
use super::model::Extension;
use super::queries::{self, Document, DocumentKind};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use std::sync::{Arc, PoisonError, RwLock};

/// The versions as they are known now. Every use asks the database whether a document was added meanwhile, which is
/// one look at the end of an index: another process may have written it.
#[derive(Debug)]
pub struct Book {
    files: Policies,
    known: RwLock<Known>,
}

#[derive(Debug, Clone)]
struct Known {
    /// The last document that is in it.
    last: Option<Id>,
    versions: Arc<Policies>,
}

impl Book {
    pub fn new(files: Policies) -> Self {
        let versions = Arc::new(files.clone());
        Book { files, known: RwLock::new(Known { last: None, versions }) }
    }

    /// The versions of now.
    ///
    /// # Errors
    /// A document in the database contradicts the files: one of them was changed behind the program's back.
    pub fn now(&self, conn: &mut AnyConn) -> Result<Arc<Policies>, AppError> {
        let last = queries::last(conn)?;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known.last == last {
            return Ok(known.versions);
        }
        let documents = queries::all(conn)?;
        let versions = Arc::new(with_documents(self.files.clone(), &documents)?);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known { last, versions: versions.clone() };
        Ok(versions)
    }
}

/// The versions that these documents make of those of the files, in their order.
fn with_documents(files: Policies, documents: &[Document]) -> Result<Policies, AppError> {
    let mut versions = files;
    for document in documents {
        versions = match (document.kind, &document.body, document.valid_until) {
            (DocumentKind::Version, Some(body), _) => {
                let version = parse(&document.code, body).map_err(|e| AppError::Internal(e.into()))?;
                versions.with(version).map_err(|e| AppError::Internal(e.into()))?
            }
            (DocumentKind::Extension, _, Some(until)) => {
                let (number, name) = (document.document_number.clone(), document.document_name.clone());
                versions.extended(&document.code, Extension { until, number, name })
            }
            _ => return Err(AppError::Internal(anyhow::anyhow!("policy document {}", document.id))),
        };
    }
    Ok(versions)
}
