//! Keyset pages: a cursor names the last row seen, so page 1,000 costs what page 1 costs.

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
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

/// A page of rows and where the next one begins.
#[derive(Debug, Clone, Serialize)]
pub struct PageOf<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> PageOf<T> {
    /// Of `limit + 1` rows read, keeps `limit` and makes a cursor of the last kept when there are more.
    pub fn from_rows(mut rows: Vec<T>, limit: i64, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next_cursor = if more { rows.last().map(|row| cursor(row).encode()) } else { None };
        PageOf { items: rows, next_cursor }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> PageOf<U> {
        PageOf { items: self.items.into_iter().map(change).collect(), next_cursor: self.next_cursor }
    }
}
