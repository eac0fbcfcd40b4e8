//! Who read which edition of a notice, and which chambers it goes to.

use crate::accounts::Actor;
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::db::dialect::Both;
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::notices::Notice;
use crate::notices::model::{NoticeAudience, Reading};
use crate::schema::{chambers, notice_chambers, notice_kinds, notice_readings, users};
use chrono::NaiveDateTime;
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use std::collections::HashMap;

/// By name.
pub const READING_ORDER: Order = Order::ascending("name");

/// The chambers in use that a notice goes to.
fn goes_to(notice: &Notice) -> chambers::BoxedQuery<'static, MultiBackend> {
    let rows =
        chambers::table.filter(chambers::status.ne(SourceStatus::Inactive)).into_boxed::<MultiBackend>();
    match notice.audience {
        NoticeAudience::All => rows,
        NoticeAudience::Kinds => {
            let kinds = notice_kinds::table
                .filter(notice_kinds::notice_id.eq(notice.id.clone()))
                .select(notice_kinds::kind);
            rows.filter(chambers::kind.eq_any(kinds))
        }
        NoticeAudience::Chosen => {
            let chosen = notice_chambers::table
                .filter(notice_chambers::notice_id.eq(notice.id.clone()))
                .select(notice_chambers::chamber_id);
            rows.filter(chambers::id.eq_any(chosen))
        }
    }
}

/// Chambers that a notice goes to, by name; one row more than `limit`. `None` for a cursor of another order.
pub fn addressed(
    conn: &mut AnyConn,
    notice: &Notice,
    (order, after): (Order, Option<&Cursor>),
    limit: i64,
) -> QueryResult<Option<Vec<Chamber>>> {
    let mut query = goes_to(notice);
    if let Some(cursor) = after {
        let (Some(name), id) = (cursor.value.clone(), cursor.id.clone()) else { return Ok(None) };
        let same = chambers::name.eq(name.clone());
        query = match order.descending {
            true => query.filter(chambers::name.lt(name).or(same.and(chambers::id.lt(id)))),
            false => query.filter(chambers::name.gt(name).or(same.and(chambers::id.gt(id)))),
        };
    }
    let query = match order.descending {
        true => query.order((chambers::name.desc(), chambers::id.desc())),
        false => query.order((chambers::name.asc(), chambers::id.asc())),
    };
    query.limit(limit + 1).select(Chamber::as_select()).load(conn).map(Some)
}

/// How many chambers a notice goes to.
pub fn addressed_count(conn: &mut AnyConn, notice: &Notice) -> QueryResult<i64> {
    goes_to(notice).count().get_result(conn)
}

/// When each of these chambers first read the notice's edition.
pub fn read_by(
    conn: &mut AnyConn,
    notice: &Notice,
    chambers: &[Id],
) -> QueryResult<HashMap<Id, NaiveDateTime>> {
    let read: Vec<(Id, Option<NaiveDateTime>)> = notice_readings::table
        .filter(notice_readings::notice_id.eq(&notice.id))
        .filter(notice_readings::edition.eq(notice.edition))
        .filter(notice_readings::chamber_id.eq_any(chambers.to_vec()))
        .group_by(notice_readings::chamber_id)
        .select((notice_readings::chamber_id, min(notice_readings::at)))
        .load(conn)?;
    Ok(read.into_iter().filter_map(|(chamber, at)| Some((chamber, at?))).collect())
}

/// How many liaisons of each of these chambers can sign in.
pub fn liaisons_of(conn: &mut AnyConn, chambers: &[Id]) -> QueryResult<HashMap<Id, i64>> {
    let of: Vec<Option<Id>> = chambers.iter().cloned().map(Some).collect();
    let counted: Vec<(Option<Id>, i64)> = users::table
        .filter(users::chamber_id.eq_any(of))
        .filter(users::active.eq(true))
        .group_by(users::chamber_id)
        .select((users::chamber_id, count_star()))
        .load(conn)?;
    Ok(counted.into_iter().filter_map(|(chamber, count)| Some((chamber?, count))).collect())
}

/// When the actor read each of these notices, by edition.
pub fn own_readings(
    conn: &mut AnyConn,
    actor: &Actor,
    notices: &[Id],
) -> QueryResult<HashMap<(Id, i64), NaiveDateTime>> {
    let read: Vec<(Id, i64, NaiveDateTime)> = notice_readings::table
        .filter(notice_readings::user_id.eq(&actor.user_id))
        .filter(notice_readings::notice_id.eq_any(notices.to_vec()))
        .select((notice_readings::notice_id, notice_readings::edition, notice_readings::at))
        .load(conn)?;
    Ok(read.into_iter().map(|(notice, edition, at)| ((notice, edition), at)).collect())
}

