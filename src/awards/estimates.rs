//! Ceilings of what the region (自治区) may grant by plan clauses 三(六)1 and 三(六)2: all 争取, to be striven for. An
//! estimate and never payable: it is no award, enters no application and no sum of liability.

use super::trace::{WHOLE_BP, fault, figure};
use crate::error::FieldErrors;
use crate::policies::awards::{Estimate as Terms, EstimateKind, Grantor, Rounding, fen};
use crate::policies::{Policies, Policy};
use crate::text_enum;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// What is asked. Which facts are needed follows from the kind.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardEstimateQuestion)]
pub struct EstimateBody {
    pub kind: EstimateKind,
    /// The policy version's code; left out, the latest version that is not made up for a demonstration.
    #[serde(default)]
    pub policy: Option<String>,
    /// Investment in equipment, or what the robots cost, in fen: where the ceiling is a rate.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub investment_fen: Option<i64>,
    /// Robots bought and installed.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub sets: Option<i64>,
    /// Whether the enterprise is above scale.
    #[serde(default)]
    pub above_scale: Option<bool>,
}

/// A ceiling as the plan fixes it: a rate of what was invested, or an amount.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AwardCeiling)]
pub struct Ceiling {
    pub kind: EstimateKind,
    pub clause: String,
    pub granted_by: Grantor,
    /// Of what was invested, in basis points.
    pub rate_bp: Option<i64>,
    pub amount_fen: Option<i64>,
    /// So many sets at least, this number included.
    pub least_sets: Option<i64>,
    /// Only for enterprises above scale.
    pub above_scale: bool,
}

impl Ceiling {
    fn of(terms: &Terms) -> Self {
        Ceiling {
            kind: terms.kind,
            clause: terms.clause.clone(),
            granted_by: terms.granted_by,
            rate_bp: terms.rate_bp,
            amount_fen: terms.amount_yuan.map(fen),
            least_sets: terms.least_sets,
            above_scale: terms.above_scale,
        }
    }
}

/// The ceilings of a version, in the order of its file; `None` when there is no such version.
pub fn ceilings(policies: &Policies, code: Option<&str>) -> Option<Vec<Ceiling>> {
    version(policies, code).map(|version| version.estimate.iter().map(Ceiling::of).collect())
}

/// The version of this code; of none the latest that is not made up for a demonstration.
fn version<'a>(policies: &'a Policies, code: Option<&str>) -> Option<&'a Policy> {
    match code {
        Some(code) => policies.find(code),
        None => policies.latest(),
    }
}

/// What may be granted at the most, by whom, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AwardEstimate)]
pub struct Estimate {
    pub kind: EstimateKind,
    /// The policy version's code.
    pub policy: String,
    pub clause: String,
    pub granted_by: Grantor,
    /// In fen, whole yuan; 0 where a condition is not fulfilled.
    pub ceiling_fen: i64,
    /// Always false: it is for the grantor to decide, and nothing is paid by it here.
    pub payable: bool,
    pub steps: Vec<EstimateStep>,
}

text_enum! {
    /// What a step of an estimate does.
    pub enum EstimateStepKind {
        /// Whether the enterprise is above scale.
        AboveScale = "above_scale",
        /// How many robots there are, against the least.
        Sets = "sets",
        /// What the rate is of, in fen.
        Base = "base",
        /// The ceiling; `against` is the rate in basis points.
        Rate = "rate",
        /// The ceiling is an amount, in fen.
        Amount = "amount",
    }
}

/// One step of the explanation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = AwardEstimateStep)]
pub struct EstimateStep {
    pub step: EstimateStepKind,
    pub value: Value,
    /// What it was held against or computed with; null when nothing.
    pub against: Value,
    /// Whether the condition is fulfilled; null for figures.
    pub holds: Option<bool>,
}

/// The estimate by the version that is asked for.
///
/// # Errors
/// The faults of the facts; `policy` where no version has this estimate.
pub fn of(policies: &Policies, body: &EstimateBody) -> Result<Estimate, FieldErrors> {
    let version = version(policies, body.policy.as_deref());
    let version = version.ok_or_else(|| FieldErrors::one("policy", "unknown"))?;
    let terms = version.estimate.iter().find(|terms| terms.kind == body.kind);
    let terms = terms.ok_or_else(|| FieldErrors::one("kind", "award-estimate-of-no-plan"))?;
    let (ceiling_fen, steps) = ceiling(terms, body)?;
    Ok(Estimate {
        kind: terms.kind,
        policy: version.code.clone(),
        clause: terms.clause.clone(),
        granted_by: terms.granted_by,
        ceiling_fen,
        payable: false,
        steps,
    })
}

