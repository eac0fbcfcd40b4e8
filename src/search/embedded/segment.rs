//! One segment of the index while a query runs over it.

use std::sync::Arc;

use tantivy::postings::BlockSegmentPostings;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{InvertedIndexReader, SegmentReader};

use super::bits::Bits;
use super::schema::Fields;
use crate::search::error::SearchError;

/// A segment, and what the columns are called.
pub(super) struct Segment<'a> {
    pub(super) reader: &'a SegmentReader,
    pub(super) fields: &'a Fields,
}

impl Segment<'_> {
    pub(super) fn documents(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The documents that are not deleted.
    pub(super) fn alive(&self) -> Bits {
        let mut alive = Bits::all(self.documents());
        if self.reader.has_deletes() {
            let mut dead = Bits::none(self.documents());
            (0..self.documents()).filter(|doc| self.reader.is_deleted(*doc)).for_each(|doc| dead.insert(doc));
            alive.and_not(&dead);
        }
        alive
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
