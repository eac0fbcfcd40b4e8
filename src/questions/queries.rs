//! All SQL of questions. Reads for an actor begin at `visible_to`: outside it a question does not exist.

use crate::accounts::{Actor, Role};
use crate::db::{AnyConn, Id, MultiBackend};
use crate::questions::model::Question;
use crate::questions::policy;
use crate::schema::questions;
use chrono::NaiveDateTime;
use diesel::prelude::*;

/// The questions that exist for the actor about leads that he sees: a liaison's chamber's own, all for the others
/// who read them. The leads are looked up by who calls.
fn visible_to(actor: &Actor, leads: &[Id]) -> questions::BoxedQuery<'static, MultiBackend> {
    let rows =
        questions::table.filter(questions::lead_id.eq_any(leads.to_vec())).into_boxed::<MultiBackend>();
    match (actor.role, &actor.chamber_id) {
        (Role::ChamberLiaison, Some(own)) => rows.filter(questions::chamber_id.eq(own.clone())),
        (role, _) if role != Role::ChamberLiaison && policy::reads(role) => rows,
        _ => rows.filter(questions::id.eq("")),
    }
}

/// Of leads that the actor sees, the latest first.
pub fn of_leads(conn: &mut AnyConn, actor: &Actor, leads: &[Id]) -> QueryResult<Vec<Question>> {
    visible_to(actor, leads).order(questions::id.desc()).select(Question::as_select()).load(conn)
}

/// Those that wait for an answer, the first asked first.
pub fn waiting(conn: &mut AnyConn, actor: &Actor, leads: &[Id]) -> QueryResult<Vec<Question>> {
    visible_to(actor, leads)
        .filter(questions::answered_at.is_null())
        .order(questions::id.asc())
        .select(Question::as_select())
        .load(conn)
}

/// One of a lead that the actor sees.
pub fn find(conn: &mut AnyConn, actor: &Actor, lead: &Id, id: &Id) -> QueryResult<Option<Question>> {
    visible_to(actor, std::slice::from_ref(lead))
        .filter(questions::id.eq(id.clone()))
        .select(Question::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, question: &Question) -> QueryResult<()> {
    diesel::insert_into(questions::table).values(question.clone()).execute(conn).map(drop)
}

/// Writes the answer, if nobody gave one meanwhile; `false` when somebody did.
pub fn answer(conn: &mut AnyConn, id: &Id, text: &str, by: &Id, now: NaiveDateTime) -> QueryResult<bool> {
    let waiting = questions::table.find(id).filter(questions::answered_at.is_null());
    let changed = diesel::update(waiting)
        .set((questions::answer.eq(text), questions::answered_by.eq(by), questions::answered_at.eq(now)))
        .execute(conn)?;
    Ok(changed == 1)
}
