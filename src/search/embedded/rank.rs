//! The best documents of a result, in an order that stays the same from page to page.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocAddress;

use super::bits::Bits;
use super::schema::{RANK, TIE};
use super::segment::Segment;
use crate::search::error::SearchError;

/// What decides, in this order: score, then activity and time of change, then the id's tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    score: Score,
    rank: u64,
    tie: u64,
    address: DocAddress,
}

/// A score that can be compared; never NaN, as it is a sum of weights.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Score(f32);

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Score) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Score) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Keeps the best `most` documents of all that it is shown.
pub(super) struct Best {
    most: usize,
    kept: BinaryHeap<Reverse<Key>>,
}

impl Best {
    pub(super) fn new(most: usize) -> Best {
        Best { most, kept: BinaryHeap::new() }
    }

    /// Takes in the documents of a segment, `scores` by document (or empty: all equal).
    pub(super) fn take(
        &mut self,
        segment: &Segment<'_>,
        ordinal: u32,
        documents: &Bits,
        scores: &[f32],
    ) -> Result<(), SearchError> {
        if self.most == 0 {
            return Ok(());
        }
        let rank = segment.reader.fast_fields().column_first_or_default::<u64>(RANK)?;
        let tie = segment.reader.fast_fields().column_first_or_default::<u64>(TIE)?;
        // Later documents were mostly changed later: seen first, they let most of the others be passed over.
        for document in documents.iter_back() {
            let score = Score(scores.get(document as usize).copied().unwrap_or(0.0));
            let worst = self.kept.peek().filter(|_| self.kept.len() >= self.most).map(|Reverse(key)| *key);
            if worst.is_some_and(|worst| score < worst.score) {
                continue;
            }
            let rank = rank.get_val(document);
            if worst.is_some_and(|worst| (score, rank) < (worst.score, worst.rank)) {
                continue;
            }
            let tie = tie.get_val(document);
            let key = Key { score, rank, tie, address: DocAddress::new(ordinal, document) };
            if worst.is_none_or(|worst| key > worst) {
                self.kept.push(Reverse(key));
            }
            if self.kept.len() > self.most {
                self.kept.pop();
            }
        }
        Ok(())
    }

    /// The best first, with their scores.
    pub(super) fn in_order(self) -> Vec<(f32, DocAddress)> {
        self.kept.into_sorted_vec().into_iter().map(|Reverse(key)| (key.score.0, key.address)).collect()
    }
}
