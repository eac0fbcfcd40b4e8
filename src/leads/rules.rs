//! What follows from a move of a lead: pure, over facts, with today passed in.

use crate::leads::model::{Lead, Stage, Status};

/// What a stage may require and a lead may lack.
#[derive(Debug, Clone, Default)]
pub struct Completeness {
    pub has_uscc: bool,
    pub has_contact: bool,
    pub follow_ups: i64,
    /// A paper of the kind contract, of the lead or of one merged into it.
    pub has_contract_paper: bool,
}

/// Why a lead cannot move to a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoveRefusal {
    /// It is on hold, closed or merged.
    NotActive,
    /// It stands there already.
    SameStage,
    /// A move back needs a reason.
    ReasonRequired,
    /// Fields that the target and the stages before it ask for, in their order.
    Missing(Vec<String>),
}

/// Whether a lead may move to `to`. Skipping forward is allowed when the requirements of the target and
/// of those before it are met; `required` lists them (seeds/reference/stages.toml).
pub fn check_move(
    lead: &Lead,
    facts: &Completeness,
    to: Stage,
    reason: Option<&str>,
    required: &[&str],
) -> Result<(), MoveRefusal> {
    if lead.status != Status::Active {
        return Err(MoveRefusal::NotActive);
    }
    if to == lead.stage {
        return Err(MoveRefusal::SameStage);
    }
    if to < lead.stage {
        return if reason.is_some() { Ok(()) } else { Err(MoveRefusal::ReasonRequired) };
    }
    let missing = missing(lead, facts, required);
    if missing.is_empty() { Ok(()) } else { Err(MoveRefusal::Missing(missing)) }
}

/// Those of the required fields that the lead lacks.
pub fn missing(lead: &Lead, facts: &Completeness, required: &[&str]) -> Vec<String> {
    required.iter().filter(|field| !is_met(lead, facts, field)).map(|field| (*field).to_owned()).collect()
}

fn is_met(lead: &Lead, facts: &Completeness, requirement: &str) -> bool {
    match requirement {
        "investor_name" => !lead.investor_name.is_empty(),
        "county" => !lead.county.is_empty(),
        "industry" => !lead.industry.is_empty(),
        "source" => true,
        "total_investment_fen" => lead.total_investment_fen.is_some(),
        "fixed_investment_fen" => lead.fixed_investment_fen.is_some(),
        "officer" => lead.officer_id.is_some(),
        "leader" => lead.leader_id.is_some(),
        "contact" => facts.has_contact,
        "follow_ups" => facts.follow_ups > 0,
        "land_mu" => lead.land_mu.is_some() || lead.factory_m2.is_some(),
        "jobs" => lead.jobs.is_some(),
        "uscc" => facts.has_uscc,
        "park" => lead.park.is_some(),
        "contract_paper" => facts.has_contract_paper,
        // A requirement that this version does not know is never met: better asked for than ignored.
        _ => false,
    }
}

/// Of a lead and those merged into it, the one whose report was the first: by the day it was registered, then
/// by when it reached us. Its reporter keeps the credit (首报).
pub fn first_report<'a>(leads: impl Iterator<Item = &'a Lead>) -> Option<&'a Lead> {
    leads.min_by_key(|lead| (lead.registered_on, lead.received_at, lead.id.clone()))
}

/// The stage after this one; none after the contract.
pub fn next_stage(stage: Stage) -> Option<Stage> {
    Stage::ALL.iter().copied().find(|later| *later > stage)
}
