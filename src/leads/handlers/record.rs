//! A lead: registering, reading, editing.

use super::{load, load_editable, ok};
use crate::accounts::{Actor, Role};
use crate::app::{App, Tools};
use crate::clock;
use crate::contacts;
use crate::db::AnyConn;
use crate::duplicates::queries::Question;
use crate::duplicates::{self, Duplicate, claims};
use crate::error::AppError;
use crate::leads::editing::{as_body, edit};
use crate::leads::forms::{LeadBody, LeadInput};
use crate::leads::registration::{FromLedger, register};
use crate::leads::view::{self, LeadView};
use crate::web::i18n::Message;
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::roles::{LeadCreator, LeadEditor, LeadReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use chrono::NaiveDate;
use serde_json::Value;

/// What came of a report.
#[derive(Debug)]
pub enum Registered {
    Lead(Box<LeadView>),
    /// The company is already here and no reason was given to register it once more.
    Duplicate(Vec<Duplicate>),
    /// A liaison reported what is already here: kept as a later claim, answered by this day.
    LaterClaim(Vec<Duplicate>, NaiveDate),
}

/// `POST /api/v1/leads`
pub async fn create(
    creator: LeadCreator,
    visit: Visit,
    Json(body): Json<LeadBody>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = creator.0;
    let registered =
        app.write(&actor.clone(), move |app, conn| report(conn, app.tools(), &actor, body)).await?;
    match registered {
        Registered::Lead(lead) => Ok(HttpResponse::Created()
            .insert_header((header::LOCATION, format!("/api/v1/leads/{}", lead.id)))
            .insert_header(etag(lead.version))
            .json(lead)),
        Registered::Duplicate(found) => Err(AppError::Duplicates(found)),
        Registered::LaterClaim(found, due) => {
            let text = Message::new("duplicate-registered").text("date", due.to_string());
            let text = app.views.i18n().say(visit.lang, &text);
            let reasons: Vec<Value> = found
                .iter()
                .map(|duplicate| serde_json::json!({ "reason": duplicate.reason, "text": text }))
                .collect();
            Ok(HttpResponse::Conflict().content_type("application/problem+json").json(serde_json::json!({
                "type": "about:blank",
                "title": text,
                "status": 409,
                "code": "duplicates",
                "request_id": visit.request_id,
                "duplicates": reasons,
            })))
        }
    }
}

/// `GET /api/v1/leads/{id}`
pub async fn show(reader: LeadReader, id: Path<String>, app: Data<App>) -> Result<HttpResponse, AppError> {
    let lead = app
        .read(move |app, conn| {
            let known = load(conn, &reader, &id)?;
            view::detail(conn, app.tools(), &reader, &known)
        })
        .await?;
    Ok(ok(&lead))
}

/// `PATCH /api/v1/leads/{id}`: a JSON merge patch.
pub async fn update(
    editor: LeadEditor,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = editor.0;
    let lead = app
        .write(&actor.clone(), move |app, conn| {
            let known = load_editable(conn, &actor, &id)?;
            if_match.require(known.lead.version)?;
            let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
            let contact = contact.map(|contact| contact.open(app.tools().keys)).transpose()?;
            let body: LeadBody = json::merged(&as_body(&known, contact.as_ref()), patch)?;
            let input = LeadInput::check(body, &actor, app.tools().reference, clock::today())?;
            let lead = edit(conn, app.tools(), &actor, known, input)?;
            super::shown(conn, app.tools(), &actor, &lead.id)
        })
        .await?;
    Ok(ok(&lead))
}

/// Registers a report, unless its company is already here and nobody said why once more.
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
    if actor.role == Role::ChamberLiaison
        && let Some(first) = duplicates::queries::first_lead(conn, tools, &question)?
    {
        let due = claims::keep(conn, tools, actor, &first, &text)?;
        return Ok(Registered::LaterClaim(found, due));
    }
    if !found.is_empty() && input.duplicate_reason.is_none() {
        return Ok(Registered::Duplicate(found));
    }
    let lead = register(conn, tools, actor, input, FromLedger::default())?;
    let known = crate::leads::queries::find(conn, actor, &lead.id)?.ok_or(AppError::NotFound)?;
    Ok(Registered::Lead(Box::new(view::detail(conn, tools, actor, &known)?)))
}
