//! What an edit changes, and what it leaves alone: a ledger's lead may break rules that the form has, and must
//! be editable all the same. A field that did not change is not at fault, and stays as it is to the letter.

use super::{ContactBody, LeadBody, LeadInput, SourceBody};
use crate::contacts::ContactInput;
use crate::error::FieldErrors;
use serde_json::{Value, json};

/// The fields whose change makes a fault count: the faulty field itself, and what its rule looks at beside.
fn looked_at(field: &str) -> Vec<&str> {
    match field {
        "fixed_investment_fen" => vec![field, "total_investment_fen"],
        "park" => vec![field, "county"],
        field if field.starts_with("source.") => vec!["source"],
        field => vec![field],
    }
}

/// Takes the faults away that the edit did not make.
pub(super) fn forgive(errors: &mut FieldErrors, before: &LeadBody, after: &LeadBody) {
    let is_new_contact = before.contact.is_none() && after.contact.is_some();
    let (before, after) = (json!(before), json!(after));
    errors.0.retain(|fault| {
        (is_new_contact && fault.field.starts_with("contact."))
            || looked_at(&fault.field).into_iter().any(|field| {
                let at = format!("/{}", field.replace('.', "/"));
                tidy(before.pointer(&at)) != tidy(after.pointer(&at))
            })
    });
}

/// Puts what did not change back as it was: a ledger's text may be longer, or spaced otherwise, than an input.
pub(super) fn keep(input: &mut LeadInput, before: &LeadBody, after: &LeadBody) {
    macro_rules! same {
        ($($field:ident),+) => {$(
            if same(&before.$field, &after.$field) {
                input.$field.clone_from(&before.$field);
            }
        )+};
    }
    same!(origin, park, industry_class, content, factor_needs, remark, duplicate_reason);
    for (field, before, after) in [
        (&mut input.title, &before.title, &after.title),
        (&mut input.investor_name, &before.investor_name, &after.investor_name),
    ] {
        if let (true, Some(before)) = (same(before, after), before) {
            field.clone_from(before);
        }
    }
    if let (Some(before), Some(after)) = (&before.source, &after.source) {
        keep_note(&mut input.source, before, after);
    }
    if let (Some(before), Some(after)) = (&before.contact, &after.contact) {
        keep_contact(&mut input.contact, before, after);
    }
}

fn keep_note(source: &mut SourceBody, before: &SourceBody, after: &SourceBody) {
    if same(&before.note, &after.note) {
        source.note.clone_from(&before.note);
    }
}

fn keep_contact(contact: &mut Option<ContactInput>, before: &ContactBody, after: &ContactBody) {
    if tidy(Some(&json!(before))) == tidy(Some(&json!(after))) {
        *contact = Some(ContactInput {
            name: before.name.clone().unwrap_or_default(),
            post: before.post.clone(),
            phone: before.phone.clone(),
            other_phones: before.other_phones.clone(),
            email: before.email.clone(),
            wechat: before.wechat.clone(),
        });
        return;
    }
    let Some(contact) = contact else { return };
    if same(&before.name, &after.name) {
        contact.name = before.name.clone().unwrap_or_default();
    }
    for (field, before, after) in [
        (&mut contact.post, &before.post, &after.post),
        (&mut contact.phone, &before.phone, &after.phone),
        (&mut contact.email, &before.email, &after.email),
        (&mut contact.wechat, &before.wechat, &after.wechat),
    ] {
        if same(before, after) {
            field.clone_from(before);
        }
    }
    if before.other_phones == after.other_phones {
        contact.other_phones.clone_from(&before.other_phones);
    }
}

/// Whether a text did not change, but for what a form loses on the way.
pub(crate) fn same(before: &Option<String>, after: &Option<String>) -> bool {
    tidy(Some(&json!(before))) == tidy(Some(&json!(after)))
}

/// A value as a form sends it back when nobody touched it: outer white space and the kind of line breaks are
/// lost on the way, and nothing is the same as an empty text.
pub(crate) fn tidy(value: Option<&Value>) -> Value {
    match value {
        None => Value::Null,
        Some(Value::String(text)) => match text.trim().replace("\r\n", "\n") {
            text if text.is_empty() => Value::Null,
            text => Value::String(text),
        },
        Some(Value::Object(fields)) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), tidy(Some(value)))).collect())
        }
        Some(other) => other.clone(),
    }
}
