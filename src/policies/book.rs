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

    /// The versions of now. A document that does not go together with the files any more, because a later program or the
    /// bureau's folder brings a version of the same code, is left out: the file takes its place.
    pub fn now(&self, conn: &mut AnyConn) -> Result<Arc<Policies>, AppError> {
        let last = queries::last(conn)?;
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known.last == last {
            return Ok(known.versions);
        }
        let (versions, faults) = with_documents(self.files.clone(), &queries::all(conn)?);
        for fault in faults {
            tracing::error!(fault, "a policy document is left out");
        }
        let versions = Arc::new(versions);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known { last, versions: versions.clone() };
        Ok(versions)
    }

    /// What is wrong with the documents in the database, for `yinfeng check`.
    pub fn faults(&self, conn: &mut AnyConn) -> Result<Vec<String>, AppError> {
        Ok(with_documents(self.files.clone(), &queries::all(conn)?).1)
    }
}

/// The versions that these documents make of those of the files, in their order; and what keeps one out.
fn with_documents(files: Policies, documents: &[Document]) -> (Policies, Vec<String>) {
    let (mut versions, mut faults) = (files, Vec::new());
    for document in documents {
        match (document.kind, &document.body, document.valid_until) {
            (DocumentKind::Version, Some(body), _) => {
                match parse(&document.code, body).and_then(|version| versions.with(version)) {
                    Ok(more) => versions = more,
                    Err(fault) => faults.push(fault.to_string()),
                }
            }
            (DocumentKind::Extension, _, Some(until)) if versions.find(&document.code).is_some() => {
                let (number, name) = (document.document_number.clone(), document.document_name.clone());
                versions = versions.extended(&document.code, Extension { until, number, name });
            }
            _ => faults.push(format!("policy {}: there is no such version to extend", document.code)),
        }
    }
    (versions, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_a_file_took_the_place_of_is_left_out_and_named() {
        let files = Policies::load(None).unwrap();
        let document = |kind, code: &str, body: Option<&str>| Document {
            id: Id::generate(),
            kind,
            code: code.into(),
            body: body.map(str::to_owned),
            valid_until: (kind == DocumentKind::Extension).then(|| "2026-12-31".parse().unwrap()),
            document_number: "1".into(),
            document_name: "x".into(),
            by_user: Id::generate(),
            at: crate::clock::now(),
        };
        let documents = [
            document(DocumentKind::Version, "qinzhou-2023-2025", Some("code = \"qinzhou-2023-2025\"")),
            document(DocumentKind::Extension, "none", None),
            document(DocumentKind::Extension, "qinzhou-2023-2025", None),
        ];
        let (versions, faults) = with_documents(files, &documents);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(versions.of_year(2026).unwrap().code, "qinzhou-2023-2025", "what goes together holds");
    }
}
