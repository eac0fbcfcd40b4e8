//! A filing as stored, what the parties say of it, and how an award is shared.

use crate::db::Id;
use crate::schema::{filing_confirmations, filings, referral_shares};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// What a referrer did.
    pub enum FilingRole {
        /// 主要推动作用: what the plan awards.
        Leading = "leading",
        /// 提供信息
        Information = "information",
    }
}

text_enum! {
    /// Who says something of a filing's role.
    pub enum Party {
        /// 投资方, by a letter that an officer enters.
        Investor = "investor",
        County = "county",
        Bureau = "bureau",
        /// The chamber that the lead came from: its word is heard, and nothing waits for it.
        Chamber = "chamber",
    }
}

impl Party {
    /// Those who must confirm.
    pub const ASKED: [Party; 3] = [Party::Investor, Party::County, Party::Bureau];
}

text_enum! {
    /// What a party says.
    pub enum FilingDecision {
        Confirmed = "confirmed",
        Refused = "refused",
    }
}

/// A filing as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = filings, treat_none_as_null = true)]
pub struct Filing {
    pub id: Id,
    /// `BA-2026-0001`, numbered by the year in which the server got it.
    pub code: String,
    pub referrer_id: Id,
    /// One of the two: a project that a lead came before is filed by its lead.
    pub lead_id: Option<Id>,
    pub project_id: Option<Id>,
    pub role: FilingRole,
    pub filed_on: NaiveDate,
    /// When the server got it.
    pub received_at: NaiveDateTime,
    pub filed_by: Id,
    /// What the referrer did, in words.
    pub statement: Option<String>,
    pub withdrawn_on: Option<NaiveDate>,
    pub withdrawal_reason: Option<String>,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// What a party said of a filing.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = filing_confirmations)]
pub struct Confirmation {
    pub filing_id: Id,
    pub party: Party,
    pub decision: FilingDecision,
    pub reason: Option<String>,
    /// Who said so; of the investor who entered his letter.
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// A referrer's part of a project's award.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = referral_shares)]
pub struct Share {
    pub project_id: Id,
    pub referrer_id: Id,
    /// In the order of filing, from 1.
    pub position: i64,
    /// Basis points; those of a project add to 10,000.
    pub share_bp: i64,
    pub agreed_on: NaiveDate,
    pub by_user: Id,
    pub at: NaiveDateTime,
}
