//! A recommendation as stored.

use crate::db::Id;
use crate::schema::recommendations;
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// To whom an enterprise is recommended.
    pub enum RecipientKind {
        Bank = "bank",
        /// 担保公司
        Guarantor = "guarantor",
    }
}

text_enum! {
    /// How far a recommendation has come.
    pub enum RecommendationState {
        /// The enterprise is looked at.
        Noted = "noted",
        /// Bank or guarantor has it.
        Sent = "sent",
        /// There is a result.
        Answered = "answered",
    }
}

/// A recommendation as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recommendations, treat_none_as_null = true)]
pub struct Recommendation {
    pub id: Id,
    pub code: String,
    /// The county that answers for it.
    pub county: String,
    pub enterprise: String,
    /// GB 32100
    pub uscc: Option<String>,
    /// A word of the reference data, as `credit` and `result`.
    pub size: String,
    /// The chamber that recommends it.
    pub chamber_id: Option<Id>,
    pub recipient_kind: RecipientKind,
    pub recipient: String,
    pub need_fen: i64,
    pub credit: String,
    pub sent_on: Option<NaiveDate>,
    pub result: Option<String>,
    pub result_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl Recommendation {
    pub fn state(&self) -> RecommendationState {
        match (self.sent_on, &self.result) {
            (_, Some(_)) => RecommendationState::Answered,
            (Some(_), None) => RecommendationState::Sent,
            (None, None) => RecommendationState::Noted,
        }
    }
}
