//! A chamber and its words.

use crate::db::Id;
use crate::schema::chambers;
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;

text_enum! {
    /// Whose businesses a chamber gathers.
    pub enum ChamberKind {
        /// 本地商会
        Local = "local",
        /// 异地商会
        OtherCity = "other_city",
        /// 行业协会
        Industry = "industry",
        /// 境外商会
        Abroad = "abroad",
    }
}

text_enum! {
    /// Whether a record of a register can be used.
    pub enum SourceStatus {
        Active = "active",
        /// Made by an import; a person has to look at it.
        Review = "review",
        Inactive = "inactive",
    }
}

/// A chamber as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = chambers, treat_none_as_null = true)]
pub struct Chamber {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub kind: ChamberKind,
    pub region: Option<String>,
    pub contact_person: Option<String>,
    pub phone_encrypted: Option<String>,
    /// By which it is found (`contacts::model::phone_hash`).
    pub phone_hash: Option<String>,
    pub note: Option<String>,
    pub status: SourceStatus,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl Chamber {
    /// Where its phone is sealed: a ciphertext moved elsewhere does not open.
    pub fn phone_context(&self) -> String {
        format!("chambers.phone:{}", self.id)
    }
}
