//! Lists of referrers, in scope.

use crate::accounts::{Actor, Role};
use crate::chambers::model::SourceStatus;
use crate::db::dialect::{contains_pattern, lower};
use crate::db::page::Cursor;
use crate::db::{AnyConn, Id, MultiBackend};
use crate::filings;
use crate::leads;
use crate::leads::model::Status;
use crate::referrers::model::{Referrer, ReferrerKind};
use crate::registers::list::{read_review_value, review_value};
use crate::registers::{ListQuery, RegisterFilter, RegisterPage, Sort, SortField};
use crate::schema::{
    award_applications, award_payees, filings as filing_rows, leads as lead_rows, referrers,
};
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// What a list of names for typing ahead holds at most.
const MOST_CHOICES: i64 = 1000;

/// The referrers that exist for the actor: all for the bureau and the auditor; for a county those of its
/// region, those that leads it sees name, those that the actor added, and for its officers those with a filing that they
/// see; for finance the payees of applications that were
/// submitted; for a liaison those with a filing that he sees, and his chamber itself.
pub fn visible_to(
    conn: &mut AnyConn,
    actor: &Actor,
) -> QueryResult<referrers::BoxedQuery<'static, MultiBackend>> {
    let rows = referrers::table.into_boxed::<MultiBackend>();
    Ok(match (actor.role, &actor.region) {
        (Role::BureauHead | Role::BureauOfficer | Role::Auditor, _) => rows,
        (Role::CountyOfficer | Role::CountyLeader, Some(region)) => {
            let filed: Vec<Id> = match actor.role {
                Role::CountyOfficer => filed_for(conn, actor)?,
                _ => Vec::new(),
            };
            rows.filter(
                referrers::region
                    .eq(region.clone())
                    .or(referrers::created_by.eq(actor.user_id.clone()))
                    .or(referrers::id.nullable().eq_any(named_by_leads(conn, actor)?))
                    .or(referrers::id.eq_any(filed)),
            )
        }
        (Role::FinanceReviewer, _) => {
            let submitted = award_applications::table.filter(award_applications::submitted_at.is_not_null());
            let paid = award_payees::table
                .filter(award_payees::application_id.eq_any(submitted.select(award_applications::id)))
                .select(award_payees::referrer_id);
            rows.filter(referrers::id.nullable().eq_any(paid))
        }
        (Role::ChamberLiaison, _) => {
            let filed = filed_for(conn, actor)?;
            // A liaison of no chamber has none of his own.
            let chamber = actor.chamber_id.clone().map_or_else(String::new, |id| id.to_string());
            rows.filter(referrers::chamber_id.eq(chamber).or(referrers::id.eq_any(filed)))
        }
        _ => rows.filter(referrers::id.eq("")),
    })
}

