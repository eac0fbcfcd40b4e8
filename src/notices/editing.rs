//! Writing, retracting and reading notices: every change is its row by its version and an entry of the trail.

use crate::accounts::Actor;
use crate::audit::{self, Act, Differences};
use crate::chambers;
use crate::chambers::model::ChamberKind;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::notices::forms::{NoticeBody, NoticeInput};
use crate::notices::model::{Notice, NoticeAudience, Reading};
use crate::notices::{policy, queries};
use chrono::NaiveDate;
use serde::Serialize;

/// The notice of a path, if it exists for the actor.
pub fn load(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Notice, AppError> {
    let id: Id = id.parse().map_err(|_| AppError::NotFound)?;
    queries::find_visible(conn, actor, &id, clock::today())?.ok_or(AppError::NotFound)
}

/// The notice of a path, which the actor may also change.
///
/// # Errors
/// 409 `notice-retracted`.
pub fn load_editable(conn: &mut AnyConn, actor: &Actor, id: &str) -> Result<Notice, AppError> {
    let notice = load(conn, actor, id)?;
    if !policy::keeps(actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    if notice.retracted_at.is_some() { Err(AppError::Conflict("notice-retracted")) } else { Ok(notice) }
}

/// Whom a notice goes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Audience {
    pub kinds: Vec<ChamberKind>,
    /// Id, code and name, by name.
    pub chambers: Vec<(Id, String, String)>,
}

impl Audience {
    pub fn of(conn: &mut AnyConn, notice: &Notice) -> Result<Self, AppError> {
        let ids = [notice.id.clone()];
        let kinds = queries::kinds_of(conn, &ids)?.into_iter().map(|(_, kind)| kind).collect();
        let chambers = queries::chambers_of(conn, &ids)?;
        let chambers = chambers.into_iter().map(|(_, id, code, name)| (id, code, name)).collect();
        Ok(Audience { kinds, chambers })
    }
}

/// A notice as the body that would give it: what a merge patch starts from.
pub fn as_body(notice: &Notice, audience: &Audience) -> NoticeBody {
    NoticeBody {
        title: Some(notice.title.clone()),
        text: Some(notice.text.clone()),
        audience: Some(notice.audience),
        kinds: audience.kinds.clone(),
        chambers: audience.chambers.iter().map(|(_, code, _)| code.clone()).collect(),
        from_on: Some(notice.from_on),
        until_on: notice.until_on,
        read_again: None,
    }
}

/// Writes a notice.
///
/// # Errors
/// 422 at `chambers` for an unknown one.
pub fn register(conn: &mut AnyConn, actor: &Actor, input: NoticeInput) -> Result<Notice, AppError> {
    let chambers = resolved(conn, actor, &input.chambers)?;
    let now = clock::now();
    let notice = Notice {
        id: Id::generate(),
        title: input.title,
        text: input.text,
        audience: input.audience,
        from_on: input.from_on,
        until_on: input.until_on,
        edition: 1,
        retracted_at: None,
        retraction_reason: None,
        version: 1,
        created_by: Some(actor.user_id.clone()),
        created_at: now,
        updated_at: now,
    };
    queries::insert(conn, &notice)?;
    queries::set_audience(conn, &notice.id, &input.kinds, &chambers)?;
    let after = Auditable::of(&notice, input.kinds, chambers);
    let differences = Differences::of_new(&after);
    tell(conn, actor, &notice.id, "notice.create", differences, None)?;
    Ok(notice)
}

/// Changes a notice; `read_again` makes another edition, which nobody has read. What changes nothing writes nothing.
pub fn edit(
    conn: &mut AnyConn,
    actor: &Actor,
    before: Notice,
    input: NoticeInput,
) -> Result<Notice, AppError> {
    let chambers = resolved(conn, actor, &input.chambers)?;
    let was = Audience::of(conn, &before)?;
    let ids = was.chambers.into_iter().map(|(id, ..)| id).collect();
    let was = Auditable::of(&before, was.kinds, ids);
    let notice = Notice {
        title: input.title,
        text: input.text,
        audience: input.audience,
        from_on: input.from_on,
        until_on: input.until_on,
        edition: before.edition + i64::from(input.read_again),
        ..before.clone()
    };
    let now = Auditable::of(&notice, input.kinds.clone(), chambers.clone());
    if now == was {
        return Ok(before);
    }
    let notice = queries::update(conn, notice, clock::now())?
        .ok_or(AppError::Stale { current: before.version + 1 })?;
    queries::set_audience(conn, &notice.id, &input.kinds, &chambers)?;
    tell(conn, actor, &notice.id, "notice.update", Differences::between(&was, &now), None)?;
    Ok(notice)
}

/// Takes a notice back; it stays on record with the reason.
///
/// # Errors
/// 422 at `reason` without one.
pub fn retract(conn: &mut AnyConn, actor: &Actor, before: Notice, reason: &str) -> Result<Notice, AppError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let now = clock::now();
    let current = before.version + 1;
    let notice = Notice { retracted_at: Some(now), retraction_reason: Some(reason.to_owned()), ..before };
    let notice = queries::update(conn, notice, now)?.ok_or(AppError::Stale { current })?;
    tell(conn, actor, &notice.id, "notice.retract", Differences::default(), Some(reason))?;
    Ok(notice)
}

