//! A team with its members and trips as stored, and its words.

use crate::db::Id;
use crate::schema::{team_members, team_trips, teams};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// Whose team it is.
    pub enum TeamKind {
        City = "city",
        County = "county",
        /// 市、县区联合
        Joint = "joint",
    }
}

text_enum! {
    /// How a team is away.
    pub enum TripKind {
        /// 驻点: it stays in a place for a time
        Resident = "resident",
        /// 外出
        Outing = "outing",
    }
}

/// A team as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = teams, treat_none_as_null = true)]
pub struct Team {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub kind: TeamKind,
    /// Of a county's or joint team.
    pub county: Option<String>,
    /// Where the leader is a user.
    pub leader_id: Option<Id>,
    pub leader_name: Option<String>,
    pub note: Option<String>,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// Somebody's term in a team as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = team_members, treat_none_as_null = true)]
pub struct TeamMember {
    pub id: Id,
    pub team_id: Id,
    /// Where he is a user.
    pub user_id: Option<Id>,
    pub name: String,
    pub post: Option<String>,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last one.
    pub to_on: Option<NaiveDate>,
}

/// A trip as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = team_trips, treat_none_as_null = true)]
pub struct Trip {
    pub id: Id,
    pub team_id: Id,
    pub kind: TripKind,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
    /// Where to: GB/T 2260 or an ISO 3166 country.
    pub region: String,
    pub purpose: String,
    /// Who went.
    pub people: Option<String>,
    pub result: Option<String>,
}
