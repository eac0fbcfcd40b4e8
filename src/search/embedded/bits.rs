//! A set of the documents of one segment.

use tantivy::DocId;

/// One bit for each document of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    documents: u32,
}

impl Bits {
    pub(super) fn none(documents: u32) -> Bits {
        Bits { words: vec![0; documents.div_ceil(64) as usize], documents }
    }

    pub(super) fn all(documents: u32) -> Bits {
        let mut words = vec![u64::MAX; documents.div_ceil(64) as usize];
        if let Some(last) = words.last_mut().filter(|_| !documents.is_multiple_of(64)) {
            *last = (1 << (documents % 64)) - 1;
        }
        Bits { words, documents }
    }

    /// How many documents the segment has.
    pub(super) fn documents(&self) -> u32 {
        self.documents
    }

    pub(super) fn insert(&mut self, document: DocId) {
        if let Some(word) = self.words.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    pub(super) fn count(&self) -> u64 {
        self.words.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// How many documents are in both.
    pub(super) fn count_with(&self, other: &Bits) -> u64 {
        self.words.iter().zip(&other.words).map(|(a, b)| u64::from((a & b).count_ones())).sum()
    }

    /// What it takes in memory.
    pub(super) fn bytes(&self) -> u64 {
        8 * self.words.len() as u64
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    pub(super) fn and(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= b);
    }

    pub(super) fn intersection(&self, other: &Bits) -> Bits {
        let words = self.words.iter().zip(&other.words).map(|(a, b)| a & b).collect();
        Bits { words, documents: self.documents }
    }

    pub(super) fn or(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a |= b);
    }

    pub(super) fn and_not(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(a, b)| *a &= !b);
    }

    /// The documents, descending.
    pub(super) fn iter_back(&self) -> impl Iterator<Item = DocId> {
        (0u32..self.words.len() as u32).zip(&self.words).rev().flat_map(|(place, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| 63 - rest.leading_zeros())?;
                rest &= !(1 << bit);
                Some(place * 64 + bit)
            })
        })
    }

    /// The documents, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> {
        (0u32..).zip(&self.words).flat_map(|(place, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(place * 64 + bit)
            })
        })
    }
}
