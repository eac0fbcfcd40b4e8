//! A milestone as stored, and its words.

use crate::db::Id;
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
}
