//! `/api/v1/leads`, `/api/v1/leads/{id}`

use super::{Registered, refuse_new_duplicates, report};
use crate::app::App;
use crate::clock;
use crate::contacts;
use crate::db::Id;
use crate::duplicates::AlreadyRegistered;
use crate::error::AppError;
use crate::leads::editing::{as_body, edit};
use crate::leads::forms::{LeadBody, LeadInput};
use crate::leads::handlers::{load, load_editable, ok, shown};
use crate::leads::model::DuplicateReason;
use crate::leads::view;
use crate::web::i18n::Message;
use crate::web::json::{self, Json};
use crate::web::precondition::{IfMatch, etag};
use crate::web::problem::{Known, Problem};
use crate::web::roles::{LeadCreator, LeadReader};
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path};
use serde_json::Value;

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
        Registered::LaterClaim(found, due) => {
            let said = Message::new("duplicate-registered").text("date", due.to_string());
            let known = found.into_iter().map(|duplicate| (duplicate.reason, None)).collect();
            Ok(already_registered(&app, &visit, &said, known))
        }
        Registered::Own(own) => {
            let said = Message::new("report-known").text("code", own.code);
            Ok(already_registered(&app, &visit, &said, vec![(own.reason, Some(own.id))]))
        }
    }
}

/// 409 that tells a liaison as much as he may know of the leads that are registered, with the id of his own.
fn already_registered(
    app: &App,
    visit: &Visit,
    said: &Message,
    leads: Vec<(DuplicateReason, Option<Id>)>,
) -> HttpResponse {
    let text = app.views.i18n().say(visit.lang, said);
    let known = leads.into_iter().map(|(reason, lead_id)| {
        Known::Registered(AlreadyRegistered { reason, text: text.clone(), lead_id })
    });
    let problem = Problem {
        duplicates: Some(known.collect()),
        ..Problem::new(text.clone(), StatusCode::CONFLICT, "duplicates", Some(visit))
    };
    problem.answer(HttpResponse::Conflict())
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
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(patch): Json<Value>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let actor = reader.0;
    let lead = app
        .write(&actor.clone(), move |app, conn| {
            let known = load_editable(conn, &actor, &id)?;
            if_match.require(known.lead.version)?;
            let contact = contacts::queries::of_lead(conn, &known.lead.id)?;
            let contact = contact.map(|contact| contact.open(app.tools().keys)).transpose()?;
            let names_park = patch.get("park").is_some();
            let before = as_body(&known, contact.as_ref());
            let reason_given = patch["duplicate_reason"].as_str().is_some_and(|text| !text.trim().is_empty());
            let takes_day_away = patch.get("registered_on").is_some_and(Value::is_null);
            let mut body: LeadBody = json::merged(&before, patch)?;
            if takes_day_away {
                return Err(AppError::invalid("registered_on", "required"));
            }
            // Parks lie in their county: handed on without another one named, the lead has none.
            if !names_park && body.county.as_ref() != Some(&known.lead.county) {
                body.park = None;
            }
            let input = LeadInput::check_edit(&before, body, &actor, &app.reference, clock::today())?;
            if !reason_given {
                refuse_new_duplicates(conn, app.tools(), &actor, &known, &input)?;
            }
            let lead = edit(conn, app.tools(), &actor, known, input)?;
            shown(conn, app.tools(), &actor, &lead.id)
        })
        .await?;
    Ok(ok(&lead))
}
