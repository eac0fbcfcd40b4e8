//! Counting by value.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::segment::Segment;
use crate::search::error::SearchError;
use crate::search::fields::FacetField;

/// Counts by field and value, summed over segments.
pub(super) type Facets = BTreeMap<FacetField, BTreeMap<String, u64>>;

/// Values read from a column at a time.
const AT_ONCE: usize = 256;

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
    let mut counts = vec![0u64; column.num_terms()];
    // Every lead has a value, be it "".
    let ords = column.ords().clone().first_or_default_col(u64::MAX);
    let (mut documents, mut values) = (Vec::with_capacity(AT_ONCE), [0; AT_ONCE]);
    let mut counted = counted.iter();
    loop {
        documents.clear();
        documents.extend(counted.by_ref().take(AT_ONCE));
        if documents.is_empty() {
            break;
        }
        let values = &mut values[..documents.len()];
        ords.get_vals(&documents, values);
        for ord in values {
            if let Some(count) = usize::try_from(*ord).ok().and_then(|ord| counts.get_mut(ord)) {
                *count += 1;
            }
        }
    }
    let mut value = String::new();
    for (ord, count) in (0..).zip(counts).filter(|(_, count)| *count > 0) {
        value.clear();
        if column.ord_to_str(ord, &mut value)? {
            *into.entry(value.clone()).or_default() += count;
        }
    }
    Ok(())
}
