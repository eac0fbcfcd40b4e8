//! All SQL of recommendations. Reads for an actor begin at `visible_to`: outside it one does not exist.

use crate::accounts::{Actor, Role};
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::{Cursor, Order};
use crate::db::{AnyConn, Id, MultiBackend, series};
use crate::recommendations::Recommendation;
use crate::recommendations::model::RecommendationState;
use crate::recommendations::policy;
use crate::schema::recommendations;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The latest first: ids are in the order of time.
pub const ORDER: Order = Order::descending("id");

/// What a list shows.
#[derive(Debug, Clone, Default)]
pub struct RecommendationFilter {
    pub state: Option<RecommendationState>,
    /// Part of the enterprise's name.
    pub q: Option<String>,
}

/// The recommendations that exist for the actor: a county's own, a liaison's those of his chamber.
pub fn visible_to(actor: &Actor) -> recommendations::BoxedQuery<'static, MultiBackend> {
    let rows = recommendations::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.region, &actor.chamber_id) {
        (Role::CountyOfficer, Some(own), _) => rows.filter(recommendations::county.eq(own.clone())),
        (Role::ChamberLiaison, _, Some(own)) => rows.filter(recommendations::chamber_id.eq(own.clone())),
        (Role::CountyOfficer | Role::ChamberLiaison, _, _) => rows.filter(recommendations::id.eq("")),
        (role, _, _) if policy::reads(role) => rows,
        _ => rows.filter(recommendations::id.eq("")),
    }
}

fn filtered(
    actor: &Actor,
    filter: &RecommendationFilter,
) -> recommendations::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(actor);
    query = match filter.state {
        Some(RecommendationState::Noted) => query.filter(recommendations::sent_on.is_null()),
        Some(RecommendationState::Sent) => {
            query.filter(recommendations::sent_on.is_not_null()).filter(recommendations::result.is_null())
        }
        Some(RecommendationState::Answered) => query.filter(recommendations::result.is_not_null()),
        None => query,
    };
    if let Some(text) = &filter.q {
        let pattern = contains_pattern(text);
        query = query.filter(lower(recommendations::enterprise).like(pattern).escape('\\'));
    }
    query
}

/// Recommendations in `order`, by id; one row more than `limit`.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &RecommendationFilter,
    order: Order,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Vec<Recommendation>> {
    let mut query = filtered(actor, filter);
    if let Some(cursor) = after {
        let id = cursor.id.clone();
        query = match order.descending {
            true => query.filter(recommendations::id.lt(id)),
            false => query.filter(recommendations::id.gt(id)),
        };
    }
    let query = match order.descending {
        true => query.order(recommendations::id.desc()),
        false => query.order(recommendations::id.asc()),
    };
    query.limit(limit + 1).select(Recommendation::as_select()).load(conn)
}

/// How many the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &RecommendationFilter) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// By id or code, if it exists for the actor.
pub fn find_visible(
    conn: &mut AnyConn,
    actor: &Actor,
    id_or_code: &str,
) -> QueryResult<Option<Recommendation>> {
    visible_to(actor)
        .filter(
            recommendations::id.eq(id_or_code.to_owned()).or(recommendations::code.eq(id_or_code.to_owned())),
        )
        .select(Recommendation::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, row: &Recommendation) -> QueryResult<()> {
    diesel::insert_into(recommendations::table).values(row.clone()).execute(conn).map(drop)
}

/// Writes it over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(
    conn: &mut AnyConn,
    mut changed: Recommendation,
    now: NaiveDateTime,
) -> QueryResult<Option<Recommendation>> {
    let read = changed.version;
    changed.version = read + 1;
    changed.updated_at = now;
    let row = recommendations::table.find(changed.id.clone()).filter(recommendations::version.eq(read));
    Ok((diesel::update(row).set(changed.clone()).execute(conn)? == 1).then_some(changed))
}

/// Removes the row if nobody changed it since; `false` when somebody did.
pub fn delete(conn: &mut AnyConn, row: &Recommendation) -> QueryResult<bool> {
    let row = recommendations::table.find(&row.id).filter(recommendations::version.eq(row.version));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// The next code, such as `TJ-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("TJ-{:04}", series::next(conn, "recommendation")?))
}

/// Those of one chamber, made those of another.
pub fn move_to_chamber(conn: &mut AnyConn, from: &Id, to: &Id, now: NaiveDateTime) -> QueryResult<usize> {
    diesel::update(recommendations::table.filter(recommendations::chamber_id.eq(from)))
        .set((
            recommendations::chamber_id.eq(to),
            recommendations::version.eq(recommendations::version + 1),
            recommendations::updated_at.eq(now),
        ))
        .execute(conn)
}
