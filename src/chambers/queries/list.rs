//! Lists of chambers, in scope.

use crate::accounts::{Actor, Role};
use crate::chambers::model::{Chamber, ChamberKind, SourceStatus};
use crate::chambers::policy;
use crate::chambers::queries::entries::expiring_kinds;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::leads;
use crate::leads::model::Status;
use crate::registers::list::{read_review_value, review_value};
use crate::registers::{ListQuery, RegisterFilter, RegisterPage, Sort, SortField};
use crate::schema::{chamber_entries, chambers, leads as lead_rows};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::HashMap;

/// What a list of names for typing ahead holds at most.
const MOST_CHOICES: i64 = 1000;

/// The chambers that exist for the actor: a liaison's own, all for the other roles that read them.
pub fn visible_to(actor: &Actor) -> chambers::BoxedQuery<'static, MultiBackend> {
    let rows = chambers::table.into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => rows.filter(chambers::id.eq(own.clone())),
        (role, _) if role != Role::ChamberLiaison && policy::reads(role) => rows,
        _ => rows.filter(chambers::id.eq("")),
    }
}

/// One page in order; `None` when the cursor's value is not of the order's kind.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    asked: &ListQuery<ChamberKind>,
) -> QueryResult<Option<RegisterPage<Chamber>>> {
    let (mut query, sort) = (filtered(actor, &asked.filter), asked.sort);
    let descending = sort.descending != asked.at.is_backward();
    // One arm a field: each has its own column type, and the keyset must match the index.
    macro_rules! keyset {
        ($column:expr, $parse:expr) => {{
            if let Some(cursor) = asked.at.cursor() {
                let Some(value) = cursor.value.as_deref().and_then($parse) else { return Ok(None) };
                let id = cursor.id.clone();
                query = if descending {
                    query.filter($column.lt(value.clone()).or($column.eq(value).and(chambers::id.lt(id))))
                } else {
                    query.filter($column.gt(value.clone()).or($column.eq(value).and(chambers::id.gt(id))))
                };
            }
            if descending {
                query.order(($column.desc(), chambers::id.desc()))
            } else {
                query.order(($column.asc(), chambers::id.asc()))
            }
        }};
    }
    let query = match sort.field {
        SortField::Review => {
            let waits = || chambers::status.eq(SourceStatus::Review);
            let waits_not = || chambers::status.ne(SourceStatus::Review);
            if let Some(cursor) = asked.at.cursor() {
                let Some((is_waiting, name)) = cursor.value.as_deref().and_then(read_review_value) else {
                    return Ok(None);
                };
                let same = || chambers::name.eq(name.clone());
                let before =
                    || chambers::name.lt(name.clone()).or(same().and(chambers::id.lt(cursor.id.clone())));
                let after =
                    || chambers::name.gt(name.clone()).or(same().and(chambers::id.gt(cursor.id.clone())));
                query = match (descending, is_waiting) {
                    (false, true) => query.filter(waits().and(after()).or(waits_not())),
                    (false, false) => query.filter(waits_not().and(after())),
                    (true, true) => query.filter(waits().and(before())),
                    (true, false) => query.filter(waits_not().and(before()).or(waits())),
                };
            }
            if descending {
                query.order((waits().asc(), chambers::name.desc(), chambers::id.desc()))
            } else {
                query.order((waits().desc(), chambers::name.asc(), chambers::id.asc()))
            }
        }
        SortField::Name => keyset!(chambers::name, |t: &str| Some(t.to_owned())),
        SortField::UpdatedAt => keyset!(chambers::updated_at, |t: &str| t.parse::<NaiveDateTime>().ok()),
        SortField::Code => keyset!(chambers::code, |t: &str| Some(t.to_owned())),
    };
    let rows = query.limit(asked.limit + 1).select(Chamber::as_select()).load(conn)?;
    Ok(Some(RegisterPage::from_rows(rows, asked.limit, &asked.at, |row| cursor(row, sort))))
}

/// How many chambers the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &RegisterFilter<ChamberKind>) -> QueryResult<i64> {
    filtered(actor, filter).count().get_result(conn)
}

/// (code, name) of the others that exist for the actor, by name: what one may be merged into.
pub fn others(conn: &mut AnyConn, actor: &Actor, own: &Id) -> QueryResult<Vec<(String, String)>> {
    visible_to(actor)
        .filter(chambers::id.ne(own.clone()))
        .order((chambers::name.asc(), chambers::id.asc()))
        .limit(MOST_CHOICES)
        .select((chambers::code, chambers::name))
        .load(conn)
}

/// How many leads each of these chambers brought, as the list of leads counts them for the actor.
pub fn leads_of(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashMap<Id, i64>> {
    // A scope is a boxed query, which can neither be grouped nor stand in another: a window counts instead.
    let source = lead_rows::source_chamber_id;
    let counted: Vec<(Option<Id>, i64)> = leads::queries::visible_to(actor)
        .filter(source.eq_any(ids.to_vec()))
        .filter(lead_rows::status.ne(Status::Merged))
        .select((source, count_star().partition_by(source)))
        .distinct()
        .load(conn)?;
    Ok(counted.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

fn filtered(
    actor: &Actor,
    filter: &RegisterFilter<ChamberKind>,
) -> chambers::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(actor);
    if !filter.kinds.is_empty() {
        query = query.filter(chambers::kind.eq_any(filter.kinds.clone()));
    }
    if !filter.regions.is_empty() {
        query = query.filter(chambers::region.eq_any(filter.regions.clone()));
    }
    if !filter.statuses.is_empty() {
        query = query.filter(chambers::status.eq_any(filter.statuses.clone()));
    }
    if let Some((from, to)) = filter.ending {
        let ending = chamber_entries::table
            .filter(chamber_entries::kind.eq_any(expiring_kinds()))
            .filter(chamber_entries::to_on.between(from, to))
            .select(chamber_entries::chamber_id);
        query = query.filter(chambers::id.eq_any(ending));
    }
    if let Some(text) = &filter.q {
        query = query.filter(lower(chambers::name).like(contains_pattern(text)).escape('\\'));
    }
    query
}

fn cursor(chamber: &Chamber, sort: Sort) -> Cursor {
    let value = match sort.field {
        SortField::Review => review_value(chamber.status, &chamber.name),
        SortField::Name => chamber.name.clone(),
        SortField::UpdatedAt => format!("{:?}", chamber.updated_at),
        SortField::Code => chamber.code.clone(),
    };
    Cursor { sort: sort.to_string(), value: Some(value), id: chamber.id.to_string() }
}
