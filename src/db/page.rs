//! Keyset pages: a cursor names the last row seen, so page 1,000 costs what page 1 costs.

use crate::characters::is_refused;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// The most rows a page may have.
pub const MAX_LIMIT: i64 = 200;
/// Rows a page has when nobody says.
pub const DEFAULT_LIMIT: i64 = 50;

/// Where the next page begins: after the row with this sort value and id.
///
/// `sort` is part of it: a cursor of one order is refused in another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    #[serde(rename = "s")]
    pub sort: String,
    #[serde(rename = "v")]
    pub value: Option<String>,
    #[serde(rename = "i")]
    pub id: String,
}

impl Cursor {
    /// Opaque text for a URL.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// `None` when the text is not one of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let cursor: Cursor = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        // What a query is asked about must be something that a database can hold.
        let is_sound = |text: &String| !text.contains(is_refused);
        let sound = is_sound(&cursor.sort) && is_sound(&cursor.id) && cursor.value.iter().all(is_sound);
        sound.then_some(cursor)
    }
}

/// The order of a list that has one field to be sorted by; written as `sort` takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub field: &'static str,
    pub descending: bool,
}

impl Order {
    pub const fn ascending(field: &'static str) -> Self {
        Order { field, descending: false }
    }

    pub const fn descending(field: &'static str) -> Self {
        Order { field, descending: true }
    }

    /// The same the other way round.
    pub const fn turned(self) -> Self {
        Order { descending: !self.descending, ..self }
    }

    /// The cursor of a row that its id alone puts in order.
    pub fn at(self, id: impl ToString) -> Cursor {
        Cursor { sort: self.to_string(), value: None, id: id.to_string() }
    }
}

impl std::fmt::Display for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.field)
    }
}

/// A page of rows and where the next one begins.
#[derive(Debug, Clone, Serialize)]
pub struct PageOf<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
    /// How many there are in all, where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

impl<T> PageOf<T> {
    /// Of `limit + 1` rows read, keeps `limit` and makes a cursor of the last kept when there are more.
    pub fn from_rows(mut rows: Vec<T>, limit: i64, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(|row| cursor(row).encode()) } else { None };
        PageOf { items: rows, next_cursor, total: None }
    }

    /// Of items that all lie in memory, in their order, those after the one that the cursor names; `None` when it names
    /// none of them.
    pub fn of_all(
        mut items: Vec<T>,
        order: Order,
        after: Option<&Cursor>,
        limit: i64,
        id: impl Fn(&T) -> &str,
    ) -> Option<Self> {
        if let Some(cursor) = after {
            let last = items.iter().position(|item| id(item) == cursor.id)?;
            items.drain(..=last);
        }
        Some(PageOf::from_rows(items, limit, |item| order.at(id(item))))
    }

    pub fn with_total(self, total: Option<i64>) -> Self {
        PageOf { total, ..self }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> PageOf<U> {
        let items = self.items.into_iter().map(change).collect();
        PageOf { items, next_cursor: self.next_cursor, total: self.total }
    }

    /// The same where a row may fail.
    pub fn try_map<U, E>(self, change: impl FnMut(T) -> Result<U, E>) -> Result<PageOf<U>, E> {
        let items = self.items.into_iter().map(change).collect::<Result<_, E>>()?;
        Ok(PageOf { items, next_cursor: self.next_cursor, total: self.total })
    }
}