/// The ceiling in fen, with its steps; the first condition that is not fulfilled is the last of them.
///
/// # Errors
/// `required` or `negative` at a fact that is needed, `too-large` where the ceiling does not fit an amount.
pub fn ceiling(terms: &Terms, facts: &EstimateBody) -> Result<(i64, Vec<EstimateStep>), FieldErrors> {
    let mut errors = FieldErrors::default();
    let mut count = |field: &'static str, value: Option<i64>, is_needed: bool| match value {
        _ if !is_needed => 0,
        Some(value @ 0..) => value,
        Some(_) => {
            errors.add(field, "negative");
            0
        }
        None => {
            errors.add(field, "required");
            0
        }
    };
    let sets = count("sets", facts.sets, terms.least_sets.is_some());
    let investment = count("investment_fen", facts.investment_fen, terms.rate_bp.is_some());
    if terms.above_scale && facts.above_scale.is_none() {
        errors.add("above_scale", "required");
    }
    if !errors.is_empty() {
        return Err(errors);
    }

    let mut steps = Vec::new();
    let mut add = |step, value: Value, against: Value, holds: Option<bool>| {
        steps.push(EstimateStep { step, value, against, holds });
        holds != Some(false)
    };
    let is_above = facts.above_scale == Some(true);
    let fits = (!terms.above_scale
        || add(EstimateStepKind::AboveScale, is_above.into(), true.into(), Some(is_above)))
        && terms
            .least_sets
            .is_none_or(|least| add(EstimateStepKind::Sets, sets.into(), least.into(), Some(sets >= least)));
    if !fits {
        return Ok((0, steps));
    }
    let most = match (terms.rate_bp, terms.amount_yuan) {
        (Some(rate), _) => {
            let most = i128::from(investment) * i128::from(rate) / i128::from(WHOLE_BP);
            add(EstimateStepKind::Base, investment.into(), Value::Null, None);
            add(EstimateStepKind::Rate, figure(Rounding::Yuan.cut(most)), rate.into(), None);
            Rounding::Yuan.cut(most)
        }
        (None, amount) => {
            let most = fen(amount.unwrap_or_default());
            add(EstimateStepKind::Amount, most.into(), Value::Null, None);
            most.into()
        }
    };
    let too_large = |_| FieldErrors(vec![fault("investment_fen", "too-large")]);
    Ok((i64::try_from(most).map_err(too_large)?, steps))
}

#[cfg(test)]
mod tests {
    use super::*;
    use EstimateKind::*;

    fn carried() -> Policies {
        Policies::load(None).unwrap()
    }

    fn body(kind: EstimateKind) -> EstimateBody {
        EstimateBody { kind, policy: None, investment_fen: None, sets: None, above_scale: None }
    }

    #[test]
    fn each_fixed_ceiling_is_the_plans() {
        let policies = carried();
        for (kind, yuan) in [
            (EnterpriseTechnologyCentre, 500_000),
            (InnovationDemonstration, 500_000),
            (GreenFactory, 300_000),
            (QualityBenchmark, 200_000),
            (SingleChampion, 500_000),
            (LeadingEnterprise, 500_000),
        ] {
            let found = of(&policies, &body(kind)).unwrap();
            assert_eq!((found.ceiling_fen, found.payable), (yuan * 100, false), "{kind}");
            assert_eq!((found.clause.as_str(), found.steps.len()), ("三(六)2", 1), "{kind}");
        }
    }

    #[test]
    fn an_upgrade_is_a_tenth_of_the_equipment_in_whole_yuan() {
        let policies = carried();
        let asked = |fen| EstimateBody { investment_fen: Some(fen), ..body(TechnicalUpgrade) };
        let found = of(&policies, &asked(1_234_567_89)).unwrap();
        assert_eq!((found.ceiling_fen, found.clause.as_str()), (123_456_00, "三(六)1"));
        assert_eq!(of(&policies, &asked(0)).unwrap().ceiling_fen, 0);
        let faults = |body: EstimateBody| of(&policies, &body).unwrap_err().0[0].code;
        assert_eq!(faults(body(TechnicalUpgrade)), "required");
        assert_eq!(faults(asked(-1)), "negative");
        let unknown = EstimateBody { policy: Some("none".into()), ..asked(1) };
        assert_eq!(faults(unknown), "unknown");
    }

    #[test]
    fn robots_need_ten_sets_and_an_enterprise_above_scale() {
        let policies = carried();
        let asked = |sets, above| EstimateBody {
            investment_fen: Some(1_000_000_00),
            sets: Some(sets),
            above_scale: Some(above),
            ..body(IndustrialRobots)
        };
        for (sets, above, fen, last) in [
            (10, true, 200_000_00, EstimateStepKind::Rate),
            (9, true, 0, EstimateStepKind::Sets),
            (10, false, 0, EstimateStepKind::AboveScale),
        ] {
            let found = of(&policies, &asked(sets, above)).unwrap();
            assert_eq!(found.ceiling_fen, fen, "{sets} {above}");
            assert_eq!(found.steps.last().map(|step| step.step), Some(last), "{sets} {above}");
        }
        let silent = EstimateBody { sets: None, above_scale: None, ..asked(10, true) };
        assert_eq!(of(&policies, &silent).unwrap_err().0.len(), 2);
    }
}
