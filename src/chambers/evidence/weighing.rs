//! The bureau's own weights: none until its head gives some (domain/process.md 4.3: no score of itself).

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::chambers::evidence::model::{EvidenceFigure, Weighed, Weights, WeightsGiven};
use crate::chambers::evidence::{queries, rules};
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::AppError;
use crate::web::precondition::IfMatch;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest reason, in characters.
const MAX_REASON: usize = 1000;

/// Weights, and why they are to be these.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = ChamberWeightsBody)]
#[serde(deny_unknown_fields)]
pub struct WeightsBody {
    pub weights: WeightsGiven,
    #[schema(min_length = 1, max_length = 1000)]
    pub reason: String,
}

/// The weights that hold, and why they are these.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ChamberWeights)]
pub struct WeightsView {
    pub weights: Weights,
    pub reason: String,
}

/// Puts weights in place of those that held; their version.
///
/// # Errors
/// 412 when somebody was quicker; 422 at a weight out of range, at `reason` without one.
pub fn weigh(
    conn: &mut AnyConn,
    actor: &Actor,
    if_match: IfMatch,
    body: WeightsBody,
) -> Result<i64, AppError> {
    let version = queries::version(conn)?;
    if_match.require(version)?;
    let weights = Weights::from(body.weights);
    let mut errors = rules::faults(&weights);
    let reason = body.reason.trim();
    if reason.is_empty() {
        errors.add("reason", "required");
    } else if reason.chars().count() > MAX_REASON {
        errors.add_with("reason", "too-long", vec![("max", MAX_REASON.to_string())]);
    }
    errors.into_result()?;
    let before = queries::weights(conn)?.map(|weighed| weighed.weights.0).unwrap_or_default();
    let differences = EvidenceFigure::ALL.iter().fold(Differences::default(), |differences, figure| {
        differences.field(figure.as_str(), &before.of(*figure), &weights.of(*figure))
    });
    let id = Id::generate();
    let weighed = Weighed {
        id: id.clone(),
        weights: Json(weights),
        reason: reason.to_owned(),
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::insert_weights(conn, &weighed)?;
    let act = Act {
        action: "chamber.weights",
        subject_kind: "chamber-weights",
        subject_id: id.as_str(),
        differences,
        reason: Some(reason),
    };
    audit::record(conn, actor, act)?;
    Ok(version + 1)
}
