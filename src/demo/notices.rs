//! Notices of the demonstration, one of which its liaison has read.

use super::people::People;
use super::sources::ById;
use super::{rows, shifted};
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::notices::editing;
use crate::notices::forms::{NoticeBody, NoticeInput};
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Deserialize)]
struct NoticeRow {
    title: String,
    text: String,
    audience: String,
    /// Apart by spaces, as chambers.
    kinds: String,
    chambers: String,
    from_on: String,
    until_on: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    people: &People,
    chambers: &ById,
    today: NaiveDate,
) -> Result<(), AppError> {
    let mut current = Vec::new();
    for row in rows::<NoticeRow>("notices.csv")? {
        let named = row.chambers.split_whitespace().filter_map(|id| chambers.get(id)).map(Id::to_string);
        let body = NoticeBody {
            title: Some(row.title),
            text: Some(row.text),
            audience: row.audience.parse().ok(),
            kinds: row.kinds.split_whitespace().filter_map(|kind| kind.parse().ok()).collect(),
            chambers: named.collect(),
            from_on: shifted(&row.from_on, today),
            until_on: shifted(&row.until_on, today),
            read_again: None,
        };
        let input = NoticeInput::check(body, today, FieldErrors::default())?;
        current.push(editing::register(conn, &people.officer, input)?);
    }
    if let (Some(liaison), Some(first)) = (people.staff.get("liaison"), current.get(1)) {
        editing::read(conn, liaison, first)?;
    }
    Ok(())
}