/// Enters a reading; one that is there already stays as it is.
pub fn insert_reading(conn: &mut AnyConn, reading: Reading) -> QueryResult<usize> {
    Both(diesel::insert_into(notice_readings::table).values(reading).on_conflict_do_nothing()).execute(conn)
}

/// What is counted of some notices, once for all of them.
#[derive(Debug, Default)]
pub struct Counted {
    /// Chambers in use, by kind.
    chambers: HashMap<ChamberKind, i64>,
    /// (notice, edition, kind): chambers in use of this kind that read it.
    read: HashMap<(Id, i64, ChamberKind), i64>,
    /// (notice, edition): those of them that it names.
    read_named: HashMap<(Id, i64), i64>,
    named: HashMap<Id, i64>,
}

// Kinds are counted beside what they are counted of.
diesel::allow_columns_to_appear_in_same_group_by_clause!(chambers::kind, notice_readings::notice_id);
diesel::allow_columns_to_appear_in_same_group_by_clause!(chambers::kind, notice_readings::edition);

/// Counts how many chambers these notices go to, and how many of them have read.
#[expect(deprecated, reason = "the same as its successor, and known to work on both databases")]
pub fn counted(conn: &mut AnyConn, notices: &[Id]) -> QueryResult<Counted> {
    let in_use = || chambers::status.ne(SourceStatus::Inactive);
    let chambers: Vec<(ChamberKind, i64)> = chambers::table
        .filter(in_use())
        .group_by(chambers::kind)
        .select((chambers::kind, count_star()))
        .load(conn)?;
    // A chamber may have several liaisons who read.
    let read: Vec<(Id, i64, ChamberKind, i64)> = notice_readings::table
        .inner_join(chambers::table.on(chambers::id.eq(notice_readings::chamber_id)))
        .filter(notice_readings::notice_id.eq_any(notices.to_vec()))
        .filter(in_use())
        .group_by((notice_readings::notice_id, notice_readings::edition, chambers::kind))
        .select((
            notice_readings::notice_id,
            notice_readings::edition,
            chambers::kind,
            diesel::dsl::count_distinct(notice_readings::chamber_id),
        ))
        .load(conn)?;
    let is_named = notice_chambers::notice_id
        .eq(notice_readings::notice_id)
        .and(notice_chambers::chamber_id.eq(notice_readings::chamber_id));
    let read_named: Vec<(Id, i64, i64)> = notice_readings::table
        .inner_join(chambers::table.on(chambers::id.eq(notice_readings::chamber_id)))
        .inner_join(notice_chambers::table.on(is_named))
        .filter(notice_readings::notice_id.eq_any(notices.to_vec()))
        .filter(in_use())
        .group_by((notice_readings::notice_id, notice_readings::edition))
        .select((
            notice_readings::notice_id,
            notice_readings::edition,
            diesel::dsl::count_distinct(notice_readings::chamber_id),
        ))
        .load(conn)?;
    let named: Vec<(Id, i64)> = notice_chambers::table
        .inner_join(chambers::table.on(chambers::id.eq(notice_chambers::chamber_id)))
        .filter(notice_chambers::notice_id.eq_any(notices.to_vec()))
        .filter(in_use())
        .group_by(notice_chambers::notice_id)
        .select((notice_chambers::notice_id, count_star()))
        .load(conn)?;
    Ok(Counted {
        chambers: chambers.into_iter().collect(),
        read: read.into_iter().map(|(notice, edition, kind, n)| ((notice, edition, kind), n)).collect(),
        read_named: read_named.into_iter().map(|(notice, edition, n)| ((notice, edition), n)).collect(),
        named: named.into_iter().collect(),
    })
}

impl Counted {
    /// (chambers that it goes to, those of them that have read its edition)
    pub fn of(&self, notice: &Notice, kinds: &[ChamberKind]) -> (i64, i64) {
        let of_kind = |kind: &ChamberKind| self.chambers.get(kind).copied().unwrap_or_default();
        let read = |kind: &ChamberKind| {
            self.read.get(&(notice.id.clone(), notice.edition, *kind)).copied().unwrap_or_default()
        };
        match notice.audience {
            NoticeAudience::All => {
                (ChamberKind::ALL.iter().map(of_kind).sum(), ChamberKind::ALL.iter().map(read).sum())
            }
            NoticeAudience::Kinds => (kinds.iter().map(of_kind).sum(), kinds.iter().map(read).sum()),
            NoticeAudience::Chosen => (
                self.named.get(&notice.id).copied().unwrap_or_default(),
                self.read_named.get(&(notice.id.clone(), notice.edition)).copied().unwrap_or_default(),
            ),
        }
    }
}
