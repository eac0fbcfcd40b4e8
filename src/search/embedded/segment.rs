//! One segment of the index while a query runs over it.

use std::sync::Arc;

use tantivy::postings::BlockSegmentPostings;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader};

use super::bits::Bits;
use super::kept::{Kept, Which};
use super::schema::Fields;
use crate::search::error::SearchError;

/// A segment, and what the columns are called.
pub(super) struct Segment<'a> {
    pub(super) reader: &'a SegmentReader,
    pub(super) fields: &'a Fields,
    pub(super) kept: &'a Kept,
}

impl Segment<'_> {
    pub(super) fn documents(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The documents that are not deleted.
    pub(super) fn alive(&self) -> Bits {
        let Some(alive) = self.reader.alive_bitset() else { return Bits::all(self.documents()) };
        let which = Which::Alive { segment: self.reader.segment_id(), stamp: self.reader.delete_opstamp() };
        let kept = self.kept.get(&which).unwrap_or_else(|| {
            let mut set = Bits::none(self.documents());
            alive.iter_alive().for_each(|document| set.insert(document));
            self.kept.keep(which, set)
        });
        Bits::clone(&kept)
    }

    pub(super) fn terms_of(&self, field: Field) -> Result<Arc<InvertedIndexReader>, SearchError> {
        Ok(self.reader.inverted_index(field)?)
    }

    /// The documents that have the term, deleted ones too.
    pub(super) fn with_term(&self, field: Field, term: &str) -> Result<Bits, SearchError> {
        let mut found = Bits::none(self.documents());
        let terms = self.terms_of(field)?;
        if let Some(info) = terms.terms().get(term)? {
            collect(&terms, &info, &mut found)?;
        }
        Ok(found)
    }

    /// The documents that have any of the terms, deleted ones too.
    pub(super) fn with_any_term(&self, field: Field, wanted: &[String]) -> Result<Bits, SearchError> {
        let mut found = Bits::none(self.documents());
        let terms = self.terms_of(field)?;
        for term in wanted {
            if let Some(info) = terms.terms().get(term)? {
                collect(&terms, &info, &mut found)?;
            }
        }
        Ok(found)
    }
}

/// Adds the documents of one term.
pub(super) fn collect(
    terms: &InvertedIndexReader,
    info: &TermInfo,
    found: &mut Bits,
) -> Result<(), SearchError> {
    let mut postings: BlockSegmentPostings =
        terms.read_block_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    while postings.block_len() > 0 {
        postings.docs().iter().for_each(|document| found.insert(*document));
        postings.advance();
    }
    Ok(())
}
