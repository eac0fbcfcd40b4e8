//! Users, their roles, and the actor of a request.

use crate::confidential::{KeyError, Keyring};
use crate::contacts::model::mask_phone;
use crate::db::Id;
use crate::schema::users;
use crate::text_enum;
use chrono::NaiveDateTime;
use diesel::prelude::*;

text_enum! {
    /// What a user does here (domain/roles.md; design.md section 5 wins).
    pub enum Role {
        /// Users and settings; no business data.
        Admin = "admin",
        /// Reads everything, masked, and the whole trail.
        Auditor = "auditor",
        BureauHead = "bureau_head",
        BureauOfficer = "bureau_officer",
        /// Of a county or of the zone, by region.
        CountyOfficer = "county_officer",
        /// 包联领导
        CountyLeader = "county_leader",
        ChamberLiaison = "chamber_liaison",
        /// 工商联
        Federation = "federation",
        FinanceReviewer = "finance_reviewer",
        ApprovalsOfficer = "approvals_officer",
        LeadingGroup = "leading_group",
    }
}

impl Role {
    /// Roles that act for one county or the zone and must name it.
    pub fn needs_region(self) -> bool {
        matches!(self, Role::CountyOfficer | Role::CountyLeader)
    }

    /// Roles that act for one chamber and must name it.
    pub fn needs_chamber(self) -> bool {
        self == Role::ChamberLiaison
    }

    /// Officers and head of the city's bureau.
    pub fn is_bureau(self) -> bool {
        matches!(self, Role::BureauHead | Role::BureauOfficer)
    }
}

text_enum! {
    /// The language a user reads.
    pub enum Locale {
        Chinese = "zh-CN",
        English = "en",
    }
}

/// A user as stored; the password stands apart, in `credentials`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users)]
pub struct User {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub role: Role,
    pub region: Option<String>,
    pub chamber_id: Option<Id>,
    pub phone_encrypted: Option<String>,
    pub email: Option<String>,
    pub locale: Locale,
    pub active: bool,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl User {
    /// The phone in clear.
    pub fn phone(&self, keys: &Keyring) -> Result<Option<String>, KeyError> {
        let context = phone_context(&self.id);
        self.phone_encrypted.as_ref().map(|sealed| keys.decrypt(&context, sealed)).transpose()
    }

    /// The phone as pages and the API show it.
    pub fn masked_phone(&self, keys: &Keyring) -> Result<Option<String>, KeyError> {
        Ok(self.phone(keys)?.map(|phone| mask_phone(&phone)))
    }

    /// Keeps a phone, encrypted; the ciphertext stays when the phone does.
    pub fn set_phone(&mut self, phone: Option<&str>, keys: &Keyring) -> Result<(), KeyError> {
        if self.phone(keys)?.as_deref() != phone {
            let context = phone_context(&self.id);
            self.phone_encrypted = phone.map(|phone| keys.encrypt(&context, phone));
        }
        Ok(())
    }
}

fn phone_context(id: &Id) -> String {
    format!("users.phone:{id}")
}

/// Who acts in a request, and from where.
#[derive(Debug, Clone)]
pub struct Actor {
    pub user_id: Id,
    pub username: String,
    pub display_name: String,
    pub role: Role,
    pub region: Option<String>,
    pub chamber_id: Option<Id>,
    pub locale: Locale,
    pub via: Via,
    /// The client's address, for the trail.
    pub address: String,
    /// Ties the trail to the log.
    pub request_id: String,
    /// The request's `Idempotency-Key`, claimed by its first write.
    pub idempotency_key: Option<crate::web::idempotency::Key>,
}

/// The credentials that a request came with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Via {
    /// A signed-in browser: the session's id.
    Session(Id),
    /// A program: the API token's id.
    Token(Id),
    /// The command line on the server itself.
    CommandLine,
}

impl Actor {
    /// What decides which records exist for him: two actors of one scope see the same.
    pub fn scope(&self) -> impl std::fmt::Debug + '_ {
        (self.role, &self.region, &self.chamber_id, &self.user_id)
    }

    pub fn new(user: User, via: Via, address: String, request_id: String) -> Self {
        Actor {
            user_id: user.id,
            username: user.username,
            display_name: user.display_name,
            role: user.role,
            region: user.region,
            chamber_id: user.chamber_id,
            locale: user.locale,
            via,
            address,
            request_id,
            idempotency_key: None,
        }
    }

    /// Whether the actor's own county or zone is `county`.
    pub fn is_of(&self, county: &str) -> bool {
        self.region.as_deref() == Some(county)
    }
}
