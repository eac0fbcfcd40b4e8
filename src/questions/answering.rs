//! The chamber's liaison answers: once, told to who asked, kept in the trail.

use crate::accounts::Actor;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::editing::save;
use crate::leads::handlers::load;
use crate::leads::model::{Lead, Status};
use crate::questions::model::{self, Question};
use crate::questions::{policy, queries};
use crate::web::precondition::IfMatch;
use serde::Deserialize;
use utoipa::ToSchema;

/// What the chamber answers.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionAnswerBody {
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// The question of a path and its lead, which the actor may answer. Outside his leads and his chamber's questions
/// it does not exist (404); who reads it and is no liaison may not (403).
pub fn load_question(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &str,
    id: &str,
) -> Result<(Lead, Question), AppError> {
    let lead = load(conn, actor, lead)?.lead;
    if !policy::answers(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    let question = queries::find(conn, actor, &lead.id, &id)?.ok_or(AppError::NotFound)?;
    Ok((lead, question))
}

/// Answers; the question and the lead's version.
///
/// # Errors
/// 409 `question-answered`, or `lead-merged`; 422 at `text` when it is empty or too long.
pub fn answer(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &str,
    id: &str,
    if_match: IfMatch,
    body: &QuestionAnswerBody,
) -> Result<(Question, i64), AppError> {
    let (lead, question) = load_question(conn, actor, lead, id)?;
    if_match.honour(lead.version)?;
    if lead.status == Status::Merged {
        return Err(AppError::Conflict("lead-merged"));
    }
    let text = model::checked(&body.text).map_err(AppError::Invalid)?;
    if !queries::answer(conn, &question.id, &text, &actor.user_id, clock::now())? {
        return Err(AppError::Conflict("question-answered"));
    }
    let differences = Differences::default().set("question", &question.id);
    let lead = save(conn, actor, lead, "lead.answer", differences, Some(&text))?;
    let answered = queries::find(conn, actor, &lead.id, &question.id)?.ok_or(AppError::NotFound)?;
    Ok((answered, lead.version))
}
