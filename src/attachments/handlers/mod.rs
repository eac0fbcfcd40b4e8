//! HTTP of attachments, one resource a file: HTML and JSON of the same resource side by side.

pub mod content;
pub mod deletion;
pub mod list;
pub mod page;
pub mod record;

use super::model::{AttachmentKind, OwnerKind};
use super::owner::OwnerName;
use crate::db::Id;
use crate::error::FieldErrors;
use crate::milestones::model::MilestoneKind;
use std::str::FromStr;

/// The record that `owner_kind`, `owner_id` and `milestone` name; what is wrong goes to the faults. An id that is
/// none names nothing.
pub fn owner_name<'a>(
    field: impl Fn(&str) -> Option<&'a str>,
    errors: &mut FieldErrors,
) -> Option<OwnerName> {
    let kind: Option<OwnerKind> = word(&field, "owner_kind", true, errors);
    let id: Option<Id> = word(&field, "owner_id", true, errors);
    let is_milestone = kind == Some(OwnerKind::Milestone);
    let milestone: Option<MilestoneKind> = word(&field, "milestone", is_milestone, errors);
    if milestone.is_some() && !is_milestone {
        errors.add("milestone", "unknown-field");
    }
    Some(OwnerName { kind: kind?, id: id?, milestone })
}

/// The kind of a paper.
fn kind<'a>(field: impl Fn(&str) -> Option<&'a str>, errors: &mut FieldErrors) -> Option<AttachmentKind> {
    word(&field, "kind", true, errors)
}

fn word<'a, T: FromStr>(
    field: impl Fn(&str) -> Option<&'a str>,
    name: &'static str,
    required: bool,
    errors: &mut FieldErrors,
) -> Option<T> {
    let Some(text) = field(name) else {
        if required {
            errors.add(name, "required");
        }
        return None;
    };
    let value = text.parse().ok();
    if value.is_none() {
        errors.add(name, "unknown");
    }
    value
}
