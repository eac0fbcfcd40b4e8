//! What is entered of filings and shares.

use crate::filings::model::{FilingDecision, FilingRole, Party};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

/// A filing as POST takes it: of a lead or of a project.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FilingEntry)]
pub struct FilingBody {
    /// By id or code.
    #[serde(default)]
    pub lead_id: Option<String>,
    /// By id or code.
    #[serde(default)]
    pub project_id: Option<String>,
    /// The day on which the referrer filed; never later than today.
    pub filed_on: NaiveDate,
    pub role: FilingRole,
    /// What the referrer did, in words.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub statement: Option<String>,
}

/// What a party says of a filing.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ConfirmationEntry)]
pub struct ConfirmationBody {
    pub party: Party,
    pub decision: FilingDecision,
    /// A refusal needs it.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub reason: Option<String>,
}

/// Why a filing is withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FilingWithdrawal)]
pub struct WithdrawalBody {
    #[schema(min_length = 1, max_length = 20000)]
    pub reason: String,
}

/// How the referrers of a project share its award.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReferralSharesEntry)]
pub struct SharesBody {
    /// The day of the agreement; never later than today.
    pub agreed_on: NaiveDate,
    pub shares: Vec<ShareBody>,
}

/// A referrer's part.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReferralShareEntry)]
pub struct ShareBody {
    /// By id or code.
    pub referrer_id: String,
    /// Basis points; those of a project add to 10,000.
    #[schema(minimum = 1, maximum = 10000)]
    pub share_bp: i64,
}
