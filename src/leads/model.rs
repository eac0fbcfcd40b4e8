//! A lead and the words of its life: stage (how far) and status (whether it moves) stand apart.

use crate::db::{Id, Json};
use crate::schema::{assignments, leads, stage_changes, status_changes};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// How far a lead has come (domain/process.md 4.1), in order.
    pub enum Stage {
        /// 线索
        New = "new",
        /// 研判
        Assessment = "assessment",
        /// 在谈
        Negotiation = "negotiation",
        /// 考察洽谈
        SiteVisit = "site_visit",
        /// 框架协议
        Framework = "framework",
        /// 正式合同
        Contract = "contract",
    }
}

text_enum! {
    /// Whether anybody still works the lead.
    pub enum Status {
        Active = "active",
        /// 暂缓
        OnHold = "on_hold",
        /// 终止, with a kind of reason
        Closed = "closed",
        /// 重复, merged into another lead
        Merged = "merged",
    }
}

text_enum! {
    /// Where a lead came from (线索来源).
    pub enum SourceKind {
        Chamber = "chamber",
        Referrer = "referrer",
        Townsman = "townsman",
        Enterprise = "enterprise",
        Station = "station",
        Exhibition = "exhibition",
        Event = "event",
        Enclave = "enclave",
        /// 自荐: the investor came by himself
        Own = "self",
        Superior = "superior",
    }
}

text_enum! {
    /// Why a lead was closed (domain/process.md, loss reasons).
    pub enum ClosureKind {
        Land = "land",
        Energy = "energy",
        Environment = "environment",
        Funding = "funding",
        PolicyTerms = "policy_terms",
        Market = "market",
        Elsewhere = "elsewhere",
        LostContact = "lost_contact",
        NegativeList = "negative_list",
        Duplicate = "duplicate",
        Other = "other",
    }
}

text_enum! {
    /// How much attention a lead gets.
    pub enum Priority {
        Normal = "normal",
        Key = "key",
    }
}

text_enum! {
    /// Why two leads are thought to be of the same investor.
    pub enum DuplicateReason {
        Uscc = "uscc",
        Name = "name",
        Phone = "phone",
        Contact = "contact",
        SimilarName = "similar_name",
    }
}

/// A lead as stored. Amounts in fen, land in mu, factory space in square metres.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = leads, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Lead {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub company_id: Id,
    pub investor_name: String,
    pub county: String,
    pub park: Option<String>,
    pub industry: String,
    /// GB/T 4754-2017 class, such as `2452`.
    pub industry_class: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    /// Energy, labour, logistics and what else the investor asks for.
    pub factor_needs: Option<String>,
    pub source_kind: SourceKind,
    pub source_chamber_id: Option<Id>,
    pub source_referrer_id: Option<Id>,
    pub source_enterprise_id: Option<Id>,
    pub source_event_id: Option<Id>,
    pub source_note: Option<String>,
    pub stage: Stage,
    pub status: Status,
    pub priority: Priority,
    pub hold_reason: Option<String>,
    pub hold_until: Option<NaiveDate>,
    pub closure_kind: Option<ClosureKind>,
    pub closure_reason: Option<String>,
    pub closed_at: Option<NaiveDateTime>,
    pub officer_id: Option<Id>,
    pub leader_id: Option<Id>,
    /// Names from a ledger that are no user's.
    pub officer_name: Option<String>,
    pub leader_name: Option<String>,
    pub registered_on: NaiveDate,
    /// When the report reached us; the server's own, never edited.
    pub received_at: NaiveDateTime,
    pub next_follow_up_on: Option<NaiveDate>,
    pub remark: Option<String>,
    /// Columns of a ledger that matched nothing, as (header, value).
    pub extra: Json<Vec<(String, String)>>,
    pub duplicate_reason: Option<String>,
    pub import_id: Option<Id>,
    pub created_by: Id,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub deleted_at: Option<NaiveDateTime>,
    /// The lead that stays, when this one was merged.
    pub merged_into: Option<Id>,
    /// Where the investor comes from, as this report said: a GB/T 2260 place, an ISO 3166 country, or a text.
    pub origin: Option<String>,
}

impl Lead {
    /// Days past the next follow-up date; `None` while nothing is overdue.
    ///
    /// Overdue is what is active and whose date lies before today in China.
    pub fn overdue_days(&self, today: NaiveDate) -> Option<i64> {
        let due = self.next_follow_up_on.filter(|due| self.status == Status::Active && *due < today)?;
        Some((today - due).num_days())
    }
}

/// A move from one stage to another.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = stage_changes)]
pub struct StageChange {
    pub id: Id,
    pub lead_id: Id,
    pub from_stage: Stage,
    pub to_stage: Stage,
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// A closure, a hold, the end of one, or a merger.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = status_changes)]
pub struct StatusChange {
    pub id: Id,
    pub lead_id: Id,
    pub from_status: Status,
    pub to_status: Status,
    pub closure_kind: Option<ClosureKind>,
    pub hold_until: Option<NaiveDate>,
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// A change of county, officer or leader.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments)]
pub struct Assignment {
    pub id: Id,
    pub lead_id: Id,
    pub from_county: String,
    pub to_county: String,
    pub from_officer_id: Option<Id>,
    pub to_officer_id: Option<Id>,
    pub from_leader_id: Option<Id>,
    pub to_leader_id: Option<Id>,
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}
