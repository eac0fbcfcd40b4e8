//! The bureau or a county asks the chamber of a lead.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::editing::save;
use crate::leads::handlers::load_editable;
use crate::leads::promise::PROMISED_WORKING_DAYS;
use crate::leads::queries::Known;
use crate::questions::model::{self, Question};
use crate::questions::{policy, queries};
use crate::web::precondition::IfMatch;
use serde::Deserialize;
use utoipa::ToSchema;

/// A question to the chamber that a lead came from.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionBody {
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// The lead of a path, whose chamber the actor may ask.
///
/// # Errors
/// As `load_editable`; 409 `no-chamber-to-ask` where the lead came from none.
pub fn load_asked(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Known, AppError> {
    let known = load_editable(conn, actor, id)?;
    if policy::may_ask(actor, &known.lead) { Ok(known) } else { Err(AppError::Conflict("no-chamber-to-ask")) }
}

/// Asks; the question and the lead's version.
///
/// # Errors
/// As `load_asked`; 422 at `text` when it is empty or too long.
pub fn ask(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    lead: &str,
    if_match: IfMatch,
    body: &QuestionBody,
) -> Result<(Question, i64), AppError> {
    let lead = load_asked(conn, actor, lead)?.lead;
    if_match.honour(lead.version)?;
    let text = model::checked(&body.text).map_err(AppError::Invalid)?;
    let chamber = lead.source_chamber_id.clone().ok_or(AppError::Conflict("no-chamber-to-ask"))?;
    let now = clock::now();
    let question = Question {
        id: Id::generate(),
        lead_id: lead.id.clone(),
        chamber_id: chamber,
        text,
        due_on: tools.reference.calendar().add(clock::china_date(now), PROMISED_WORKING_DAYS),
        by_user: actor.user_id.clone(),
        at: now,
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    queries::insert(conn, &question)?;
    let differences = Differences::default().set("question", &question.id).set("due_on", &question.due_on);
    let lead = save(conn, actor, lead, "lead.question", differences, Some(&question.text))?;
    Ok((question, lead.version))
}
