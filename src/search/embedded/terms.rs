//! Looking terms up in one column of one segment.

use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;

use super::compile::Wanted;
use crate::search::error::SearchError;

/// Where the terms of `wanted` that the column has are stored.
pub(super) fn find(terms: &InvertedIndexReader, wanted: &Wanted) -> Result<Vec<TermInfo>, SearchError> {
    match wanted {
        Wanted::Terms(all) => {
            let mut found = Vec::with_capacity(all.len());
            for term in all {
                found.extend(terms.terms().get(term)?);
            }
            Ok(found)
        }
        Wanted::Beginning(beginning) => {
            let mut found = Vec::new();
            beginning_with(terms, beginning, |_, info| found.push(info.clone()))?;
            Ok(found)
        }
        Wanted::Followed { first, by } => {
            let mut found = Vec::new();
            beginning_with(terms, &first.to_string(), |term, info| {
                if term.chars().nth(1).is_some_and(|second| by.contains(&second)) {
                    found.push(info.clone());
                }
            })?;
            Ok(found)
        }
    }
}

/// Calls `with` for each term that begins so, in order.
pub(super) fn beginning_with(
    terms: &InvertedIndexReader,
    beginning: &str,
    mut with: impl FnMut(&str, &TermInfo),
) -> Result<(), SearchError> {
    let mut stream = terms.terms().range().ge(beginning).into_stream()?;
    while let Some((term, info)) = stream.next() {
        match std::str::from_utf8(term) {
            Ok(term) if term.starts_with(beginning) => with(term, info),
            _ => break,
        }
    }
    Ok(())
}
