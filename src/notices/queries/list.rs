//! Lists of notices, in scope.

use crate::accounts::{Actor, Role};
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::notices::Notice;
use crate::notices::model::NoticeAudience;
use crate::notices::policy;
use crate::notices::rules::NoticeStanding;
use crate::schema::{chambers, notice_chambers, notice_kinds, notice_readings, notices};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The latest first: ids are in the order of time.
pub const ORDER: Order = Order::descending("id");

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct NoticeFilter {
    pub standing: Option<NoticeStanding>,
    /// Part of the title.
    pub q: Option<String>,
}

type Boxed = notices::BoxedQuery<'static, MultiBackend>;

/// The notices that exist for the actor today: a liaison's those that go to his chamber and are there.
pub fn visible_to(actor: &Actor, today: NaiveDate) -> Boxed {
    let rows = notices::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => {
            let named = notice_chambers::table
                .filter(notice_chambers::chamber_id.eq(own.clone()))
                .select(notice_chambers::notice_id);
            let of_kind = notice_kinds::table
                .inner_join(chambers::table.on(chambers::kind.eq(notice_kinds::kind)))
                .filter(chambers::id.eq(own.clone()))
                .select(notice_kinds::notice_id);
            let to_all = notices::audience.eq(NoticeAudience::All);
            let goes_to = to_all.or(notices::id.eq_any(named)).or(notices::id.eq_any(of_kind));
            current(rows.filter(goes_to), today)
        }
        (role, _) if role != Role::ChamberLiaison && policy::reads(role) => rows,
        _ => rows.filter(notices::id.eq("")),
    }
}

fn current(rows: Boxed, today: NaiveDate) -> Boxed {
    rows.filter(notices::retracted_at.is_null())
        .filter(notices::from_on.le(today))
        .filter(notices::until_on.is_null().or(notices::until_on.ge(today)))
}

fn filtered(actor: &Actor, filter: &NoticeFilter, today: NaiveDate) -> Boxed {
    let mut query = visible_to(actor, today);
    query = match filter.standing {
        Some(NoticeStanding::Current) => current(query, today),
        Some(NoticeStanding::Coming) => {
            query.filter(notices::retracted_at.is_null()).filter(notices::from_on.gt(today))
        }
        Some(NoticeStanding::Over) => {
            query.filter(notices::retracted_at.is_null()).filter(notices::until_on.lt(today))
        }
        Some(NoticeStanding::Retracted) => query.filter(notices::retracted_at.is_not_null()),
        None => query,
    };
    if let Some(text) = &filter.q {
        query = query.filter(lower(notices::title).like(contains_pattern(text)).escape('\\'));
    }
    query
}

/// Notices in `order`, by id; one row more than `limit`.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &NoticeFilter,
    today: NaiveDate,
    (order, after): (Order, Option<&Cursor>),
    limit: i64,
) -> QueryResult<Vec<Notice>> {
    let mut query = filtered(actor, filter, today);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = match order.descending {
            true => query.filter(notices::id.lt(id)),
            false => query.filter(notices::id.gt(id)),
        };
    }
    let query = match order.descending {
        true => query.order(notices::id.desc()),
        false => query.order(notices::id.asc()),
    };
    query.limit(limit + 1).select(Notice::as_select()).load(conn)
}

/// How many the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &NoticeFilter, today: NaiveDate) -> QueryResult<i64> {
    filtered(actor, filter, today).count().get_result(conn)
}

/// By id, if it exists for the actor.
pub fn find_visible(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &Id,
    today: NaiveDate,
) -> QueryResult<Option<Notice>> {
    visible_to(actor, today)
        .filter(notices::id.eq(id.clone()))
        .select(Notice::as_select())
        .first(conn)
        .optional()
}

/// Those that the actor has not read in their edition.
fn unread_by(actor: &Actor, today: NaiveDate) -> Boxed {
    let read = notice_readings::table
        .filter(notice_readings::user_id.eq(actor.user_id.clone()))
        .filter(notice_readings::notice_id.eq(notices::id))
        .filter(notice_readings::edition.eq(notices::edition))
        .select(notice_readings::notice_id);
    visible_to(actor, today).filter(diesel::dsl::not(diesel::dsl::exists(read)))
}

/// The latest of them.
pub fn first_unread(conn: &mut AnyConn, actor: &Actor, today: NaiveDate) -> QueryResult<Option<Notice>> {
    unread_by(actor, today).order(notices::id.desc()).select(Notice::as_select()).first(conn).optional()
}

/// How many they are.
pub fn unread(conn: &mut AnyConn, actor: &Actor, today: NaiveDate) -> QueryResult<i64> {
    unread_by(actor, today).count().get_result(conn)
}
