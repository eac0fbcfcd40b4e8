//! Saved searches as the API shows them, each with what is new for its reader.

use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::model::Stage;
use crate::leads::policy::{View, view_of};
use crate::leads::queries::visible_to;
use crate::leads::view::Person;
use crate::saved_searches::queries::Unseen;
use crate::saved_searches::{SavedSearch, queries};
use crate::schema::leads;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// A search that is kept under a name.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SavedSearch)]
pub struct SavedSearchView {
    pub id: Id,
    pub version: i64,
    pub name: String,
    /// The parameters of `GET /search`: `q=…&county=…`.
    pub query: String,
    /// Whether the owner's unit reads it, too.
    pub shared: bool,
    pub owner: Option<Person>,
    /// Whether its reader wishes to be told of what is new.
    pub tell: bool,
    /// Leads that it found for its reader and that he has not looked at, 5,000 at most over all his searches; null where he
    /// does not wish it.
    pub new: Option<i64>,
    /// Whether only leads registered since the wish can be new, because it found more than 2,000 then, or the search
    /// engine did not answer.
    pub registered_only: bool,
    /// When he last looked at what was new.
    #[serde(with = "clock::rfc3339::option")]
    pub seen_at: Option<NaiveDateTime>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// A lead that a saved search found and that its reader has not looked at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SavedSearchMatch {
    pub id: Id,
    #[serde(with = "clock::rfc3339")]
    pub found_at: NaiveDateTime,
    pub lead_id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// A code of `/regions`; null for a liaison.
    pub county: Option<String>,
    pub stage: Stage,
}

/// Searches as their reader sees them; owners, wishes and news are asked once for all.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    rows: Vec<SavedSearch>,
) -> Result<Vec<SavedSearchView>, AppError> {
    let owners: Vec<Id> = rows.iter().map(|row| row.owner_id.clone()).collect();
    let owners = users::names(conn, &owners)?
        .into_iter()
        .map(|(id, username, display_name)| (id.clone(), Person { id, username, display_name }));
    let owners: HashMap<Id, Person> = owners.collect();
    let (mut wishes, news) = (queries::own(conn, actor)?, queries::unseen(conn, actor)?);
    let shown = rows.into_iter().map(|row| {
        let wish = wishes.remove(&row.id);
        let new = news.get(&row.id).map_or(0, Vec::len);
        SavedSearchView {
            owner: owners.get(&row.owner_id).cloned(),
            tell: wish.is_some(),
            new: wish.is_some().then(|| i64::try_from(new).unwrap_or(i64::MAX)),
            registered_only: wish.as_ref().is_some_and(|wish| !wish.knows_all),
            seen_at: wish.and_then(|wish| wish.seen_at),
            id: row.id,
            version: row.version,
            name: row.name,
            query: row.query,
            shared: row.is_shared,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    });
    Ok(shown.collect())
}

/// One search as its reader sees it.
pub fn detail(conn: &mut AnyConn, actor: &Actor, row: SavedSearch) -> Result<SavedSearchView, AppError> {
    list(conn, actor, vec![row])?.pop().ok_or(AppError::NotFound)
}

/// What is new with a search, in a few words.
#[derive(Debug, Clone)]
pub struct News {
    pub id: Id,
    pub name: String,
    pub count: i64,
}

/// The actor's searches with something new, the latest saved first.
pub fn news(conn: &mut AnyConn, actor: &Actor) -> Result<Vec<News>, AppError> {
    let new = queries::unseen(conn, actor)?;
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let searches = queries::visible(conn, actor)?.into_iter().filter_map(|search| {
        let count = i64::try_from(new.get(&search.id)?.len()).unwrap_or(i64::MAX);
        Some(News { id: search.id, name: search.name, count })
    });
    Ok(searches.collect())
}

/// Finds with what their reader sees of their leads; one that left his scope meanwhile is left out.
pub fn matches(
    conn: &mut AnyConn,
    actor: &Actor,
    finds: Vec<Unseen>,
) -> Result<Vec<SavedSearchMatch>, AppError> {
    type Head = (Id, String, String, String, String, Stage);
    let ids: Vec<Id> = finds.iter().map(|find| find.lead_id.clone()).collect();
    let rows: Vec<Head> = visible_to(actor)
        .filter(leads::id.eq_any(ids))
        .select((leads::id, leads::code, leads::title, leads::investor_name, leads::county, leads::stage))
        .load(conn)?;
    let mut rows: HashMap<Id, Head> = rows.into_iter().map(|row| (row.0.clone(), row)).collect();
    let shows_county = view_of(actor.role) != View::Own;
    let shown = finds.into_iter().filter_map(|find| {
        let (lead_id, code, title, investor_name, county, stage) = rows.remove(&find.lead_id)?;
        Some(SavedSearchMatch {
            id: find.id,
            found_at: find.found_at,
            lead_id,
            code,
            title,
            investor_name,
            county: shows_county.then_some(county),
            stage,
        })
    });
    Ok(shown.collect())
}
