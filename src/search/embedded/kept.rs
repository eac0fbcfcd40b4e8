//! Sets of documents that took long to find and are wanted again: by the next page of an answer, by the same words
//! under another filter, by the next asker. Whose documents they are is not in them: scope is applied after. And the
//! values that a field has, which a segment reads block by block.

use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tantivy::index::SegmentId;
use tantivy::schema::Field;

use super::bits::Bits;
use super::compile::Slot;
use crate::search::fields::FacetField;

/// Segments of fields whose values are kept: some thousand at most in each, of chambers and people.
const MOST_FIELDS: usize = 256;
/// Bytes of sets kept at once. A set over 100,000 leads takes 12,500.
const MOST: u64 = 16 << 20;

/// What a set holds. A segment is never changed, so a set is never out of date; deletions come with a new stamp.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Which {
    /// The documents that are not deleted.
    Alive { segment: SegmentId, stamp: Option<u64> },
    /// The documents that have this value of a field, deleted ones too.
    Value { segment: SegmentId, field: FacetField, ord: u64 },
    /// The documents that have one of some ids (`query::Among`), deleted ones too.
    Among { segment: SegmentId, stamp: u64 },
    /// The documents whose field has the slots' terms at their places, deleted ones too.
    Phrase { segment: SegmentId, field: Field, slots: Arc<[Slot]> },
}

/// The values of a field in one segment, by their numbers there.
pub(super) type Values = Arc<[Box<str>]>;

/// What is kept of one index.
pub(super) struct Kept {
    sets: Cache<Which, Arc<Bits>, Bytes>,
    values: Cache<(SegmentId, FacetField), Values>,
}

impl Kept {
    pub(super) fn get(&self, which: &Which) -> Option<Arc<Bits>> {
        self.sets.get(which)
    }

    pub(super) fn keep(&self, which: Which, set: Bits) -> Arc<Bits> {
        let set = Arc::new(set);
        self.sets.insert(which, set.clone());
        set
    }

    /// The values of a field in a segment, read when they are not known yet.
    pub(super) fn values<E>(
        &self,
        segment: SegmentId,
        field: FacetField,
        read: impl FnOnce() -> Result<Values, E>,
    ) -> Result<Values, E> {
        self.values.get_or_insert_with(&(segment, field), read)
    }
}

impl Default for Kept {
    fn default() -> Kept {
        Kept { sets: Cache::with_weighter(1_000, MOST, Bytes), values: Cache::new(MOST_FIELDS) }
    }
}

/// Weighs a set by its size.
#[derive(Clone)]
struct Bytes;

impl Weighter<Which, Arc<Bits>> for Bytes {
    fn weight(&self, _: &Which, set: &Arc<Bits>) -> u64 {
        set.bytes()
    }
}
