//! What a milestone needs before it counts: pure, over facts, with today passed in.

use crate::milestones::model::{MilestoneKind, MilestoneState};
use chrono::NaiveDate;

/// The kinds of paper that prove a milestone, any one of them; empty when it needs no proof (domain/rules.md, Q1,
/// Q2; domain/process.md 4.1). Words: attachment kinds of design.md section 4.
pub fn evidence_of(kind: MilestoneKind) -> &'static [&'static str] {
    use MilestoneKind::*;
    match kind {
        CompanyRegistered => &["business_licence"],
        // Leased factories have no permit: the equipment moved in proves the start.
        ConstructionStart => &["construction_permit", "equipment_in"],
        Completion => &["acceptance"],
        Production => &["production_proof"],
        AboveScale => &["above_scale_notice"],
        Contract | Filing | Land | PlanningPermit | Environment | Energy | ConstructionPermit => &[],
    }
}

/// Whether figures are made of it: then it needs evidence and somebody who verifies it.
pub fn counts(kind: MilestoneKind) -> bool {
    !evidence_of(kind).is_empty()
}

/// The kinds that figures are made of.
pub fn counting() -> Vec<MilestoneKind> {
    MilestoneKind::ALL.iter().copied().filter(|kind| counts(*kind)).collect()
}

/// Approvals (前期审批), whose dates the approvals office enters.
pub fn is_approval(kind: MilestoneKind) -> bool {
    use MilestoneKind::*;
    matches!(kind, Filing | Land | PlanningPermit | Environment | Energy | ConstructionPermit)
}

/// What is known of a milestone that somebody decides on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim<'a> {
    pub kind: MilestoneKind,
    pub state: MilestoneState,
    pub actual_on: Option<NaiveDate>,
    /// Kinds of the papers that stand under it.
    pub evidence: &'a [String],
    /// Whether whoever decides entered it himself, or brought one of its papers.
    pub is_own: bool,
}

/// Why a milestone cannot be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unverifiable {
    /// It has no actual date.
    NotReported,
    /// It was decided already.
    AlreadyDecided,
    /// Whoever entered it does not verify it (不相容岗位分离).
    OwnEntry,
    /// None of the papers that prove it.
    NoEvidence,
}

impl Unverifiable {
    pub fn code(self) -> &'static str {
        match self {
            Unverifiable::NotReported => "milestone-not-reported",
            Unverifiable::AlreadyDecided => "milestone-decided",
            Unverifiable::OwnEntry => "own-entry",
            Unverifiable::NoEvidence => "no-evidence",
        }
    }
}

/// Whether a claim may be accepted; a refusal needs no evidence.
pub fn check_verification(claim: &Claim<'_>, accepts: bool) -> Result<(), Unverifiable> {
    if claim.actual_on.is_none() {
        return Err(Unverifiable::NotReported);
    }
    match claim.state {
        MilestoneState::Reported => {}
        MilestoneState::Verified | MilestoneState::Refused => return Err(Unverifiable::AlreadyDecided),
        MilestoneState::Planned => return Err(Unverifiable::NotReported),
    }
    if claim.is_own {
        return Err(Unverifiable::OwnEntry);
    }
    if accepts && counts(claim.kind) && !has_evidence(claim.kind, claim.evidence) {
        return Err(Unverifiable::NoEvidence);
    }
    Ok(())
}

/// Whether one of the papers proves the milestone.
pub fn has_evidence(kind: MilestoneKind, papers: &[String]) -> bool {
    papers.iter().any(|paper| evidence_of(kind).contains(&paper.as_str()))
}

/// Whether a photo is missing that is asked for beside the permit: a warning, no obstacle.
pub fn lacks_photo(kind: MilestoneKind, papers: &[String]) -> bool {
    kind == MilestoneKind::ConstructionStart && papers.iter().all(|paper| paper != "photo")
}

/// The state after an entry: whoever changes the date or the papers of a decided milestone reports it anew.
pub fn state_after(actual_on: Option<NaiveDate>, changed: bool, before: MilestoneState) -> MilestoneState {
    match (actual_on, changed) {
        (None, _) => MilestoneState::Planned,
        (Some(_), true) => MilestoneState::Reported,
        (Some(_), false) => before,
    }
}

/// What comes next: the earliest planned day of a milestone that is not reached.
pub fn next_planned(
    milestones: impl IntoIterator<Item = (MilestoneKind, Option<NaiveDate>, Option<NaiveDate>)>,
) -> Option<(MilestoneKind, NaiveDate)> {
    let open = milestones.into_iter().filter(|(_, _, actual_on)| actual_on.is_none());
    open.filter_map(|(kind, planned_on, _)| Some((kind, planned_on?))).min_by_key(|(kind, on)| (*on, *kind))
}

/// Whether a day cannot be a fact yet.
pub fn is_ahead(actual_on: NaiveDate, today: NaiveDate) -> bool {
    actual_on > today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn claim<'a>(evidence: &'a [String]) -> Claim<'a> {
        Claim {
            kind: MilestoneKind::ConstructionStart,
            state: MilestoneState::Reported,
            actual_on: Some(day("2024-05-06")),
            evidence,
            is_own: false,
        }
    }

    #[test]
    fn a_start_is_verified_by_somebody_else_with_a_permit_or_equipment() {
        for (papers, right) in [
            (vec!["construction_permit"], true),
            (vec!["equipment_in", "photo"], true),
            (vec!["photo"], false),
            (vec![], false),
        ] {
            let papers: Vec<String> = papers.into_iter().map(str::to_owned).collect();
            let wanted = if right { Ok(()) } else { Err(Unverifiable::NoEvidence) };
            assert_eq!(check_verification(&claim(&papers), true), wanted, "{papers:?}");
            assert_eq!(check_verification(&claim(&papers), false), Ok(()), "a refusal needs no papers");
        }
        let papers = ["construction_permit".to_owned()];
        let own = Claim { is_own: true, ..claim(&papers) };
        assert_eq!(check_verification(&own, true), Err(Unverifiable::OwnEntry));
        let decided = Claim { state: MilestoneState::Verified, ..claim(&papers) };
        assert_eq!(check_verification(&decided, true), Err(Unverifiable::AlreadyDecided));
        let planned = Claim { actual_on: None, state: MilestoneState::Planned, ..claim(&papers) };
        assert_eq!(check_verification(&planned, true), Err(Unverifiable::NotReported));
    }

    #[test]
    fn a_changed_date_is_reported_anew() {
        let start = Some(day("2024-05-06"));
        assert_eq!(state_after(start, true, MilestoneState::Verified), MilestoneState::Reported);
        assert_eq!(state_after(start, false, MilestoneState::Verified), MilestoneState::Verified);
        assert_eq!(state_after(None, true, MilestoneState::Refused), MilestoneState::Planned);
    }

    #[test]
    fn next_is_the_earliest_plan_that_is_not_reached() {
        use MilestoneKind::*;
        let on = |text| Some(day(text));
        let known = [
            (Contract, on("2024-01-01"), on("2024-01-02")),
            (Production, on("2025-06-01"), None),
            (ConstructionStart, on("2024-09-01"), None),
            (Completion, None, None),
        ];
        assert_eq!(next_planned(known), Some((ConstructionStart, day("2024-09-01"))));
        assert_eq!(next_planned([(Contract, on("2024-01-01"), on("2024-01-02"))]), None);
    }

    #[test]
    fn a_fact_lies_on_this_day_or_before() {
        let today = day("2024-05-06");
        assert!(is_ahead(day("2024-05-07"), today));
        assert!(!is_ahead(today, today));
    }
}
