//! `/leads/{id}/merger`: a lead that was registered twice becomes one with the lead that stays.

use super::closure::status_change;
use super::small_page::{Reader, head, show, submit as submit_small};
use super::{change, load_editable, ok};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::attributions;
use crate::audit::Differences;
use crate::companies::uscc::Uscc;
use crate::db::{AnyConn, Id};
use crate::duplicates;
use crate::duplicates::queries::Question;
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::model::{Lead, Status};
use crate::leads::pages::Merger as MergerPage;
use crate::leads::policy;
use crate::leads::queries::{self, Known};
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::json::Json;
use crate::web::precondition::IfMatch;
use crate::web::roles::LeadReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

/// The merger of a lead that was registered twice.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadMerger {
    /// The lead that stays, by id or code.
    pub into: String,
    #[schema(min_length = 1)]
    pub reason: String,
}

/// `POST /api/v1/leads/{id}/merger {into, reason}` → the merged lead, with the one it went into
pub async fn create(
    editor: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(merger): Json<LeadMerger>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lead = change(&app, editor.0, move |conn, _, actor| Ok(merge(conn, actor, &id, if_match, merger)?.0))
        .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/merger`
pub async fn form(
    editor: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, editor.0, id.into_inner(), Filled::new(), page).await
}

/// `POST /leads/{id}/merger`; goes on to the lead that stays. A code that was typed counts before a choice.
pub async fn submit(
    editor: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-merged-now");
    let work = |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let into = form.text("into_code").or_else(|| form.text("into")).unwrap_or_default();
        let reason = form.text("reason").unwrap_or_default();
        let merged = merge(conn, actor, id, seen, LeadMerger { into, reason }).map_err(at_code)?;
        Ok(merged.1)
    };
    submit_small(&app, &visit, editor.0, id.into_inner(), form, done, work, page).await
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: Known,
    form: Filled,
) -> Result<MergerPage, AppError> {
    let choices: Vec<Choice> = same_company(conn, app, reader, &known)?
        .into_iter()
        .map(|lead| {
            let county = app.reference.region_name(&lead.county, reader.lang.code());
            Choice::named(
                &lead.code,
                format!("{} {} · {county} · {}", lead.code, lead.title, lead.registered_on),
            )
        })
        .collect();
    let form = match (choices.as_slice(), form.values.is_empty()) {
        ([only], true) => form.value("into", &only.value),
        _ => form,
    };
    Ok(MergerPage { lead: head(&known.lead), form, choices })
}

/// Leads of the same company that this one could be merged into.
fn same_company(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    known: &Known,
) -> Result<Vec<Lead>, AppError> {
    let question = Question {
        investor_name: Some(known.lead.investor_name.clone()),
        uscc: known.uscc.as_deref().and_then(|code| Uscc::parse(code).ok()),
        except: Some(known.lead.id.clone()),
        ..Question::default()
    };
    let mut leads = Vec::new();
    for duplicate in duplicates::queries::same_company(conn, app.tools(), &reader.actor, &question)? {
        let Some(id) = duplicate.lead_id else { continue };
        let found = queries::find(conn, &reader.actor, &id)?.map(|known| known.lead);
        leads.extend(
            found.filter(|lead| lead.status != Status::Merged && policy::may_edit(&reader.actor, lead)),
        );
    }
    Ok(leads)
}

/// Merges a lead into the one that stays, which the actor must be allowed to change, too: (merged, stayed).
///
/// The one that stays keeps its fields but for the chamber that has the credit (`attributions::merging`); follow-ups stay where they were written and are read from there.
pub fn merge(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    merger: LeadMerger,
) -> Result<(Lead, Lead), AppError> {
    let mut lead = load_editable(conn, actor, id)?.lead;
    if_match.honour(lead.version)?;
    let reason = merger.reason.trim().to_owned();
    let mut errors = FieldErrors::default();
    if reason.is_empty() {
        errors.add("reason", "reason-required");
    }
    let into = named(conn, actor, merger.into.trim())?;
    match &into {
        _ if merger.into.trim().is_empty() => errors.add("into", "required"),
        None => errors.add("into", "unknown-lead"),
        Some(into) if into.id == lead.id => errors.add("into", "same-lead"),
        Some(into) if !policy::may_edit(actor, into) => {
            return Err(AppError::ForbiddenFields(FieldErrors::one("into", "other-county")));
        }
        Some(into) if into.status == Status::Merged => errors.add("into", "into-merged"),
        Some(_) => {}
    }
    errors.into_result()?;
    let into = into.ok_or(AppError::NotFound)?;
    queries::insert_status_change(
        conn,
        status_change(actor, &lead, Status::Merged, None, Some(reason.clone())),
    )?;
    let differences = Differences::default()
        .field("status", &lead.status, &Status::Merged)
        .field("closure_kind", &lead.closure_kind, &None)
        .set("merged_into", &into.code);
    let told = Differences::default().set("merged", &lead.code);
    lead.status = Status::Merged;
    lead.merged_into = Some(into.id.clone());
    (lead.hold_reason, lead.hold_until) = (None, None);
    (lead.closure_kind, lead.closure_reason, lead.closed_at) = (None, None, None);
    // The lead that stays says more than before: a new version, and an entry of its own. Always the older row
    // first, so that two mergers of the same leads do not wait for each other.
    let mut write = |lead: Lead, told| save(conn, actor, lead, "lead.merge", told, Some(&reason));
    let (lead, into) = if lead.id < into.id {
        let lead = write(lead, differences)?;
        (lead, write(into, told)?)
    } else {
        let into = write(into, told)?;
        (write(lead, differences)?, into)
    };
    let into = attributions::merging::merge(conn, actor, &lead, into, &reason)?;
    Ok((lead, into))
}

/// A lead that exists for the actor, by id or code.
fn named(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> Result<Option<Lead>, AppError> {
    let known = match id_or_code.parse::<Id>() {
        Ok(id) => queries::find(conn, actor, &id)?,
        Err(_) => queries::find_by_code(conn, actor, &id_or_code.to_uppercase())?,
    };
    Ok(known.map(|known| known.lead))
}

/// On the page, what is wrong with the other lead stands at the field where its code is typed.
fn at_code(error: AppError) -> AppError {
    let moved = |mut errors: FieldErrors| {
        for fault in errors.0.iter_mut().filter(|fault| fault.field == "into") {
            fault.field = "into_code".into();
        }
        errors
    };
    match error {
        AppError::Invalid(errors) => AppError::Invalid(moved(errors)),
        AppError::ForbiddenFields(errors) => AppError::ForbiddenFields(moved(errors)),
        other => other,
    }
}
