//! What a computation comes to. Serde reads it as it writes it, so that an application can freeze it.

use crate::policies::awards::AwardRule;
use crate::text_enum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;
use utoipa::ToSchema;

text_enum! {
    /// What the facts come to: the first check that fails, or `eligible`.
    pub enum AwardStatus {
        Eligible = "eligible",
        OutsidePolicyWindow = "outside_policy_window",
        IndustryNotCovered = "industry_not_covered",
        BelowThreshold = "below_threshold",
        PublicEmployeeExcluded = "public_employee_excluded",
        NeedsRulingSelfReferral = "needs_ruling_self_referral",
        NotFiled = "not_filed",
        NeedsRulingLateFiling = "needs_ruling_late_filing",
        NotLanded = "not_landed",
        MissingAnnualPlan = "missing_annual_plan",
        NeedsRulingOtherCounty = "needs_ruling_other_county",
        NotFromOutsideCity = "not_from_outside_city",
        NotChainProject = "not_chain_project",
        AlreadyAwarded = "already_awarded",
        NotInProduction = "not_in_production",
        NotRegisteredInZone = "not_registered_in_zone",
        StatisticsOnly = "statistics_only",
        UsesZoneLand = "uses_zone_land",
        NotCountyReferred = "not_county_referred",
        NotPrivateCapital = "not_private_capital",
        NotAccepted = "not_accepted",
        OccupancyBelowThreshold = "occupancy_below_threshold",
        TooLate = "too_late",
        NeedsRulingNotACounty = "needs_ruling_not_a_county",
        CategoryNotCovered = "category_not_covered",
        NotPreviousYear = "not_previous_year",
        NotIndustrial = "not_industrial",
        NotInPark = "not_in_park",
        SectorTransferExcluded = "sector_transfer_excluded",
        NotFirstTime = "not_first_time",
        ExitedSameYear = "exited_same_year",
        NotAboveScale = "not_above_scale",
        MilestoneNotCrossed = "milestone_not_crossed",
        NoMunicipalAward = "no_municipal_award",
        NotOneCountyOneIndustry = "not_one_county_one_industry",
        NotLeadUnit = "not_lead_unit",
        NotNewlyApproved = "not_newly_approved",
        NotMunicipalLevel = "not_municipal_level",
        NotVerified = "not_verified",
        NotLicensedAgency = "not_licensed_agency",
        NotTargetWorker = "not_target_worker",
        RateOutOfRange = "rate_out_of_range",
        NotEligible = "not_eligible",
    }
}

text_enum! {
    /// What a step does.
    pub enum StepKind {
        /// Holds a fact against what the plan asks for.
        Check = "check",
        /// Which reading of the clause is taken; `against` are those that there are.
        Reading = "reading",
        /// What remains of a figure; `against` is what is deducted, both in fen.
        Less = "less",
        /// What the award is computed from, in fen.
        Base = "base",
        /// The base at a rate; `against` is the rate in basis points.
        Rate = "rate",
        /// An amount that the plan fixes, or an amount for each; `against` is the amount for one, in fen.
        Fixed = "fixed",
        /// At most the cap, which is `against`.
        Cap = "cap",
        /// Cut to whole yuan, where the version has amounts cut so; `against` is the amount before.
        Cut = "cut",
        /// The payouts; `against` is what they are shared out by.
        Share = "share",
        /// The revenue equals a milestone: 突破 means more.
        EqualsMilestone = "equals_milestone",
        /// Nothing is earned under this reading, but something would be under another.
        OtherReading = "other_reading",
        /// The enterprise left the register in a later year.
        ExitedLater = "exited_later",
    }
}

text_enum! {
    /// How a step came out.
    pub enum StepOutcome {
        Passed = "passed",
        Failed = "failed",
        /// A figure of the computation.
        Computed = "computed",
        /// What a reviewer should know; it changes nothing.
        Noted = "noted",
    }
}

/// One step of the explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AwardStep {
    /// The plan's clause.
    pub clause: String,
    pub step: StepKind,
    /// What the result is if this check fails; null where nothing is checked.
    pub status: Option<AwardStatus>,
    /// The fact that was read, such as `facts.referrers[0].public_employee`; null for a figure computed from others.
    #[schema(value_type = Option<String>)]
    pub fact: Option<Cow<'static, str>>,
    /// Its value, or the figure that was computed.
    pub value: Value,
    /// What it was held against or computed with; null when nothing.
    pub against: Value,
    pub outcome: StepOutcome,
    /// The same as a sentence, in the language of who asked; empty in what is frozen.
    #[serde(default)]
    pub text: String,
}

/// The result, with the reasons for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Award {
    /// As the question gave it; null when it gave none.
    #[serde(default)]
    pub id: Value,
    pub rule: AwardRule,
    /// The policy version's code.
    pub policy: String,
    pub status: AwardStatus,
    /// In fen, of whole yuan unless the version rounds otherwise; 0 unless the status is `eligible`.
    pub amount_fen: i64,
    /// Where there are several payees, in the order of the facts: cut as the amount is, together the amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub payouts_fen: Option<Vec<i64>>,
    /// In the order in which they were taken; the first check that fails is the last step.
    pub steps: Vec<AwardStep>,
}
