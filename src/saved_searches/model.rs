//! A saved search as stored, who wishes to be told, and what was found for him.

use crate::db::Id;
use crate::schema::{saved_search_matches, saved_search_subscriptions, saved_searches};
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// A saved search as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = saved_searches)]
pub struct SavedSearch {
    pub id: Id,
    pub owner_id: Id,
    pub name: String,
    /// As the address of a search says it: `q=…&county=…`; changed only where a chamber in it is merged.
    pub query: String,
    /// Whether the owner's unit reads it, too.
    pub is_shared: bool,
    pub version: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

/// Somebody wishes to be told.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_search_subscriptions)]
pub struct Subscription {
    pub search_id: Id,
    pub user_id: Id,
    /// In which he wished it (`policy::capacity`): in another he sees other leads and fields, and must wish it again.
    pub capacity: String,
    pub since: NaiveDateTime,
    /// What it found then is written down; until it is, only leads registered since are new.
    pub knows_all: bool,
    /// When he last looked at what was new.
    pub seen_at: Option<NaiveDateTime>,
}

/// A lead that was found for somebody: new until it is seen.
#[derive(Debug, Clone, PartialEq, Queryable, Insertable)]
#[diesel(table_name = saved_search_matches)]
pub struct Match {
    pub id: Id,
    pub search_id: Id,
    pub user_id: Id,
    pub lead_id: Id,
    pub found_at: NaiveDateTime,
    pub seen_at: Option<NaiveDateTime>,
}
