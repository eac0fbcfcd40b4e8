//! A project as stored, and the words of its life.

use crate::db::{Id, Json};
use crate::leads::model::SourceKind;
use crate::milestones::model::MilestoneKind;
use crate::projects::rules;
use crate::schema::{pool_stays, project_leaders, projects};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// Why a project is a key one (重点): domain/rules.md, Q1.
    pub enum KeyBasis {
        /// Its total investment reaches the policy's threshold.
        Amount = "amount",
        /// The plan names it.
        PlanList = "plan_list",
        /// The bureau head says so, with a reason.
        Head = "head",
    }
}

text_enum! {
    /// Whose land an enclave project (飞地) uses: plan clause 三(四)2(3).
    pub enum LandUse {
        /// 非涉地项目
        None = "none",
        Zone = "zone",
        /// The county's land or forest quota.
        County = "county",
    }
}

/// A project as stored. Amounts in fen, land in mu, factory space in square metres.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = projects, treat_none_as_null = true)]
pub struct Project {
    pub id: Id,
    pub code: String,
    pub lead_id: Option<Id>,
    pub title: String,
    pub company_id: Id,
    pub investor_name: String,
    /// 项目公司
    pub project_company: Option<String>,
    pub county: String,
    pub park: Option<String>,
    pub industry: String,
    pub industry_class: Option<String>,
    /// Found to supply or use one of the four industries (上下游配套).
    pub supporting_project: bool,
    pub supporting_finding: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    /// 备案代码
    pub filing_code: Option<String>,
    pub key_basis: Option<KeyBasis>,
    pub key_reason: Option<String>,
    pub source_kind: SourceKind,
    pub source_chamber_id: Option<Id>,
    pub source_referrer_id: Option<Id>,
    pub source_enterprise_id: Option<Id>,
    pub source_event_id: Option<Id>,
    pub source_note: Option<String>,
    pub leader_id: Option<Id>,
    pub officer_id: Option<Id>,
    /// Names from a ledger that are no user's.
    pub leader_name: Option<String>,
    pub officer_name: Option<String>,
    /// 责任单位
    pub unit: Option<String>,
    /// The day it entered the pool.
    pub entered_on: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
    /// The county that it is registered in the zone for.
    pub enclave_county: Option<String>,
    pub land_use: Option<LandUse>,
    pub progress: Option<String>,
    pub problems: Option<String>,
    pub coordination: Option<String>,
    pub next_step: Option<String>,
    pub remark: Option<String>,
    /// Columns of a ledger that matched nothing, as (header, value).
    pub extra: Json<Vec<(String, String)>>,
    pub import_id: Option<Id>,
    /// The latest milestone reached: an actual date that was not refused.
    pub stage: Option<MilestoneKind>,
    /// The construction start: the actual day, or while there is none the planned one.
    pub starts_on: Option<NaiveDate>,
    pub created_by: Id,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub deleted_at: Option<NaiveDateTime>,
    /// The first phase, where this is a later one of it (二期).
    pub phase_of: Option<Id>,
    /// Of an enclave project: the day on which its county's recommendation was filed.
    pub recommended_on: Option<NaiveDate>,
}

impl Project {
    /// Whether it stands in the pool now.
    pub fn is_in_pool(&self) -> bool {
        self.entered_on.is_some() && self.withdrawn_on.is_none()
    }

    /// The county whose statistics it counts in.
    pub fn statistics_county(&self) -> &str {
        rules::statistics_county(&self.county, self.enclave_county.as_deref(), self.land_use)
    }
}

/// A stay in the pool that ended, of a project that came back.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = pool_stays)]
pub struct PoolStay {
    pub id: Id,
    pub project_id: Id,
    pub entered_on: NaiveDate,
    pub withdrawn_on: NaiveDate,
    pub reason: Option<String>,
}

/// One change of the county leader (包联领导).
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = project_leaders)]
pub struct LeaderChange {
    pub id: Id,
    pub project_id: Id,
    pub from_leader_id: Option<Id>,
    pub to_leader_id: Option<Id>,
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}
