//! A milestone as stored, and its words.

use crate::db::{Id, Json};
use crate::milestones::queries::Paper;
use crate::schema::milestones;
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// The steps of a project (domain/process.md 4.1, steps 7 to 12), in their order.
    pub enum MilestoneKind {
        /// 签约
        Contract = "contract",
        /// 注册
        CompanyRegistered = "company_registered",
        /// 立项备案
        Filing = "filing",
        /// 用地
        Land = "land",
        /// 规划许可
        PlanningPermit = "planning_permit",
        /// 环评
        Environment = "environment",
        /// 能评
        Energy = "energy",
        /// 施工许可
        ConstructionPermit = "construction_permit",
        /// 开工
        ConstructionStart = "construction_start",
        /// 竣工
        Completion = "completion",
        /// 投产
        Production = "production",
        /// 上规入统
        AboveScale = "above_scale",
    }
}

text_enum! {
    /// How far a milestone is proved.
    pub enum MilestoneState {
        Planned = "planned",
        /// Entered, waiting for whoever verifies.
        Reported = "reported",
        Verified = "verified",
        Refused = "refused",
    }
}

text_enum! {
    /// The kinds as a board shows them: approvals together, and what has not reached any.
    pub enum Phase {
        /// Nothing is reached yet.
        Unsigned = "unsigned",
        Contract = "contract",
        CompanyRegistered = "company_registered",
        /// 前期审批
        Approvals = "approvals",
        ConstructionStart = "construction_start",
        Completion = "completion",
        Production = "production",
        AboveScale = "above_scale",
    }
}

impl Phase {
    /// The phase of a project whose latest milestone is this one.
    pub fn of(stage: Option<MilestoneKind>) -> Phase {
        let Some(stage) = stage else { return Phase::Unsigned };
        Phase::ALL.iter().copied().find(|phase| phase.kinds().contains(&stage)).unwrap_or(Phase::Approvals)
    }

    /// Its milestones; none for what has not reached any.
    pub fn kinds(self) -> &'static [MilestoneKind] {
        use MilestoneKind::*;
        match self {
            Phase::Unsigned => &[],
            Phase::Contract => &[Contract],
            Phase::CompanyRegistered => &[CompanyRegistered],
            Phase::Approvals => &[Filing, Land, PlanningPermit, Environment, Energy, ConstructionPermit],
            Phase::ConstructionStart => &[ConstructionStart],
            Phase::Completion => &[Completion],
            Phase::Production => &[Production],
            Phase::AboveScale => &[AboveScale],
        }
    }

    /// As a list's parameter `stage` names it.
    pub fn filter(self) -> String {
        match self.kinds() {
            [] => "none".to_owned(),
            kinds => kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(","),
        }
    }
}

/// A milestone as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = milestones, treat_none_as_null = true)]
pub struct Milestone {
    pub id: Id,
    pub project_id: Id,
    pub kind: MilestoneKind,
    pub planned_on: Option<NaiveDate>,
    pub actual_on: Option<NaiveDate>,
    pub state: MilestoneState,
    pub reported_by: Option<Id>,
    pub reported_at: Option<NaiveDateTime>,
    pub verified_by: Option<Id>,
    pub verified_at: Option<NaiveDateTime>,
    pub refusal_reason: Option<String>,
    pub updated_at: NaiveDateTime,
    /// Everybody who entered its day or put papers under it since it began anew.
    pub entered_by: Json<Vec<Id>>,
}

impl Milestone {
    /// Whether this user had a hand in it, or brought one of its papers: then he does not verify it (不相容岗位分离).
    pub fn is_entered_by(&self, user: &Id, papers: &[Paper]) -> bool {
        self.reported_by.as_ref() == Some(user)
            || self.entered_by.0.contains(user)
            || papers.iter().any(|paper| paper.by_user == *user)
    }

    /// Those who entered it, with one more.
    pub fn entered_by_also(&self, user: &Id) -> Json<Vec<Id>> {
        let mut all = self.entered_by.clone();
        if !all.0.contains(user) {
            all.0.push(user.clone());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_milestone_lies_in_one_phase() {
        for kind in MilestoneKind::ALL {
            let phases = Phase::ALL.iter().filter(|phase| phase.kinds().contains(kind)).count();
            assert_eq!(phases, 1, "{kind}");
            assert!(Phase::of(Some(*kind)).kinds().contains(kind));
        }
        assert_eq!(Phase::of(None).filter(), "none");
        assert_eq!(Phase::Contract.filter(), "contract");
    }
}
