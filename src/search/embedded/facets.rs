//! Counting by value.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;

use super::bits::Bits;
use super::kept::{Values, Which};
use super::scope::with_keyword;
use super::segment::Segment;
use crate::search::error::SearchError;
use crate::search::fields::FacetField;

/// Counts by field and value, summed over segments.
pub(super) type Facets = BTreeMap<FacetField, BTreeMap<String, u64>>;

/// Values read from a column at a time.
const AT_ONCE: usize = 256;
/// Counties, industries, stages, sources; not people.
const FEW_VALUES: usize = 64;
/// With fewer, looking at each is sooner done.
const MANY_DOCUMENTS: u64 = 1_000;

/// Adds one segment's counts of `field`. `matching` fulfils words and scope; of the filters all but the
/// field's own are applied here, so that its other values can be seen and chosen.
pub(super) fn count(
    segment: &Segment<'_>,
    field: FacetField,
    matching: &Bits,
    filtered: &BTreeMap<FacetField, Bits>,
    into: &mut BTreeMap<String, u64>,
) -> Result<(), SearchError> {
    let mut counted = matching.clone();
    filtered.iter().filter(|(other, _)| **other != field).for_each(|(_, passing)| counted.and(passing));
    let Some(column) = segment.reader.fast_fields().str(field.as_str())? else { return Ok(()) };
    let values = segment.kept.values(segment.reader.segment_id(), field, || read(&column))?;
    let counts = if values.len() <= FEW_VALUES && counted.count() > MANY_DOCUMENTS {
        by_value(segment, field, &values, &counted)?
    } else {
        by_document(&column, &counted)
    };
    for (value, count) in values.iter().zip(counts).filter(|(_, count)| *count > 0) {
        match into.get_mut(&**value) {
            Some(sum) => *sum += count,
            None => drop(into.insert(value.to_string(), count)),
        }
    }
    Ok(())
}

/// All values of a column in their order.
fn read(column: &StrColumn) -> Result<Values, SearchError> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream().map_err(tantivy::TantivyError::from)?;
    while stream.advance() {
        values.push(String::from_utf8_lossy(stream.key()).into());
    }
    Ok(values.into())
}

/// Counts set against set: for a field of few values, and many documents.
fn by_value(
    segment: &Segment<'_>,
    field: FacetField,
    values: &Values,
    counted: &Bits,
) -> Result<Vec<u64>, SearchError> {
    let mut counts = Vec::with_capacity(values.len());
    for (ord, value) in (0..).zip(values.iter()) {
        let which = Which::Value { segment: segment.reader.segment_id(), field, ord };
        let having = match segment.kept.get(&which) {
            Some(having) => having,
            None => segment.kept.keep(which, with_keyword(segment, field, value)?),
        };
        counts.push(counted.count_with(&having));
    }
    Ok(counts)
}

/// Counts by looking at each document's value.
fn by_document(column: &StrColumn, counted: &Bits) -> Vec<u64> {
    let mut counts = vec![0; column.num_terms()];
    // Every lead has a value, be it "".
    let ords = column.ords().clone().first_or_default_col(u64::MAX);
    let (mut documents, mut values) = (Vec::with_capacity(AT_ONCE), [0; AT_ONCE]);
    let mut counted = counted.iter();
    loop {
        documents.clear();
        documents.extend(counted.by_ref().take(AT_ONCE));
        if documents.is_empty() {
            return counts;
        }
        let values = &mut values[..documents.len()];
        ords.get_vals(&documents, values);
        for ord in values {
            if let Some(count) = usize::try_from(*ord).ok().and_then(|ord| counts.get_mut(ord)) {
                *count += 1;
            }
        }
    }
}
