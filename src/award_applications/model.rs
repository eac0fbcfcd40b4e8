//! An application for an award as stored, and its words.

use super::parties::Parties;
use crate::awards::Award;
use crate::awards::model::AwardStatus;
use crate::db::{Id, Json};
use crate::policies::awards::AwardRule;
use crate::schema::{award_applications, award_funding, award_payees, award_rulings, award_transitions};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Map, Value};

text_enum! {
    /// Where an application stands (domain/award-facts.md, "An application's way").
    pub enum ApplicationStatus {
        /// 草稿
        Draft = "draft",
        /// 已提交
        Submitted = "submitted",
        /// 县区初审通过
        CountyReviewed = "county_reviewed",
        /// 市局复审通过
        BureauReviewed = "bureau_reviewed",
        /// 财政联审通过
        FinanceReviewed = "finance_reviewed",
        /// 公示中
        InNotice = "in_notice",
        /// 有异议
        Objected = "objected",
        /// 待兑付
        Approved = "approved",
        /// 已兑付
        Paid = "paid",
        /// 已归档
        Archived = "archived",
        /// 退回补正
        Returned = "returned",
        /// 不予奖励
        Refused = "refused",
        /// 撤回
        Withdrawn = "withdrawn",
        /// 追回
        Recovered = "recovered",
    }
}

impl ApplicationStatus {
    /// Open or paid: it keeps others of the same project and rule out, as the unique index says.
    pub fn is_open_or_paid(self) -> bool {
        use ApplicationStatus::*;
        !matches!(self, Refused | Withdrawn | Recovered)
    }

    /// The money went out; what came back later did so, too.
    pub fn is_paid(self) -> bool {
        matches!(self, ApplicationStatus::Paid | ApplicationStatus::Archived | ApplicationStatus::Recovered)
    }

    /// Submitted, and neither paid nor turned down: what may have to be paid.
    pub const LIABLE: &[ApplicationStatus] = &[
        ApplicationStatus::Submitted,
        ApplicationStatus::CountyReviewed,
        ApplicationStatus::BureauReviewed,
        ApplicationStatus::FinanceReviewed,
        ApplicationStatus::InNotice,
        ApplicationStatus::Objected,
        ApplicationStatus::Approved,
    ];

    /// Paid, and not recovered.
    pub const PAID: &[ApplicationStatus] = &[ApplicationStatus::Paid, ApplicationStatus::Archived];

    /// It can be changed and submitted: nothing is frozen for good.
    pub fn is_editable(self) -> bool {
        matches!(self, ApplicationStatus::Draft | ApplicationStatus::Returned)
    }
}

text_enum! {
    /// Whose treasury bears a part.
    pub enum FundingLevel {
        County = "county",
        City = "city",
        Zone = "zone",
    }
}

text_enum! {
    /// What a ruling is about.
    pub enum RulingKind {
        /// The review of fair competition: its document and result.
        Compliance = "compliance",
        /// What the plan leaves open (`needs_ruling_…`): accepted, the award is computed as if it were fulfilled.
        Eligibility = "eligibility",
        /// Another application of the same project for 引荐 or 以企招商: accepted, this one is paid all the same.
        Overlap = "overlap",
    }
}

text_enum! {
    /// How the bureau head ruled.
    pub enum RulingDecision {
        Accepted = "accepted",
        Refused = "refused",
    }
}

/// An application as stored; amounts in fen.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = award_applications, treat_none_as_null = true)]
pub struct Application {
    pub id: Id,
    /// `JL-2026-0001`
    pub code: String,
    pub project_id: Id,
    pub rule: AwardRule,
    pub status: ApplicationStatus,
    pub county: String,
    pub created_by: Id,
    /// Facts that no record knows.
    pub entered: Json<Map<String, Value>>,
    /// Frozen at the submission: the version's code, the facts, the result.
    pub policy: Option<String>,
    pub facts: Option<Json<Map<String, Value>>>,
    pub award: Option<Json<Award>>,
    pub amount_fen: i64,
    /// The first submission.
    pub submitted_at: Option<NaiveDateTime>,
    /// The public notice, both days included.
    pub notice_from: Option<NaiveDate>,
    pub notice_until: Option<NaiveDate>,
    pub voucher: Option<String>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    /// Frozen at the submission, too: who it names. None of what was submitted before names were frozen.
    pub parties: Option<Json<Parties>>,
}

impl Application {
    /// Who it names, as far as that is frozen.
    pub fn frozen_parties(&self) -> Option<&Parties> {
        self.parties.as_ref().filter(|_| !self.status.is_editable()).map(|parties| &parties.0)
    }
}

/// Who is paid: a referrer of the register, or an organisation by its name.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award_payees)]
pub struct Payee {
    pub application_id: Id,
    /// From 0, in the order of the facts.
    pub position: i64,
    pub referrer_id: Option<Id>,
    pub organisation: Option<String>,
    pub share_bp: i64,
    /// Frozen with the result.
    pub payout_fen: Option<i64>,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award_transitions)]
pub struct Transition {
    pub id: Id,
    pub application_id: Id,
    /// `None`: it was drafted.
    pub from_status: Option<ApplicationStatus>,
    pub to_status: ApplicationStatus,
    pub reason: Option<String>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// A part of the money and who bears it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award_funding)]
pub struct FundingPart {
    pub application_id: Id,
    pub level: FundingLevel,
    pub share_bp: i64,
    pub amount_fen: i64,
}

/// What the bureau head recorded.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = award_rulings)]
pub struct Ruling {
    pub id: Id,
    pub application_id: Id,
    pub kind: RulingKind,
    pub decision: RulingDecision,
    /// Of what the plan leaves open: the result that was ruled on.
    pub award_status: Option<AwardStatus>,
    /// Of a review.
    pub document: Option<String>,
    /// Of a review its result.
    pub reason: String,
    /// Of an overlap.
    pub other_id: Option<Id>,
    pub by_user: Id,
    pub at: NaiveDateTime,
}
