//! A referrer and its words.

use crate::chambers::model::SourceStatus;
use crate::db::Id;
use crate::schema::referrers;
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;

text_enum! {
    /// What a referrer is (plan 三(四)2(2): team, enterprise or person).
    pub enum ReferrerKind {
        Person = "person",
        Enterprise = "enterprise",
        Team = "team",
        /// With an agreement.
        Agency = "agency",
        /// 乡贤
        Townsman = "townsman",
    }
}

/// A referrer as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = referrers, treat_none_as_null = true)]
pub struct Referrer {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub kind: ReferrerKind,
    pub region: Option<String>,
    pub contact_person: Option<String>,
    pub phone_encrypted: Option<String>,
    pub note: Option<String>,
    pub status: SourceStatus,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl Referrer {
    /// Where its phone is sealed: a ciphertext moved elsewhere does not open.
    pub fn phone_context(&self) -> String {
        format!("referrers.phone:{}", self.id)
    }
}
