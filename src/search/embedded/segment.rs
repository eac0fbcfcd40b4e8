//! One segment of the index while a query runs over it.

use std::sync::Arc;

use tantivy::postings::BlockSegmentPostings;
use tantivy::postings::TermInfo;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, InvertedIndexReader, SegmentReader};

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
        match self.reader.alive_bitset() {
            Some(alive) => {
                let mut known = BitSet::with_max_value_and_full(self.documents());
                known.intersect_update(alive.bitset());
                Bits::from_set(&known)
            }
            None => Bits::all(self.documents()),
        }
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
