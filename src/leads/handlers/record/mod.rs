//! A lead: registering, reading, editing.

mod api;
mod conflict;
mod entry;
mod events;
mod form;
mod own;
mod report;
mod show;

pub use api::{create, show, update};
pub use form::{
    class_choice, class_groups, edit_form, likenesses, new_form, origin_names, park_groups, submit,
    submit_edit,
};
pub use show::page;

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::claims;
use crate::clock;
use crate::db::AnyConn;
use crate::duplicates::own::{OwnLead, own_lead};
use crate::duplicates::queries::Question;
use crate::duplicates::{self, Duplicate};
use crate::error::AppError;
use crate::leads::forms::{LeadBody, LeadInput};
use crate::leads::queries::{self, Known};
use crate::leads::registration::{FromLedger, register};
use crate::leads::view::{self, LeadView};
use chrono::NaiveDate;

/// What came of a report.
#[derive(Debug)]
pub enum Registered {
    Lead(Box<LeadView>),
    /// A liaison reported what is already here: kept as a later claim, answered by this day.
    LaterClaim(Vec<Duplicate>, NaiveDate),
    /// A liaison reported what is his chamber's already: nothing is kept.
    Own(OwnLead),
}

/// 409 with the leads of the company that this edit, and not its state before, says the investor is.
pub fn refuse_new_duplicates(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    known: &Known,
    input: &LeadInput,
) -> Result<(), AppError> {
    let before = Question::of(known);
    let after = Question {
        investor_name: Some(input.investor_name.clone()),
        uscc: input.uscc.clone(),
        except: Some(known.lead.id.clone()),
        ..Question::default()
    };
    if (&before.investor_name, &before.uscc) == (&after.investor_name, &after.uscc) {
        return Ok(());
    }
    let found = duplicates::queries::newly_same_company(conn, tools, actor, &before, &after)?;
    if found.is_empty() { Ok(()) } else { Err(AppError::Duplicates(found)) }
}

/// Registers a report.
///
/// # Errors
/// 409 with the leads of the same company, when nobody said why it is registered once more.
pub fn report(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    body: LeadBody,
) -> Result<Registered, AppError> {
    let text = serde_json::to_string(&body).map_err(|e| AppError::Internal(e.into()))?;
    let input = LeadInput::check(body, actor, tools.reference, clock::today())?;
    let question = Question {
        investor_name: Some(input.investor_name.clone()),
        uscc: input.uscc.clone(),
        ..Question::default()
    };
    let found = duplicates::queries::same_company(conn, tools, actor, &question)?;
    if actor.role == Role::ChamberLiaison {
        if let Some(own) = own_lead(conn, actor, &found)? {
            return Ok(Registered::Own(own));
        }
        if let Some(first) = duplicates::queries::first_lead(conn, tools, &question)? {
            let due = claims::filing::keep(conn, tools, actor, &first, &text)?;
            return Ok(Registered::LaterClaim(found, due));
        }
    }
    if !found.is_empty() && input.duplicate_reason.is_none() {
        return Err(AppError::Duplicates(found));
    }
    let lead = register(conn, tools, actor, input, FromLedger::default())?;
    let known = queries::find(conn, actor, &lead.id)?.ok_or(AppError::NotFound)?;
    Ok(Registered::Lead(Box::new(view::detail(conn, tools, actor, &known)?)))
}
