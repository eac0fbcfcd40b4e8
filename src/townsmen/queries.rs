//! All SQL of townsmen. Reads for an actor begin at `visible_to`: outside it a townsman does not exist, and one who was
//! removed exists for nobody.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, MultiBackend, series};
use crate::schema::townsmen;
use crate::townsmen::Townsman;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The townsmen that exist for the actor: a county's own, a liaison's those whom his chamber introduced.
pub fn visible_to(actor: &Actor) -> townsmen::BoxedQuery<'static, MultiBackend> {
    let rows = townsmen::table.filter(townsmen::removed_at.is_null()).into_boxed::<MultiBackend>();
    match (actor.role, &actor.region, &actor.chamber_id) {
        (Role::BureauHead | Role::BureauOfficer | Role::Auditor, _, _) => rows,
        (Role::CountyOfficer, Some(home), _) => rows.filter(townsmen::home.eq(home.clone())),
        (Role::ChamberLiaison, _, Some(own)) => rows.filter(townsmen::chamber_id.eq(own.clone())),
        _ => rows.filter(townsmen::id.eq("")),
    }
}

/// All of them in the order in which they were entered; with a day those whose review is due by then.
pub fn list(conn: &mut AnyConn, actor: &Actor, due_by: Option<NaiveDate>) -> QueryResult<Vec<Townsman>> {
    let mut query = visible_to(actor);
    if let Some(day) = due_by {
        query = query.filter(townsmen::review_due_on.le(day));
    }
    query.order(townsmen::id.asc()).select(Townsman::as_select()).load(conn)
}

/// How many reviews are due by a day.
pub fn count_due(conn: &mut AnyConn, actor: &Actor, day: NaiveDate) -> QueryResult<i64> {
    visible_to(actor).filter(townsmen::review_due_on.le(day)).count().get_result(conn)
}

/// By id or code, if it exists for the actor.
pub fn find_visible(conn: &mut AnyConn, actor: &Actor, id_or_code: &str) -> QueryResult<Option<Townsman>> {
    visible_to(actor)
        .filter(townsmen::id.eq(id_or_code.to_owned()).or(townsmen::code.eq(id_or_code.to_owned())))
        .select(Townsman::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, townsman: &Townsman) -> QueryResult<()> {
    diesel::insert_into(townsmen::table).values(townsman.clone()).execute(conn).map(drop)
}

/// Writes the townsman over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(
    conn: &mut AnyConn,
    mut townsman: Townsman,
    now: NaiveDateTime,
) -> QueryResult<Option<Townsman>> {
    let read = townsman.version;
    townsman.version = read + 1;
    townsman.updated_at = now;
    let row = townsmen::table.find(townsman.id.clone()).filter(townsmen::version.eq(read));
    let changed = diesel::update(row).set(townsman.clone()).execute(conn)?;
    Ok((changed == 1).then_some(townsman))
}

/// The next code, such as `XX-0007`.
pub fn next_code(conn: &mut AnyConn) -> QueryResult<String> {
    Ok(format!("XX-{:04}", series::next(conn, "townsman")?))
}
