//! A notice as the API shows it: to a liaison not whom else it goes to.

use crate::accounts::Actor;
use crate::chambers::model::ChamberKind;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::notices::model::{Notice, NoticeAudience};
use crate::notices::rules::{self, NoticeStanding};
use crate::notices::{policy, queries};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// What the bureau tells liaisons of chambers.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Notice)]
pub struct NoticeView {
    pub id: Id,
    pub version: i64,
    pub title: String,
    pub text: String,
    /// To which chambers it goes; a liaison is not told whom else.
    pub audience: Option<NoticeAudience>,
    /// Where it goes to kinds.
    pub kinds: Vec<ChamberKind>,
    /// Where it goes to chosen chambers.
    pub chambers: Vec<NoticeChamber>,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    /// Today.
    pub standing: NoticeStanding,
    /// Which one has to be read: the next one when an edit is to be read again.
    pub edition: i64,
    /// When the reader himself said that he read this edition.
    #[serde(with = "clock::rfc3339::option")]
    pub read_at: Option<NaiveDateTime>,
    /// Chambers in use that it goes to, and those of them that have read this edition; for the bureau and the auditor.
    pub addressed: Option<i64>,
    pub read: Option<i64>,
    #[serde(with = "clock::rfc3339::option")]
    pub retracted_at: Option<NaiveDateTime>,
    pub retraction_reason: Option<String>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// A chamber that a notice goes to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticeChamber {
    pub id: Id,
    pub code: String,
    pub name: String,
}

/// Whether a chamber that a notice goes to has read it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticeReading {
    pub chamber_id: Id,
    pub code: String,
    pub name: String,
    /// Liaisons of it who can sign in.
    pub liaisons: i64,
    /// When the first of them read the notice's edition.
    #[serde(with = "clock::rfc3339::option")]
    pub read_at: Option<NaiveDateTime>,
}

/// Notices as their reader sees them; whom they go to and who read them is asked once for all.
pub fn list(conn: &mut AnyConn, actor: &Actor, rows: Vec<Notice>) -> Result<Vec<NoticeView>, AppError> {
    let (ids, today) = (rows.iter().map(|row| row.id.clone()).collect::<Vec<Id>>(), clock::today());
    let is_his = policy::marks(actor.role);
    let mut own = if is_his { queries::own_readings(conn, actor, &ids)? } else { HashMap::new() };
    let (mut kinds, mut chambers) = (HashMap::<Id, Vec<ChamberKind>>::new(), HashMap::<Id, Vec<_>>::new());
    if !is_his {
        for (notice, kind) in queries::kinds_of(conn, &ids)? {
            kinds.entry(notice).or_default().push(kind);
        }
        for (notice, id, code, name) in queries::chambers_of(conn, &ids)? {
            chambers.entry(notice).or_default().push(NoticeChamber { id, code, name });
        }
    }
    let counted = match policy::sees_readings(actor.role) {
        true => Some(queries::counted(conn, &ids)?),
        false => None,
    };
    let shown = rows.into_iter().map(|row| {
        let kinds = kinds.remove(&row.id).unwrap_or_default();
        let counts = counted.as_ref().map(|counted| counted.of(&row, &kinds));
        NoticeView {
            audience: (!is_his).then_some(row.audience),
            chambers: chambers.remove(&row.id).unwrap_or_default(),
            kinds,
            standing: rules::standing(row.from_on, row.until_on, row.retracted_at.is_some(), today),
            read_at: own.remove(&(row.id.clone(), row.edition)),
            addressed: counts.map(|(addressed, _)| addressed),
            read: counts.map(|(_, read)| read),
            id: row.id,
            version: row.version,
            title: row.title,
            text: row.text,
            from_on: row.from_on,
            until_on: row.until_on,
            edition: row.edition,
            retracted_at: row.retracted_at,
            retraction_reason: row.retraction_reason,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    });
    Ok(shown.collect())
}

/// One notice as its reader sees it.
pub fn detail(conn: &mut AnyConn, actor: &Actor, row: Notice) -> Result<NoticeView, AppError> {
    list(conn, actor, vec![row])?.pop().ok_or(AppError::NotFound)
}
