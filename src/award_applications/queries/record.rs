//! One application: finding it, writing it, and what belongs to it.

use super::{open_or_paid, visible_to};
use crate::accounts::{Actor, Role};
use crate::award_applications::model::{
    Application, ApplicationStatus, FundingPart, Payee, Ruling, Transition,
};
use crate::award_applications::ways::duty_of;
use crate::db::{AnyConn, Id, series};
use crate::policies::awards::AwardRule;
use crate::projects::model::Project;
use crate::schema::{
    award_applications, award_funding, award_payees, award_rulings, award_transitions, projects, users,
};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

/// The application, if it exists for the actor.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Application>> {
    visible_to(actor)
        .filter(award_applications::id.eq(id.clone()))
        .select(Application::as_select())
        .first(conn)
        .optional()
}

/// The application while its public notice runs, whoever asks: that is what a notice is for.
pub fn find_in_notice(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Application>> {
    award_applications::table
        .find(id)
        .filter(award_applications::status.eq(ApplicationStatus::InNotice))
        .select(Application::as_select())
        .first(conn)
        .optional()
}

/// Whether who drafted the application is no longer an officer of its county: disabled, moved, or of another role.
pub fn creator_left(conn: &mut AnyConn, application: &Application) -> QueryResult<bool> {
    let stays = users::table
        .find(&application.created_by)
        .filter(users::active.eq(true))
        .filter(users::role.eq(Role::CountyOfficer))
        .filter(users::region.eq(Some(application.county.clone())))
        .select(users::id);
    diesel::select(diesel::dsl::not(diesel::dsl::exists(stays))).get_result(conn)
}

/// What is open or paid of a project, the oldest first: one for each rule.
pub fn of_project(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<Application>> {
    award_applications::table
        .filter(award_applications::project_id.eq(project))
        .filter(award_applications::status.eq_any(open_or_paid()))
        .order(award_applications::id.asc())
        .select(Application::as_select())
        .load(conn)
}

/// Whether something that filings bear on was applied for and is under way or paid: what can be changed, or came to an
/// end unpaid, does not count.
pub fn relies_on_filings(conn: &mut AnyConn, project: &Id) -> QueryResult<bool> {
    let firm = [ApplicationStatus::LIABLE, ApplicationStatus::PAID].concat();
    let relying = award_applications::table
        .filter(award_applications::project_id.eq(project))
        .filter(award_applications::rule.eq_any([AwardRule::Referral, AwardRule::EnterpriseReferral]))
        .filter(award_applications::status.eq_any(firm))
        .select(award_applications::id);
    diesel::select(diesel::dsl::exists(relying)).get_result(conn)
}

/// Whether a user has a duty in an application of the project that is open or paid.
pub fn has_duty(conn: &mut AnyConn, project: &Id, user: &Id) -> QueryResult<bool> {
    let taken: Vec<(Option<ApplicationStatus>, ApplicationStatus)> = award_transitions::table
        .inner_join(
            award_applications::table.on(award_applications::id.eq(award_transitions::application_id)),
        )
        .filter(award_applications::project_id.eq(project))
        .filter(award_applications::status.eq_any(open_or_paid()))
        .filter(award_transitions::by_user.eq(user))
        .select((award_transitions::from_status, award_transitions::to_status))
        .load(conn)?;
    Ok(taken.into_iter().any(|(from, to)| duty_of(from, to).is_some()))
}

/// (application, rule) of what was paid of these projects.
pub fn paid_of_projects(
    conn: &mut AnyConn,
    projects: &[Id],
) -> QueryResult<HashMap<Id, Vec<(Id, AwardRule)>>> {
    let rows: Vec<(Id, Id, AwardRule)> = award_applications::table
        .filter(award_applications::project_id.eq_any(projects.to_vec()))
        .filter(award_applications::status.eq_any(ApplicationStatus::PAID.to_vec()))
        .select((award_applications::project_id, award_applications::id, award_applications::rule))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<(Id, AwardRule)>> = HashMap::new();
    for (project, id, rule) in rows {
        found.entry(project).or_default().push((id, rule));
    }
    Ok(found)
}

/// The projects of applications, which are found in scope before.
pub fn projects_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Project>> {
    projects::table.filter(projects::id.eq_any(ids.to_vec())).select(Project::as_select()).load(conn)
}

/// The project of an application, which is found in scope before.
pub fn project_of(conn: &mut AnyConn, application: &Application) -> QueryResult<Option<Project>> {
    projects::table.find(&application.project_id).select(Project::as_select()).first(conn).optional()
}

/// (code, title) of the projects of these applications.
pub fn titles_of(
    conn: &mut AnyConn,
    applications: &[Application],
) -> QueryResult<HashMap<Id, (String, String)>> {
    let ids: Vec<Id> = applications.iter().map(|one| one.project_id.clone()).collect();
    let rows = projects::table
        .filter(projects::id.eq_any(ids))
        .select((projects::id, (projects::code, projects::title)));
    Ok(rows.load::<(Id, (String, String))>(conn)?.into_iter().collect())
}

/// `JL-2026-0001`: numbered by the year in which it was drafted.
pub fn next_code(conn: &mut AnyConn, year: i32) -> QueryResult<String> {
    let number = series::next(conn, &format!("award-application-{year}"))?;
    Ok(format!("JL-{year}-{number:04}"))
}

/// The year in a code.
pub fn year_of(code: &str) -> &str {
    code.split('-').nth(1).unwrap_or_default()
}

/// (code, status, amount) of the other applications of the same rule, version, county and year that were submitted and not
/// turned down, the oldest first.
pub fn of_same_cap(
    conn: &mut AnyConn,
    application: &Application,
    policy: &str,
) -> QueryResult<Vec<(String, ApplicationStatus, i64)>> {
    let holding = [ApplicationStatus::LIABLE, ApplicationStatus::PAID].concat();
    award_applications::table
        .filter(award_applications::rule.eq(application.rule))
        .filter(award_applications::county.eq(&application.county))
        .filter(award_applications::policy.eq(Some(policy)))
        .filter(award_applications::code.like(format!("JL-{}-%", year_of(&application.code))))
        .filter(award_applications::status.eq_any(holding))
        .filter(award_applications::id.ne(&application.id))
        .order(award_applications::id.asc())
        .select((award_applications::code, award_applications::status, award_applications::amount_fen))
        .load(conn)
}

pub fn insert(conn: &mut AnyConn, application: &Application) -> QueryResult<()> {
    diesel::insert_into(award_applications::table).values(application.clone()).execute(conn).map(drop)
}

/// Writes the application over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(
    conn: &mut AnyConn,
    mut application: Application,
    now: NaiveDateTime,
) -> QueryResult<Option<Application>> {
    let read = application.version;
    application.version = read + 1;
    application.updated_at = now;
    let row =
        award_applications::table.find(application.id.clone()).filter(award_applications::version.eq(read));
    let changed = diesel::update(row).set(application.clone()).execute(conn)?;
    Ok((changed == 1).then_some(application))
}

/// The payees of several applications, each in their order.
pub fn payees_of(conn: &mut AnyConn, applications: &[Id]) -> QueryResult<HashMap<Id, Vec<Payee>>> {
    let rows: Vec<Payee> = award_payees::table
        .filter(award_payees::application_id.eq_any(applications.to_vec()))
        .order((award_payees::application_id.asc(), award_payees::position.asc()))
        .select(Payee::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Vec<Payee>> = HashMap::new();
    for row in rows {
        found.entry(row.application_id.clone()).or_default().push(row);
    }
    Ok(found)
}

/// Puts these payees in place of those that were there.
pub fn put_payees(conn: &mut AnyConn, application: &Id, payees: &[Payee]) -> QueryResult<()> {
    diesel::delete(award_payees::table.filter(award_payees::application_id.eq(application))).execute(conn)?;
    for payee in payees {
        diesel::insert_into(award_payees::table).values(payee.clone()).execute(conn)?;
    }
    Ok(())
}

/// The steps that were taken, the first one first.
pub fn transitions_of(conn: &mut AnyConn, application: &Id) -> QueryResult<Vec<Transition>> {
    award_transitions::table
        .filter(award_transitions::application_id.eq(application))
        .order(award_transitions::id.asc())
        .select(Transition::as_select())
        .load(conn)
}

pub fn insert_transition(conn: &mut AnyConn, transition: Transition) -> QueryResult<()> {
    diesel::insert_into(award_transitions::table).values(transition).execute(conn).map(drop)
}

pub fn funding_of(conn: &mut AnyConn, application: &Id) -> QueryResult<Vec<FundingPart>> {
    award_funding::table
        .filter(award_funding::application_id.eq(application))
        .order(award_funding::level.asc())
        .select(FundingPart::as_select())
        .load(conn)
}

/// Puts these parts in place of those that were there.
pub fn put_funding(conn: &mut AnyConn, application: &Id, parts: &[FundingPart]) -> QueryResult<()> {
    diesel::delete(award_funding::table.filter(award_funding::application_id.eq(application)))
        .execute(conn)?;
    for part in parts {
        diesel::insert_into(award_funding::table).values(part.clone()).execute(conn)?;
    }
    Ok(())
}

/// What the head recorded, the first one first.
pub fn rulings_of(conn: &mut AnyConn, application: &Id) -> QueryResult<Vec<Ruling>> {
    award_rulings::table
        .filter(award_rulings::application_id.eq(application))
        .order(award_rulings::id.asc())
        .select(Ruling::as_select())
        .load(conn)
}

pub fn insert_ruling(conn: &mut AnyConn, ruling: Ruling) -> QueryResult<()> {
    diesel::insert_into(award_rulings::table).values(ruling).execute(conn).map(drop)
}
