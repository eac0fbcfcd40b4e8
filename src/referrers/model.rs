//! A referrer and its words.

use crate::chambers::model::SourceStatus;
use crate::db::Id;
use crate::referrers::identity::IdentityKind;
use crate::schema::{referrer_members, referrers};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
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

text_enum! {
    /// Close to public office without being a public employee: the plan excludes none of these, so nothing is blocked, and
    /// whoever reviews is told (人工复核, domain/rules.md R1).
    pub enum OfficialTie {
        /// 国有企业人员
        StateEnterprise = "state_enterprise",
        /// 离退休干部
        RetiredCadre = "retired_cadre",
        /// 公职人员亲属
        Relative = "relative",
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
    /// By which it is found.
    pub phone_hash: Option<String>,
    pub note: Option<String>,
    pub status: SourceStatus,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub identity_encrypted: Option<String>,
    pub identity_hash: Option<String>,
    /// GB 32100
    pub uscc: Option<String>,
    pub bank_name: Option<String>,
    pub account_encrypted: Option<String>,
    pub account_hash: Option<String>,
    /// Whether anybody who would be paid is a public employee, as declared; nothing while nobody declared it.
    pub public_employee: Option<bool>,
    /// The day of that declaration.
    pub declared_on: Option<NaiveDate>,
    /// The chamber that it is, as an organisation.
    pub chamber_id: Option<Id>,
    /// The user that it is, as a person.
    pub user_id: Option<Id>,
    /// An agency's agreement (委托协议), and the days it runs.
    pub agreement_number: Option<String>,
    pub agreement_from: Option<NaiveDate>,
    pub agreement_to: Option<NaiveDate>,
    /// Of the identity number.
    pub identity_kind: IdentityKind,
    /// As declared, of whoever would be paid.
    pub official_tie: Option<OfficialTie>,
}

impl Referrer {
    /// A referrer of which only this is known.
    pub fn named(code: String, name: String, kind: ReferrerKind, by: Option<Id>, now: NaiveDateTime) -> Self {
        Referrer {
            id: Id::generate(),
            code,
            name,
            kind,
            region: None,
            contact_person: None,
            phone_encrypted: None,
            phone_hash: None,
            note: None,
            status: SourceStatus::Active,
            version: 1,
            created_by: by,
            created_at: now,
            updated_at: now,
            identity_encrypted: None,
            identity_hash: None,
            uscc: None,
            bank_name: None,
            account_encrypted: None,
            account_hash: None,
            public_employee: None,
            declared_on: None,
            chamber_id: None,
            user_id: None,
            agreement_number: None,
            agreement_from: None,
            agreement_to: None,
            identity_kind: IdentityKind::ResidentId,
            official_tie: None,
        }
    }

    /// Where its phone is sealed: a ciphertext moved elsewhere does not open.
    pub fn phone_context(&self) -> String {
        format!("referrers.phone:{}", self.id)
    }
    pub fn identity_context(&self) -> String {
        format!("referrers.identity:{}", self.id)
    }

    pub fn account_context(&self) -> String {
        format!("referrers.account:{}", self.id)
    }
}

/// Who belongs to a team, as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = referrer_members, treat_none_as_null = true)]
pub struct Member {
    pub id: Id,
    pub referrer_id: Id,
    pub name: String,
    pub identity_encrypted: Option<String>,
    pub identity_hash: Option<String>,
    /// Whether the team pays him a part.
    pub is_payee: bool,
    /// As declared; nothing while nobody declared it.
    pub public_employee: Option<bool>,
    pub joined_on: Option<NaiveDate>,
    pub left_on: Option<NaiveDate>,
    /// Of the identity number.
    pub identity_kind: IdentityKind,
    /// As declared.
    pub official_tie: Option<OfficialTie>,
}

impl Member {
    /// Whether two members who have not left have one identity number.
    pub fn is_same_person(&self, other: &Member) -> bool {
        let have_left = self.left_on.is_some() || other.left_on.is_some();
        !have_left && self.identity_hash.is_some() && self.identity_hash == other.identity_hash
    }

    pub fn identity_context(&self) -> String {
        format!("referrer_members.identity:{}", self.id)
    }
}
