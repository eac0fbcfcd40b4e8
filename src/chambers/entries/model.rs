//! An entry as stored, and its words.

use crate::db::Id;
use crate::schema::chamber_entries;
use crate::text_enum;
use chrono::NaiveDate;
use diesel::prelude::*;

text_enum! {
    /// What is entered of a chamber.
    pub enum ChamberEntryKind {
        /// 届期
        Term = "term",
        /// 会长 and the other posts
        Officer = "officer",
        /// 协议, 备忘录
        Agreement = "agreement",
        /// 四好 labels
        Recognition = "recognition",
        /// 招商服务点
        ServicePoint = "service_point",
        /// 会员: companies and persons; last, as a chamber has many
        Member = "member",
    }
}

/// An entry as stored. Which fields a kind has: `rules::fields`.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = chamber_entries, treat_none_as_null = true)]
pub struct Entry {
    pub id: Id,
    pub chamber_id: Id,
    pub kind: ChamberEntryKind,
    /// Post, kind of member or agreement, label: a code of seeds/reference/chamber-words.toml.
    pub word: Option<String>,
    pub name: String,
    /// GB 32100, of a member that is a company.
    pub uscc: Option<String>,
    pub region: Option<String>,
    pub address: Option<String>,
    /// The other side of an agreement.
    pub party: Option<String>,
    pub contact_person: Option<String>,
    pub phone_encrypted: Option<String>,
    /// By which it is found.
    pub phone_hash: Option<String>,
    /// The first day: of the term, in the post, as a member, of signing, of recognition.
    pub from_on: Option<NaiveDate>,
    /// The last day.
    pub to_on: Option<NaiveDate>,
    pub note: Option<String>,
}

impl Entry {
    /// Where its phone is sealed: a ciphertext moved elsewhere does not open.
    pub fn phone_context(&self) -> String {
        format!("chamber_entries.phone:{}", self.id)
    }
}
