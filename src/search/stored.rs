//! What every engine stores of a lead, in which form.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use super::document::LeadDocument;
use super::fields::{FacetField, LeadField};
use super::papers;
use super::settings::{AmountRange, FieldKind, range_of};
use super::tokens::private::{masked, masked_in_name};

/// Active leads come before others.
pub(in crate::search) fn is_active(lead: &LeadDocument) -> bool {
    lead.status == "active"
}

/// Microseconds since 1970: of two equal leads the one changed later comes first.
pub(in crate::search) fn changed_micros(lead: &LeadDocument) -> u64 {
    u64::try_from(lead.updated_at.and_utc().timestamp_micros()).unwrap_or(0) & (u64::MAX >> 1)
}

/// FNV-1a of the id: any order does, as long as it stays.
pub(crate) fn tie(id: &str) -> u64 {
    id.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A day as engines count days: since 1970.
pub(in crate::search) fn days(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days())
}

/// The value by which a field filters and counts; "" is none.
pub(in crate::search) fn keyword<'a>(
    lead: &'a LeadDocument,
    amounts: &'a [AmountRange],
    field: FacetField,
) -> Cow<'a, str> {
    let optional = |value: &'a Option<String>| value.as_deref().unwrap_or_default();
    Cow::Borrowed(match field {
        FacetField::Kind => &lead.kind,
        FacetField::County => &lead.county,
        FacetField::Industry => &lead.industry,
        FacetField::Stage => &lead.stage,
        FacetField::Status => &lead.status,
        FacetField::Source => &lead.source_kind,
        FacetField::Chamber => optional(&lead.chamber_id),
        FacetField::Officer => optional(&lead.officer_id),
        FacetField::Leader => optional(&lead.leader_id),
        FacetField::Investment => range_of(amounts, lead.total_investment_fen),
        FacetField::Registered => {
            return Cow::Owned(lead.registered_on.map(|day| day.year().to_string()).unwrap_or_default());
        }
    })
}

/// The text of a field, without numbers that search must not know; a code is one itself. Of what papers say, at most so
/// many characters for one lead.
pub(in crate::search) fn text(
    lead: &LeadDocument,
    field: LeadField,
    kind: FieldKind,
    of_papers: usize,
) -> String {
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
        LeadField::Attachments => papers::joined(&lead.attachments, of_papers),
        LeadField::ChamberAttachments => papers::joined(&lead.chamber_attachments, of_papers),
    };
    if kind == FieldKind::Code {
        return text;
    }
    let is_name = matches!(field, LeadField::Title | LeadField::InvestorName);
    let without = match if is_name { masked_in_name(&text) } else { masked(&text) } {
        Cow::Owned(without) => Some(without),
        Cow::Borrowed(_) => None,
    };
    without.unwrap_or(text)
}