/// Says that the actor read the notice as it is now; once is enough.
///
/// # Errors
/// 403 for whom it is not for.
pub fn read(conn: &mut AnyConn, actor: &Actor, notice: &Notice) -> Result<(), AppError> {
    let chamber_id = match &actor.chamber_id {
        Some(chamber) if policy::marks(actor.role) => chamber.clone(),
        _ => return Err(AppError::Forbidden("role")),
    };
    let reading = Reading {
        notice_id: notice.id.clone(),
        user_id: actor.user_id.clone(),
        edition: notice.edition,
        chamber_id,
        at: clock::now(),
    };
    if queries::insert_reading(conn, reading)? == 0 {
        return Ok(());
    }
    let differences = Differences::default().set("edition", &notice.edition);
    tell(conn, actor, &notice.id, "notice.read", differences, None)
}

/// The chambers that were named, by id, code or name, each once.
fn resolved(conn: &mut AnyConn, actor: &Actor, named: &[String]) -> Result<Vec<Id>, AppError> {
    let mut ids: Vec<Id> = Vec::new();
    for name in named {
        // What a list for typing ahead gives begins with the code.
        let code = name.split_whitespace().next().unwrap_or_default();
        let found = match chambers::queries::find_visible(conn, actor, code)? {
            Some(found) => Some(found),
            None => chambers::queries::find_by_name(conn, name)?,
        };
        let found = found.ok_or_else(|| AppError::invalid("chambers", "unknown-chamber"))?;
        if !ids.contains(&found.id) {
            ids.push(found.id);
        }
    }
    ids.sort();
    Ok(ids)
}

/// The fields whose changes the trail tells.
#[derive(Debug, Default, PartialEq, Serialize)]
struct Auditable {
    title: Option<String>,
    text: Option<String>,
    audience: Option<NoticeAudience>,
    kinds: Vec<ChamberKind>,
    chambers: Vec<Id>,
    from_on: Option<NaiveDate>,
    until_on: Option<NaiveDate>,
    edition: Option<i64>,
}

impl Auditable {
    fn of(notice: &Notice, mut kinds: Vec<ChamberKind>, mut chambers: Vec<Id>) -> Self {
        kinds.sort();
        chambers.sort();
        Auditable {
            title: Some(notice.title.clone()),
            text: Some(notice.text.clone()),
            audience: Some(notice.audience),
            kinds,
            chambers,
            from_on: Some(notice.from_on),
            until_on: notice.until_on,
            edition: Some(notice.edition),
        }
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<(), AppError> {
    let act = Act { action, subject_kind: "notice", subject_id: id.as_str(), differences, reason };
    Ok(audit::record(conn, actor, act)?)
}
