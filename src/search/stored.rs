//! What every engine stores of a lead, in which form.

use std::borrow::Cow;

use super::document::LeadDocument;
use super::fields::{FacetField, LeadField};
use super::settings::FieldKind;
use super::tokens::private::masked;

/// Active leads come before others.
pub(in crate::search) fn is_active(lead: &LeadDocument) -> bool {
    lead.status == "active"
}

/// Microseconds since 1970: of two equal leads the one changed later comes first.
pub(in crate::search) fn changed_micros(lead: &LeadDocument) -> u64 {
    u64::try_from(lead.updated_at.and_utc().timestamp_micros()).unwrap_or(0) & (u64::MAX >> 1)
}

/// FNV-1a of the id: any order does, as long as it stays.
pub(in crate::search) fn tie(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The value by which a field filters and counts; "" is none.
pub(in crate::search) fn keyword(lead: &LeadDocument, field: FacetField) -> &str {
    match field {
        FacetField::County => &lead.county,
        FacetField::Industry => &lead.industry,
        FacetField::Stage => &lead.stage,
        FacetField::Status => &lead.status,
        FacetField::Source => &lead.source_kind,
        FacetField::Chamber => lead.chamber_id.as_deref().unwrap_or_default(),
        FacetField::Officer => lead.officer_id.as_deref().unwrap_or_default(),
        FacetField::Leader => lead.leader_id.as_deref().unwrap_or_default(),
    }
}

/// The text of a field, without numbers that search must not know; a code is one itself.
pub(in crate::search) fn text(lead: &LeadDocument, field: LeadField, kind: FieldKind) -> String {
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    let text = match field {
        LeadField::Code => lead.code.clone(),
        LeadField::Title => lead.title.clone(),
        LeadField::InvestorName => lead.investor_name.clone(),
        LeadField::Uscc => optional(&lead.uscc),
        LeadField::ContactName => optional(&lead.contact_name),
        LeadField::Content => optional(&lead.content),
        LeadField::Remark => optional(&lead.remark),
        LeadField::FollowUps => lead.follow_ups.join("\n"),
        LeadField::ChamberFollowUps => lead.chamber_follow_ups.join("\n"),
    };
    if kind == FieldKind::Code {
        return text;
    }
    let without = match masked(&text) {
        Cow::Owned(without) => Some(without),
        Cow::Borrowed(_) => None,
    };
    without.unwrap_or(text)
}
