//! A notice as stored, and its words.

use crate::chambers::model::ChamberKind;
use crate::db::Id;
use crate::schema::{notice_chambers, notice_kinds, notice_readings, notices};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

text_enum! {
    /// To which chambers a notice goes.
    pub enum NoticeAudience {
        All = "all",
        /// Those of some kinds.
        Kinds = "kinds",
        /// Those that are named.
        Chosen = "chosen",
    }
}

/// A notice as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = notices, treat_none_as_null = true)]
pub struct Notice {
    pub id: Id,
    pub title: String,
    pub text: String,
    pub audience: NoticeAudience,
    /// The first day on which it is there.
    pub from_on: NaiveDate,
    /// The last one.
    pub until_on: Option<NaiveDate>,
    /// Which one has to be read.
    pub edition: i64,
    pub retracted_at: Option<NaiveDateTime>,
    pub retraction_reason: Option<String>,
    pub version: i64,
    pub created_by: Option<Id>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// A kind of chambers that a notice goes to.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = notice_kinds)]
pub struct ToKind {
    pub notice_id: Id,
    pub kind: ChamberKind,
}

/// A chamber that a notice goes to.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = notice_chambers)]
pub struct ToChamber {
    pub notice_id: Id,
    pub chamber_id: Id,
}

/// Somebody read an edition.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = notice_readings)]
pub struct Reading {
    pub notice_id: Id,
    pub user_id: Id,
    pub edition: i64,
    /// That he was of.
    pub chamber_id: Id,
    pub at: NaiveDateTime,
}
