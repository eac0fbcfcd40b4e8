//! What an edit of a project changes, and what it leaves alone, as with leads (`leads::forms::changes`).

use super::{ProjectBody, ProjectInput};
use crate::error::FieldErrors;
use crate::leads::forms::changes::{same, tidy};
use serde_json::json;

/// The fields whose change makes a fault count: the faulty field itself, and what its rule looks at beside.
fn looked_at(fault: &str, field: &str) -> Vec<&'static str> {
    match field {
        "fixed_investment_fen" => vec!["fixed_investment_fen", "total_investment_fen"],
        "park" => vec!["park", "county"],
        "county" if fault == "enclave-outside-zone" => vec!["county", "enclave"],
        field if field.starts_with("source.") => vec!["source"],
        field if field.starts_with("key.") => vec!["key"],
        field if field.starts_with("enclave.") => vec!["enclave"],
        _ => Vec::new(),
    }
}

/// Takes the faults away that the edit did not make.
pub(super) fn forgive(errors: &mut FieldErrors, before: &ProjectBody, after: &ProjectBody) {
    let (before, after) = (json!(before), json!(after));
    errors.0.retain(|fault| {
        let changed = |field: &str| tidy(before.get(field)) != tidy(after.get(field));
        match looked_at(fault.code, &fault.field).as_slice() {
            [] => changed(&fault.field),
            fields => fields.iter().any(|field| changed(field)),
        }
    });
}

/// Puts what did not change back as it was: a ledger's text may be longer, or spaced otherwise, than an input.
pub(super) fn keep(input: &mut ProjectInput, before: &ProjectBody, after: &ProjectBody) {
    macro_rules! same {
        ($($field:ident),+) => {$(
            if same(&before.$field, &after.$field) {
                input.$field.clone_from(&before.$field);
            }
        )+};
    }
    same!(
        origin,
        project_company,
        park,
        industry_class,
        supporting_finding,
        content,
        filing_code,
        phase_of,
        unit,
        progress,
        problems,
        coordination,
        next_step,
        remark
    );
    for (field, before, after) in [
        (&mut input.title, &before.title, &after.title),
        (&mut input.investor_name, &before.investor_name, &after.investor_name),
        (&mut input.county, &before.county, &after.county),
        (&mut input.industry, &before.industry, &after.industry),
    ] {
        if let (true, Some(before)) = (same(before, after), before) {
            field.clone_from(before);
        }
    }
    if let (Some(before), Some(after)) = (&before.source, &after.source)
        && same(&before.note, &after.note)
    {
        input.source.note.clone_from(&before.note);
    }
}
