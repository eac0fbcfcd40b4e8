//! Which treasuries bear an award (资金分担, domain/rules.md 1.1): split by level before it is paid.

use super::editing::save;
use super::model::{Application, ApplicationStatus, FundingLevel, FundingPart};
use super::{policy, queries};
use crate::accounts::Actor;
use crate::audit::Differences;
use crate::awards::shared;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::policies::awards::Rounding;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The whole, in basis points.
const WHOLE_BP: i64 = 10_000;

/// The parts that together bear the award.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardFundingEntry)]
pub struct FundingBody {
    pub parts: Vec<PartBody>,
}

/// A level's part.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardFundingPartEntry)]
pub struct PartBody {
    pub level: FundingLevel,
    /// Basis points; all together 10,000.
    #[schema(minimum = 1, maximum = 10000)]
    pub share_bp: i64,
}

/// Puts the parts in place of those that were there; each amount is cut to whole yuan, what is left over is the first
/// one's.
///
/// # Errors
/// 403 for everybody but finance; 409 before the bureau has reviewed it and once it is paid; 422 by part.
pub fn put(
    conn: &mut AnyConn,
    actor: &Actor,
    application: Application,
    body: FundingBody,
) -> Result<Application, AppError> {
    if !policy::funds(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    let mut errors = FieldErrors::default();
    for (at, part) in body.parts.iter().enumerate() {
        if !(1..=WHOLE_BP).contains(&part.share_bp) {
            errors.add(format!("parts[{at}].share_bp"), "award-share-out-of-range");
        }
        if body.parts.iter().take(at).any(|other| other.level == part.level) {
            errors.add(format!("parts[{at}].level"), "award-level-twice");
        }
    }
    let sum = body.parts.iter().map(|part| part.share_bp).fold(0, i64::saturating_add);
    if errors.is_empty() && sum != WHOLE_BP {
        errors.add_with("parts", "shares-not-whole", vec![("sum", sum.to_string())]);
    }
    errors.into_result()?;
    if !is_open(application.status) {
        return Err(AppError::Conflict("award-not-to-fund"));
    }
    let shares: Vec<i64> = body.parts.iter().map(|part| part.share_bp).collect();
    let amounts = shared(application.amount_fen, &shares, 0, Rounding::Yuan);
    let parts: Vec<FundingPart> = body
        .parts
        .iter()
        .zip(amounts)
        .map(|(part, amount_fen)| FundingPart {
            application_id: application.id.clone(),
            level: part.level,
            share_bp: part.share_bp,
            amount_fen,
        })
        .collect();
    let listed = |parts: &[FundingPart]| -> Vec<(FundingLevel, i64, i64)> {
        parts.iter().map(|part| (part.level, part.share_bp, part.amount_fen)).collect()
    };
    let before = queries::funding_of(conn, &application.id)?;
    queries::put_funding(conn, &application.id, &parts)?;
    let differences = Differences::default().field("funding", &listed(&before), &listed(&parts));
    save(conn, actor, application, "award.funding", differences, None)
}

/// From the bureau's review until it is paid.
pub fn is_open(status: ApplicationStatus) -> bool {
    use ApplicationStatus::*;
    matches!(status, BureauReviewed | FinanceReviewed | InNotice | Objected | Approved)
}
