//! All versions: those of files, and over them what the documents in force load, extend and decompose.

use super::fault::{Fault, PolicyError};
use super::load::Policies;
use super::model::{Decomposition, Extension};
use super::queries::{self, Document, DocumentKind};
use super::reading::{At, parse_confirmed};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use std::sync::{Arc, PoisonError, RwLock};

/// The versions as they are known now. Every use asks the database whether a document was decided about meanwhile, which
/// is one look at the end of an index: another process may have written it.
#[derive(Debug)]
pub struct Book {
    files: Policies,
    known: RwLock<Known>,
}

#[derive(Debug, Clone)]
struct Known {
    /// The last decision that it knows of.
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
        let (versions, faults) = with_documents(self.files.clone(), &queries::in_force(conn)?);
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
        Ok(with_documents(self.files.clone(), &queries::in_force(conn)?).1)
    }
}

/// The versions that these documents make of those of the files, in their order; and what keeps one out.
fn with_documents(files: Policies, documents: &[Document]) -> (Policies, Vec<String>) {
    let (mut versions, mut faults) = (files, Vec::new());
    for document in documents {
        match with(&versions, document) {
            Ok(more) => versions = more,
            Err(fault) => faults.push(fault.to_string()),
        }
    }
    (versions, faults)
}

/// The versions with what a document makes of them.
///
/// # Errors
/// Its text, or what of it does not go together with them.
pub fn with(versions: &Policies, document: &Document) -> Result<Policies, PolicyError> {
    let body = document.body.as_deref().unwrap_or_default();
    let code = &document.code;
    let fail = |key, fault| Err(PolicyError { file: code.clone(), place: At::top(key).place(body), fault });
    if document.kind == DocumentKind::Version {
        return parse_confirmed(code, body).and_then(|version| versions.with(version));
    }
    let Some(version) = versions.find(code) else {
        return fail("code", Fault::UnknownVersion(code.clone()));
    };
    match (document.kind, document.valid_until) {
        (DocumentKind::Extension, Some(until)) if until > version.to => {
            let (number, name) = (document.document_number.clone(), document.document_name.clone());
            let extension = Extension { until, number, name };
            Ok(versions.clone().changed(code, |version| version.extended(extension.clone())))
        }
        (DocumentKind::Decomposition, _) => match toml::from_str::<Decomposition>(body) {
            Ok(parts) if version.of_city(parts.metric, parts.year).is_some() => {
                Ok(versions.clone().changed(code, |version| version.decomposed(&parts)))
            }
            Ok(parts) => fail("year", Fault::NoCityQuota(parts.year)),
            Err(_) => fail("targets", Fault::WrongValue),
        },
        _ => fail("valid_until", Fault::NotLater),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &str = "year = 2026\nmetric = \"construction_starts\"\n[targets]\n450721 = 2\n450722 = 2\n";

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
            document(DocumentKind::Decomposition, "qinzhou-2023-2025", Some(PARTS)),
        ];
        let (versions, faults) = with_documents(files, &documents);
        assert_eq!(faults.len(), 2, "{faults:?}");
        let plan = versions.of_year(2026).unwrap();
        assert_eq!(plan.code, "qinzhou-2023-2025", "what goes together holds");
        let counties = plan.quota.iter().filter(|quota| quota.decomposed);
        let targets: Vec<_> = counties.map(|quota| (quota.region.as_deref(), quota.target)).collect();
        assert_eq!(targets, [(Some("450721"), 2), (Some("450722"), 2)]);
    }
}
