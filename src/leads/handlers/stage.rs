//! `/leads/{id}/stage`: moving a lead on, or back with a reason.

use super::small_page::{Reader, head, show, submit as submit_small};
use super::{change, load_editable, ok};
use crate::accounts::Actor;
use crate::app::{App, Tools};
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::leads::editing::save;
use crate::leads::model::{Lead, Stage, StageChange};
use crate::leads::pages::{Missing, StageChoice, StageMove as StagePage, requirement_href};
use crate::leads::queries::{self, Known};
use crate::leads::rules::{self, MoveRefusal};
use crate::web::filled::Filled;
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

/// A move on, or back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageMove {
    pub to: Stage,
    /// Needed to move back.
    #[serde(default)]
    pub reason: Option<String>,
}

/// `POST /api/v1/leads/{id}/stage {to, reason?}`
pub async fn create(
    reader: LeadReader,
    id: Path<String>,
    if_match: IfMatch,
    Json(wanted): Json<StageMove>,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let lead =
        change(&app, reader.0, move |conn, tools, actor| move_to(conn, tools, actor, &id, if_match, wanted))
            .await?;
    Ok(ok(&lead))
}

/// `GET /leads/{id}/stage`
pub async fn form(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    show(&app, &visit, reader.0, id.into_inner(), Filled::new(), page).await
}

/// `POST /leads/{id}/stage`
pub async fn submit(
    reader: LeadReader,
    id: Path<String>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let done = Message::new("lead-moved");
    let work = |conn: &mut AnyConn, tools: Tools<'_>, actor: &Actor, id: &str, seen, form: &mut Form| {
        let to = form.chosen("to")?;
        let reason = form.text("reason");
        move_to(conn, tools, actor, id, seen, StageMove { to, reason }).map_err(at_fields)
    };
    submit_small(&app, &visit, reader.0, id.into_inner(), form, done, work, page).await
}

/// What a stage asks for is told at the stage that was chosen: the page lists it there.
fn at_fields(error: AppError) -> AppError {
    match error {
        AppError::Invalid(errors) if errors.0.iter().any(|fault| fault.code == "required-for-stage") => {
            AppError::invalid("to", "required-for-stage")
        }
        other => other,
    }
}

fn page(
    conn: &mut AnyConn,
    app: &App,
    _: &Reader,
    known: Known,
    mut form: Filled,
) -> Result<StagePage, AppError> {
    let lead = &known.lead;
    let facts = queries::completeness(conn, &known)?;
    if let Some(next) = rules::next_stage(lead.stage) {
        form.values.entry("to".to_owned()).or_insert_with(|| next.to_string());
    }
    let stages = Stage::ALL.iter().map(|stage| {
        let required = app.reference.stages().required_up_to(stage.as_str());
        let missing = if *stage > lead.stage { rules::missing(lead, &facts, &required) } else { Vec::new() };
        StageChoice {
            code: stage.to_string(),
            now: *stage == lead.stage,
            back: *stage < lead.stage,
            missing: missing
                .into_iter()
                .map(|field| Missing { href: Some(requirement_href(lead.id.as_str(), &field)), field })
                .collect(),
        }
    });
    Ok(StagePage { lead: head(lead), form, stages: stages.collect() })
}

/// Moves the lead, if what the stage requires is there.
pub fn move_to(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    id: &str,
    if_match: IfMatch,
    wanted: StageMove,
) -> Result<Lead, AppError> {
    let known = load_editable(conn, actor, id)?;
    if_match.honour(known.lead.version)?;
    let reason = wanted.reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let facts = queries::completeness(conn, &known)?;
    let required = tools.reference.stages().required_up_to(wanted.to.as_str());
    rules::check_move(&known.lead, &facts, wanted.to, reason.as_deref(), &required).map_err(refused)?;
    let mut lead = known.lead;
    let change = StageChange {
        id: Id::generate(),
        lead_id: lead.id.clone(),
        from_stage: lead.stage,
        to_stage: wanted.to,
        reason: reason.clone(),
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    let differences = Differences::default().field("stage", &lead.stage, &wanted.to);
    queries::insert_stage_change(conn, change)?;
    lead.stage = wanted.to;
    save(conn, actor, lead, "lead.stage", differences, reason.as_deref())
}

fn refused(refusal: MoveRefusal) -> AppError {
    match refusal {
        MoveRefusal::NotActive => AppError::Conflict("lead-not-active"),
        MoveRefusal::SameStage => AppError::invalid("to", "same-stage"),
        MoveRefusal::ReasonRequired => AppError::invalid("reason", "reason-required"),
        MoveRefusal::Missing(fields) => {
            let mut errors = FieldErrors::default();
            for field in fields {
                errors.add(field, "required-for-stage");
            }
            AppError::Invalid(errors)
        }
    }
}
