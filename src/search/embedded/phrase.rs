//! The documents that have what a plan wants, where it wants it.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader};

use super::bits::Bits;
use super::compile::{Plan, Slot};
use super::kept::Which;
use super::schema::TextField;
use super::segment::{Segment, collect};
use super::terms;
use crate::search::error::SearchError;

/// A phrase with fewer candidates is looked for anew each time.
const FEW: u64 = 500;

/// The documents among `within` whose field fulfils the plan.
pub(super) fn find(
    segment: &Segment<'_>,
    field: &TextField,
    plan: &Plan,
    within: &Bits,
) -> Result<Bits, SearchError> {
    match plan {
        Plan::Single(wanted) => {
            let mut found = Bits::none(segment.documents());
            if let Some(column) = field.single {
                let column = segment.terms_of(column)?;
                for info in terms::find(&column, wanted)? {
                    collect(&column, &info, &mut found)?;
                }
                found.and(within);
            }
            Ok(found)
        }
        Plan::Positional(slots) => positional(segment, field, slots, within),
        Plan::All(plans) => {
            plans.iter().try_fold(within.clone(), |within, plan| find(segment, field, plan, &within))
        }
    }
}

fn positional(
    segment: &Segment<'_>,
    field: &TextField,
    slots: &Arc<[Slot]>,
    within: &Bits,
) -> Result<Bits, SearchError> {
    let phrase =
        Which::Phrase { segment: segment.reader.segment_id(), field: field.positional, slots: slots.clone() };
    if let Some(kept) = segment.kept.get(&phrase) {
        return Ok(kept.intersection(within));
    }
    let column = segment.terms_of(field.positional)?;
    let mut looked_up = Vec::with_capacity(slots.len());
    for slot in slots.iter() {
        let infos = terms::find(&column, &slot.wanted)?;
        if infos.is_empty() {
            return Ok(Bits::none(segment.documents()));
        }
        looked_up.push((slot.offset, infos));
    }
    // The rarest first, so that few candidates are left before positions are read.
    looked_up.sort_by_key(|(_, infos)| infos.iter().map(|info| u64::from(info.doc_freq)).sum::<u64>());
    let mut having_all = None::<Bits>;
    for (_, infos) in &looked_up {
        let mut having = Bits::none(segment.documents());
        for info in infos {
            collect(&column, info, &mut having)?;
        }
        if let Some(before) = &having_all {
            having.and(before);
        }
        if having.is_empty() {
            return Ok(having);
        }
        having_all = Some(having);
    }
    let all = having_all.unwrap_or_else(|| Bits::none(segment.documents()));
    let wanted = all.intersection(within);
    if looked_up.len() == 1 {
        return Ok(wanted);
    }
    if wanted.count() < FEW {
        return side_by_side(&column, looked_up, &wanted);
    }
    let found = side_by_side(&column, looked_up, &all)?;
    Ok(segment.kept.keep(phrase, found).intersection(within))
}

/// Those of the candidates in which all slots stand side by side.
fn side_by_side(
    column: &InvertedIndexReader,
    looked_up: Vec<(u32, Vec<TermInfo>)>,
    candidates: &Bits,
) -> Result<Bits, SearchError> {
    let mut places = Vec::with_capacity(looked_up.len());
    for (offset, infos) in looked_up {
        places.push(Places::open(column, offset, &infos)?);
    }
    let mut found = Bits::none(candidates.documents());
    candidates
        .iter()
        .filter(|document| aligned(&mut places, *document))
        .for_each(|document| found.insert(document));
    Ok(found)
}

/// Whether all slots have a place at the same distance from their offsets.
fn aligned(places: &mut [Places], document: DocId) -> bool {
    let Some((first, others)) = places.split_first_mut() else { return false };
    first.read(document);
    let starts = &mut first.starts;
    for other in others {
        if starts.is_empty() {
            return false;
        }
        other.read(document);
        starts.retain(|start| other.starts.binary_search(start).is_ok());
    }
    !starts.is_empty()
}

/// The postings of a slot, read forwards.
struct Places {
    offset: u32,
    postings: Vec<SegmentPostings>,
    /// In the present document: the places less the offset, ascending.
    starts: Vec<u32>,
}

impl Places {
    fn open(column: &InvertedIndexReader, offset: u32, infos: &[TermInfo]) -> Result<Places, SearchError> {
        let open = |info| column.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions);
        let postings = infos.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Places { offset, postings, starts: Vec::new() })
    }

    fn read(&mut self, document: DocId) {
        self.starts.clear();
        for postings in &mut self.postings {
            if postings.doc() < document {
                postings.seek(document);
            }
            if postings.doc() == document {
                postings.append_positions_with_offset(0, &mut self.starts);
            }
        }
        // Shifted by what the offset cannot exceed, so that a place before the text's beginning stays apart.
        let shift = u32::MAX / 2 - self.offset;
        self.starts.iter_mut().for_each(|start| *start += shift);
        if self.postings.len() > 1 {
            self.starts.sort_unstable();
        }
    }
}