/// The referrers with a filing that exists for the actor.
fn filed_for(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<Id>> {
    filings::queries::visible_to(conn, actor)?.select(filing_rows::referrer_id).distinct().load(conn)
}

/// The referrers that leads name which exist for the actor: by hundreds, for a county.
fn named_by_leads(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<Option<Id>>> {
    leads::queries::visible_to(actor)
        .filter(lead_rows::source_referrer_id.is_not_null())
        .select(lead_rows::source_referrer_id)
        .distinct()
        .load(conn)
}

/// One page in order; `None` when the cursor's value is not of the order's kind.
pub fn page(
    conn: &mut AnyConn,
    actor: &Actor,
    asked: &ListQuery<ReferrerKind>,
) -> QueryResult<Option<RegisterPage<Referrer>>> {
    let (mut query, sort) = (filtered(conn, actor, &asked.filter)?, asked.sort);
    let descending = sort.descending != asked.at.is_backward();
    // One arm a field: each has its own column type, and the keyset must match the index.
    macro_rules! keyset {
        ($column:expr, $parse:expr) => {{
            if let Some(cursor) = asked.at.cursor() {
                let Some(value) = cursor.value.as_deref().and_then($parse) else { return Ok(None) };
                let id = cursor.id.clone();
                query = if descending {
                    query.filter($column.lt(value.clone()).or($column.eq(value).and(referrers::id.lt(id))))
                } else {
                    query.filter($column.gt(value.clone()).or($column.eq(value).and(referrers::id.gt(id))))
                };
            }
            if descending {
                query.order(($column.desc(), referrers::id.desc()))
            } else {
                query.order(($column.asc(), referrers::id.asc()))
            }
        }};
    }
    let query = match sort.field {
        SortField::Review => {
            let waits = || referrers::status.eq(SourceStatus::Review);
            let waits_not = || referrers::status.ne(SourceStatus::Review);
            if let Some(cursor) = asked.at.cursor() {
                let Some((is_waiting, name)) = cursor.value.as_deref().and_then(read_review_value) else {
                    return Ok(None);
                };
                let same = || referrers::name.eq(name.clone());
                let before =
                    || referrers::name.lt(name.clone()).or(same().and(referrers::id.lt(cursor.id.clone())));
                let after =
                    || referrers::name.gt(name.clone()).or(same().and(referrers::id.gt(cursor.id.clone())));
                query = match (descending, is_waiting) {
                    (false, true) => query.filter(waits().and(after()).or(waits_not())),
                    (false, false) => query.filter(waits_not().and(after())),
                    (true, true) => query.filter(waits().and(before())),
                    (true, false) => query.filter(waits_not().and(before()).or(waits())),
                };
            }
            if descending {
                query.order((waits().asc(), referrers::name.desc(), referrers::id.desc()))
            } else {
                query.order((waits().desc(), referrers::name.asc(), referrers::id.asc()))
            }
        }
        SortField::Name => keyset!(referrers::name, |t: &str| Some(t.to_owned())),
        SortField::UpdatedAt => keyset!(referrers::updated_at, |t: &str| t.parse::<NaiveDateTime>().ok()),
        SortField::Code => keyset!(referrers::code, |t: &str| Some(t.to_owned())),
    };
    let rows = query.limit(asked.limit + 1).select(Referrer::as_select()).load(conn)?;
    Ok(Some(RegisterPage::from_rows(rows, asked.limit, &asked.at, |row| cursor(row, sort))))
}

/// How many referrers the filter finds.
pub fn count(conn: &mut AnyConn, actor: &Actor, filter: &RegisterFilter<ReferrerKind>) -> QueryResult<i64> {
    filtered(conn, actor, filter)?.count().get_result(conn)
}

/// (code, name) of the others that exist for the actor, by name: what one may be merged into.
pub fn others(conn: &mut AnyConn, actor: &Actor, own: &Id) -> QueryResult<Vec<(String, String)>> {
    visible_to(conn, actor)?
        .filter(referrers::id.ne(own.clone()))
        .order((referrers::name.asc(), referrers::id.asc()))
        .limit(MOST_CHOICES)
        .select((referrers::code, referrers::name))
        .load(conn)
}

/// (code, name) of those that exist for the actor, by name: for typing ahead.
pub fn names(conn: &mut AnyConn, actor: &Actor) -> QueryResult<Vec<(String, String)>> {
    visible_to(conn, actor)?
        .filter(referrers::status.ne(SourceStatus::Inactive))
        .order((referrers::name.asc(), referrers::id.asc()))
        .limit(MOST_CHOICES)
        .select((referrers::code, referrers::name))
        .load(conn)
}

/// The same of one kind.
pub fn names_of_kind(
    conn: &mut AnyConn,
    actor: &Actor,
    kind: ReferrerKind,
) -> QueryResult<Vec<(String, String)>> {
    visible_to(conn, actor)?
        .filter(referrers::kind.eq(kind))
        .filter(referrers::status.ne(SourceStatus::Inactive))
        .order((referrers::name.asc(), referrers::id.asc()))
        .limit(MOST_CHOICES)
        .select((referrers::code, referrers::name))
        .load(conn)
}

/// Of these, those that exist for the actor.
pub fn seen(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashSet<Id>> {
    let seen = visible_to(conn, actor)?.filter(referrers::id.eq_any(ids.to_vec())).select(referrers::id);
    Ok(seen.load::<Id>(conn)?.into_iter().collect())
}

/// How many leads each of these referrers brought, as the list of leads counts them for the actor.
pub fn leads_of(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<HashMap<Id, i64>> {
    // A scope is a boxed query, which can neither be grouped nor stand in another: a window counts instead.
    let source = lead_rows::source_referrer_id;
    let counted: Vec<(Option<Id>, i64)> = leads::queries::visible_to(actor)
        .filter(source.eq_any(ids.to_vec()))
        .filter(lead_rows::status.ne(Status::Merged))
        .select((source, count_star().partition_by(source)))
        .distinct()
        .load(conn)?;
    Ok(counted.into_iter().filter_map(|(id, count)| Some((id?, count))).collect())
}

fn filtered(
    conn: &mut AnyConn,
    actor: &Actor,
    filter: &RegisterFilter<ReferrerKind>,
) -> QueryResult<referrers::BoxedQuery<'static, MultiBackend>> {
    let mut query = visible_to(conn, actor)?;
    if !filter.kinds.is_empty() {
        query = query.filter(referrers::kind.eq_any(filter.kinds.clone()));
    }
    if !filter.regions.is_empty() {
        query = query.filter(referrers::region.eq_any(filter.regions.clone()));
    }
    if !filter.statuses.is_empty() {
        query = query.filter(referrers::status.eq_any(filter.statuses.clone()));
    }
    if let Some(text) = &filter.q {
        query = query.filter(lower(referrers::name).like(contains_pattern(text)).escape('\\'));
    }
    Ok(query)
}

fn cursor(referrer: &Referrer, sort: Sort) -> Cursor {
    let value = match sort.field {
        SortField::Review => review_value(referrer.status, &referrer.name),
        SortField::Name => referrer.name.clone(),
        SortField::UpdatedAt => format!("{:?}", referrer.updated_at),
        SortField::Code => referrer.code.clone(),
    };
    Cursor { sort: sort.to_string(), value: Some(value), id: referrer.id.to_string() }
}
