//! Which documents exist for the asker, and which pass his filters.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::kept::Which;
use super::schema::{INVESTMENT, REGISTERED};
use super::segment::Segment;
use crate::search::error::SearchError;
use crate::search::fields::FacetField;
use crate::search::query::{Bounds, Filters, LeadScope, SearchQuery};
use crate::search::stored::days;

/// The documents in scope that are not deleted, without those that are gone since.
pub(super) fn in_scope(segment: &Segment<'_>, query: &SearchQuery) -> Result<Bits, SearchError> {
    let SearchQuery { scope, among, gone, phones, .. } = query;
    if query.asks_for_hidden_phone() {
        return Ok(Bits::none(segment.documents()));
    }
    let keyword = |field: FacetField, value: &str| with_keyword(segment, field, value);
    let mut visible = segment.alive();
    match scope {
        LeadScope::All => {}
        LeadScope::County(county) => {
            let mut mine = keyword(FacetField::County, county)?;
            mine.or(&segment.with_term(segment.fields.handed_on_by, county)?);
            visible.and(&mine);
        }
        LeadScope::Leader { user_id, county } => {
            let mut nobodys = keyword(FacetField::County, county)?;
            nobodys.and(&keyword(FacetField::Leader, "")?);
            if !user_id.is_empty() {
                nobodys.or(&keyword(FacetField::Leader, user_id)?);
            }
            visible.and(&nobodys);
        }
        LeadScope::Chamber(chamber) if chamber.is_empty() => visible = Bits::none(segment.documents()),
        LeadScope::Chamber(chamber) => visible.and(&keyword(FacetField::Chamber, chamber)?),
        LeadScope::WithChamber => visible.and_not(&keyword(FacetField::Chamber, "")?),
        LeadScope::Nothing => visible = Bits::none(segment.documents()),
    }
    if let Some(ids) = among {
        let which = Which::Among { segment: segment.reader.segment_id(), stamp: ids.stamp };
        let having = match segment.kept.get(&which) {
            Some(having) => having,
            None => segment.kept.keep(which, segment.with_any_term(segment.fields.id, &ids.ids)?),
        };
        visible.and(&having);
    }
    for hash in phones {
        visible.and(&segment.with_term(segment.fields.phone_hash, hash)?);
    }
    if !gone.is_empty() {
        visible.and_not(&segment.with_any_term(segment.fields.id, gone)?);
    }
    Ok(visible)
}

/// For each field that is filtered by, the documents that pass its filter.
pub(super) fn filtered(
    segment: &Segment<'_>,
    filters: &Filters,
) -> Result<BTreeMap<FacetField, Bits>, SearchError> {
    let mut passing = BTreeMap::new();
    for field in FacetField::ALL {
        let (values, unwanted) = (filters.of(field), filters.without(field));
        if values.is_empty() && unwanted.is_empty() {
            continue;
        }
        let mut any = if values.is_empty() { segment.alive() } else { Bits::none(segment.documents()) };
        for value in values {
            any.or(&with_keyword(segment, field, value)?);
        }
        for value in unwanted {
            any.and_not(&with_keyword(segment, field, value)?);
        }
        passing.insert(field, any);
    }
    let money = filters.investment_fen;
    within(segment, FacetField::Investment, INVESTMENT, money, &mut passing)?;
    let Bounds { from, to } = filters.registered_on;
    let registered = Bounds { from: from.map(days), to: to.map(days) };
    within(segment, FacetField::Registered, REGISTERED, registered, &mut passing)?;
    Ok(passing)
}

/// Narrows what passes a field's filter to the documents whose value lies within the bounds.
fn within(
    segment: &Segment<'_>,
    field: FacetField,
    column: &str,
    bounds: Bounds<i64>,
    passing: &mut BTreeMap<FacetField, Bits>,
) -> Result<(), SearchError> {
    if !bounds.are_set() {
        return Ok(());
    }
    let mut found = Bits::none(segment.documents());
    let column = segment.reader.fast_fields().i64(column)?;
    for document in 0..segment.documents() {
        if column.first(document).is_some_and(|value| bounds.hold(value)) {
            found.insert(document);
        }
    }
    if let Some(others) = passing.get(&field) {
        found.and(others);
    }
    passing.insert(field, found);
    Ok(())
}

/// The documents that have this value of a field, deleted ones too.
pub(super) fn with_keyword(
    segment: &Segment<'_>,
    field: FacetField,
    value: &str,
) -> Result<Bits, SearchError> {
    match segment.fields.keywords.get(&field) {
        Some(column) => segment.with_term(*column, value),
        None => Ok(Bits::none(segment.documents())),
    }
}
