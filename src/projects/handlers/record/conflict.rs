//! Somebody saved the project while its form was open: both versions field by field, as with leads
//! (`leads::handlers::record::conflict`), and nothing typed is lost.
//!
//! What stood there when the form was filled is today's project with the changes of each later version taken back:
//! every version has one entry in the trail.

use super::entry::Start;
use crate::app::App;
use crate::audit;
use crate::audit::queries::AuditEntry;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::forms::SourceBody;
use crate::leads::pages::{ConflictField, Shown};
use crate::money;
use crate::projects::forms::{ProjectBody, page};
use crate::projects::handlers::load_editable;
use crate::projects::handlers::small_page::{Reader, head};
use crate::projects::pages::Conflict;
use crate::projects::queries;
use crate::web::filled::Filled;
use crate::web::form::Form;
use crate::web::precondition::IfMatch;
use crate::web::visit::Visit;
use crate::{chambers, companies, events, referrers};
use actix_web::HttpResponse;
use serde_json::{Value, json};

/// 412 with the page of both versions.
pub(super) async fn page(
    app: &App,
    visit: &Visit,
    reader: Reader,
    id: String,
    form: Form,
) -> Result<HttpResponse, AppError> {
    let page = app.read(move |app, conn| compared(conn, app, &reader, &id, &form)).await?;
    visit.page_with(app, &page, HttpResponse::PreconditionFailed())
}

fn compared(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    id: &str,
    form: &Form,
) -> Result<Conflict, AppError> {
    let project = load_editable(conn, &reader.actor, id)?;
    let start = Start::of(conn, app, &reader.actor, &project)?;
    let theirs = start.filled();
    let seen = match form.version() {
        IfMatch::Version(version) => version,
        IfMatch::Missing | IfMatch::Any | IfMatch::OneOf(_) => project.version,
    };
    let since = audit::queries::versions_since(conn, "project", project.id.as_str(), project.version - seen)?;
    let before = before(conn, &start, &theirs, &since)?;
    let mut conflict = Conflict {
        project: head(&project),
        by: since.first().map(|entry| entry.actor_name.clone()),
        at: since.first().map(|entry| entry.at),
        ..Conflict::default()
    };
    let value = |filled: &Filled, name: &str| filled.values.get(name).cloned().unwrap_or_default();
    for name in page::FIELDS.iter().filter(|name| form.is_checked(name)) {
        let mine = form.text(name).unwrap_or_default();
        let (was, now) = (value(&before, name), value(&theirs, name));
        if same(name, &was, &now) || same(name, &mine, &now) {
            conflict.kept.push(((*name).to_owned(), mine));
            continue;
        }
        conflict.fields.push(ConflictField {
            name: (*name).to_owned(),
            mine: named(conn, app, reader, name, &mine)?,
            theirs: named(conn, app, reader, name, &now)?,
            keep_mine: !same(name, &was, &mine),
            mine_value: mine,
            theirs_value: now,
        });
    }
    Ok(conflict)
}

/// The form as it was filled then.
fn before(
    conn: &mut AnyConn,
    start: &Start,
    theirs: &Filled,
    since: &[AuditEntry],
) -> Result<Filled, AppError> {
    let mut body = json!(start.body);
    // The latest first, so that the earliest entry of a field has the last word.
    // Other entries (of the contract, of milestones) have fields of their own by the same names.
    for entry in since.iter().filter(|entry| entry.action == "project.update") {
        for (name, change) in entry.differences.0.as_object().into_iter().flatten() {
            if let Some(field) = body.get_mut(name) {
                *field = change.get("from").cloned().unwrap_or(Value::Null);
            }
        }
    }
    let body: ProjectBody = serde_json::from_value(body).map_err(|e| AppError::Internal(e.into()))?;
    let names = source_names(conn, body.source.as_ref())?;
    let names = names.each_ref().map(|name| name.as_deref());
    let origin = theirs.values.get("origin").map(String::as_str);
    let first_phase = match body.phase_of.as_ref().and_then(|id| id.parse::<Id>().ok()) {
        Some(id) => queries::code_of(conn, &id)?,
        None => None,
    };
    Ok(page::filled(&body, names, origin, first_phase.as_deref()))
}

/// Names of the records that a source had.
fn source_names(conn: &mut AnyConn, source: Option<&SourceBody>) -> Result<[Option<String>; 3], AppError> {
    let source = source.cloned().unwrap_or_default();
    let chamber = match source.chamber_id {
        Some(id) => chambers::queries::find(conn, &id)?.map(|chamber| chamber.name),
        None => None,
    };
    let referrer = match source.referrer_id {
        Some(id) => referrers::queries::find(conn, &id)?.map(|referrer| referrer.name),
        None => None,
    };
    let enterprise = match source.enterprise_id.and_then(|id| id.parse::<Id>().ok()) {
        Some(id) => companies::queries::find(conn, &id)?.map(|company| company.name),
        None => None,
    };
    Ok([chamber, referrer, enterprise])
}

/// Amounts are the same however they are written.
fn same(name: &str, one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace([',', '，', ' '], "").parse::<f64>().ok();
    one == other
        || match name {
            "total_investment" | "fixed_investment" => {
                matches!((money::fen_from_wan(one), money::fen_from_wan(other)), (Some(a), Some(b)) if a == b)
            }
            "land_mu" | "factory_m2" | "jobs" => {
                matches!((plain(one), plain(other)), (Some(a), Some(b)) if a == b)
            }
            _ => false,
        }
}

/// What a field says; a record that it names by its id is looked up.
fn named(conn: &mut AnyConn, app: &App, reader: &Reader, name: &str, value: &str) -> Result<Shown, AppError> {
    let event = if name == "source_event" { events::queries::find(conn, value)? } else { None };
    Ok(event.map_or_else(|| shown(app, reader, name, value), |event| Shown::Text(event.title)))
}

fn shown(app: &App, reader: &Reader, name: &str, value: &str) -> Shown {
    if name == "supporting_project" {
        return Shown::Word((if value.is_empty() { "said-no" } else { "said-yes" }).to_owned());
    }
    if value.is_empty() {
        return Shown::Nothing;
    }
    let (reference, lang) = (&app.reference, reader.lang.code());
    let text = || Shown::Text(value.to_owned());
    match name {
        "total_investment" | "fixed_investment" => money::fen_from_wan(value).map_or_else(text, Shown::Money),
        "source_kind" => Shown::Word(format!("source-{value}")),
        "key_basis" => Shown::Word(format!("key-basis-{value}")),
        "land_use" => Shown::Word(format!("land-use-{value}")),
        "county" | "enclave_county" => Shown::Text(reference.region_name(value, lang).to_owned()),
        "industry" => Shown::Text(reference.industry_name(value, lang).to_owned()),
        "park" => reference.park(value).map_or_else(text, |park| Shown::Text(park.name(lang).to_owned())),
        _ => text(),
    }
}
