//! One project: finding it in scope, writing it; and the names that projects refer to.

use super::visible_to;
use crate::accounts::Actor;
use crate::db::{AnyConn, Id, series};
use crate::events;
use crate::jobs::outbox::{self, Topic};
use crate::projects::model::{LeaderChange, Project};
use crate::schema::{chambers, companies, leads, project_leaders, projects, referrers, users};
use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use std::collections::HashMap;

/// The project, if it exists for the actor.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: &Id) -> QueryResult<Option<Project>> {
    visible_to(actor).filter(projects::id.eq(id.clone())).select(Project::as_select()).first(conn).optional()
}

/// Those of these projects that the actor sees.
pub fn visible_ids(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> QueryResult<Vec<Id>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    visible_to(actor).filter(projects::id.eq_any(ids.to_vec())).select(projects::id).load(conn)
}

/// The project that a lead became, or one that was merged into it, whoever asks: that there is one is no secret to who
/// sees the lead.
pub fn find_of_lead(conn: &mut AnyConn, lead: &Id) -> QueryResult<Option<Project>> {
    let of_one = projects::table.filter(projects::lead_id.eq(lead)).filter(projects::deleted_at.is_null());
    let own = of_one.select(Project::as_select()).first(conn).optional()?;
    let merged: Vec<Id> = match own {
        Some(_) => return Ok(own),
        None => crate::leads::queries::merged_into(conn, lead)?.into_iter().map(|lead| lead.id).collect(),
    };
    if merged.is_empty() {
        return Ok(None);
    }
    projects::table
        .filter(projects::lead_id.eq_any(merged))
        .filter(projects::deleted_at.is_null())
        .order(projects::id.asc())
        .select(Project::as_select())
        .first(conn)
        .optional()
}

/// Those of the projects of these leads that the actor sees, as (lead, project).
pub fn of_leads(conn: &mut AnyConn, actor: &Actor, leads: &[Id]) -> QueryResult<Vec<(Id, Id)>> {
    let rows: Vec<(Option<Id>, Id)> = visible_to(actor)
        .filter(projects::lead_id.eq_any(leads.to_vec()))
        .order(projects::id.asc())
        .select((projects::lead_id, projects::id))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(lead, project)| Some((lead?, project))).collect())
}

/// `QZ-P2026-0001`: numbered by the year in which it was entered.
pub fn next_code(conn: &mut AnyConn, prefix: &str, year: i32) -> QueryResult<String> {
    let number = series::next(conn, &format!("project-{year}"))?;
    Ok(format!("{prefix}-P{year}-{number:04}"))
}

/// Whether another project has this filing code (立项备案代码): each phase has its own.
pub fn has_filing_code(conn: &mut AnyConn, own: &Id, code: Option<&str>) -> QueryResult<bool> {
    let Some(code) = code else { return Ok(false) };
    let same = projects::table
        .filter(projects::filing_code.eq(code))
        .filter(projects::id.ne(own))
        .filter(projects::deleted_at.is_null());
    diesel::select(exists(same.select(projects::id))).get_result(conn)
}

/// The project that is named by id or code, if it exists for the actor.
pub fn find_named(conn: &mut AnyConn, actor: &Actor, named: &str) -> QueryResult<Option<Project>> {
    visible_to(actor)
        .filter(projects::id.eq(named.to_owned()).or(projects::code.eq(named.to_owned())))
        .select(Project::as_select())
        .first(conn)
        .optional()
}

/// The code of a project, whoever asks: it is told to who sees a phase of it.
pub fn code_of(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<String>> {
    projects::table.find(id).select(projects::code).first(conn).optional()
}

/// Whether other projects are later phases of this one.
pub fn has_phases(conn: &mut AnyConn, project: &Id) -> QueryResult<bool> {
    let phases = projects::table
        .filter(projects::phase_of.eq(Some(project.clone())))
        .filter(projects::deleted_at.is_null());
    diesel::select(exists(phases.select(projects::id))).get_result(conn)
}

/// How many projects somebody is leader or officer of, but for withdrawn ones: what has to be handed on when he goes.
pub fn count_in_hand(conn: &mut AnyConn, user: &Id) -> QueryResult<i64> {
    projects::table
        .filter(projects::deleted_at.is_null())
        .filter(projects::withdrawn_on.is_null())
        .filter(projects::leader_id.eq(user).or(projects::officer_id.eq(user)))
        .count()
        .get_result(conn)
}

/// Year and number of a code that [`next_code`] gives; `None` for any other.
pub fn number_of(prefix: &str, code: &str) -> Option<(i32, i64)> {
    let (year, number) = code.strip_prefix(prefix)?.strip_prefix("-P")?.split_once('-')?;
    let (year, number) = (year.parse::<i32>().ok()?, number.parse::<i64>().ok()?);
    (format!("{prefix}-P{year}-{number:04}") == code).then_some((year, number))
}

/// The project of this code, whoever asks and deleted or not: a code is given once. Whether he may know of it is for the
/// caller to find out.
pub fn find_by_code(conn: &mut AnyConn, code: &str) -> QueryResult<Option<Project>> {
    projects::table.filter(projects::code.eq(code)).select(Project::as_select()).first(conn).optional()
}

/// The first project of this title, investor and county, whoever asks: that there is one is no secret to who names all
/// three.
pub fn find_by_names(
    conn: &mut AnyConn,
    title: &str,
    investor: &str,
    county: &str,
) -> QueryResult<Option<Project>> {
    projects::table
        .filter(projects::county.eq(county))
        .filter(projects::title.eq(title))
        .filter(projects::investor_name.eq(investor))
        .filter(projects::deleted_at.is_null())
        .order(projects::id.asc())
        .select(Project::as_select())
        .first(conn)
        .optional()
}

pub fn insert(conn: &mut AnyConn, project: &Project) -> QueryResult<()> {
    diesel::insert_into(projects::table).values(project.clone()).execute(conn)?;
    outbox::enqueue(conn, Topic::RecordIndex, &project.id)
}

/// A number that changes with every change of any project, of its contract, milestones, papers and figures: all of them
/// are written with their project. On PostgreSQL a write that began before another and ended after it does not change it:
/// what is remembered by it is therefore kept for a short while only.
pub fn state(conn: &mut AnyConn) -> QueryResult<u64> {
    Ok(latest_change(conn)?.map_or(0, |at| at.and_utc().timestamp_micros().unsigned_abs()))
}

/// When the last project was written, with the same gap.
pub fn latest_change(conn: &mut AnyConn) -> QueryResult<Option<NaiveDateTime>> {
    projects::table.select(diesel::dsl::max(projects::updated_at)).get_result(conn)
}

/// Writes the project over its row, with the next version, if nobody changed it since; `None` when somebody did.
pub fn update(conn: &mut AnyConn, mut project: Project, now: NaiveDateTime) -> QueryResult<Option<Project>> {
    let read = project.version;
    project.version = read + 1;
    project.updated_at = now;
    let row = projects::table.find(project.id.clone()).filter(projects::version.eq(read));
    let changed = diesel::update(row).set(project.clone()).execute(conn)?;
    outbox::enqueue(conn, Topic::RecordIndex, &project.id)?;
    Ok((changed == 1).then_some(project))
}

pub fn insert_leader_change(conn: &mut AnyConn, change: LeaderChange) -> QueryResult<()> {
    diesel::insert_into(project_leaders::table).values(change).execute(conn).map(drop)
}

/// The leaders of a project over time, the latest first.
pub fn leader_changes_of(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<LeaderChange>> {
    project_leaders::table
        .filter(project_leaders::project_id.eq(project))
        .order((project_leaders::at.desc(), project_leaders::id.desc()))
        .select(LeaderChange::as_select())
        .load(conn)
}

/// Names by id.
#[derive(Debug, Default, Clone)]
pub struct Names {
    /// (username, display name)
    pub users: HashMap<Id, (String, String)>,
    /// Chambers, referrers and enterprises.
    pub sources: HashMap<Id, String>,
    /// Credit code and origin of companies.
    pub companies: HashMap<Id, (Option<String>, Option<String>)>,
    /// Codes of leads.
    pub leads: HashMap<Id, String>,
    /// Codes of first phases.
    pub projects: HashMap<Id, String>,
}

/// Names that projects refer to, each kind in one query.
pub fn names_of(conn: &mut AnyConn, rows: &[Project]) -> QueryResult<Names> {
    let ids = |of: fn(&Project) -> [Option<&Id>; 2]| -> Vec<Id> {
        rows.iter().flat_map(|row| of(row).into_iter().flatten().cloned()).collect()
    };
    let mut names = Names::default();
    let people = ids(|row| [row.leader_id.as_ref(), row.officer_id.as_ref()]);
    if !people.is_empty() {
        let found = users::table
            .filter(users::id.eq_any(people))
            .select((users::id, (users::username, users::display_name)));
        names.users = found.load::<(Id, (String, String))>(conn)?.into_iter().collect();
    }
    let of_chambers = ids(|row| [row.source_chamber_id.as_ref(), None]);
    if !of_chambers.is_empty() {
        let found =
            chambers::table.filter(chambers::id.eq_any(of_chambers)).select((chambers::id, chambers::name));
        names.sources.extend(found.load::<(Id, String)>(conn)?);
    }
    let of_referrers = ids(|row| [row.source_referrer_id.as_ref(), None]);
    if !of_referrers.is_empty() {
        let found = referrers::table
            .filter(referrers::id.eq_any(of_referrers))
            .select((referrers::id, referrers::name));
        names.sources.extend(found.load::<(Id, String)>(conn)?);
    }
    let of_companies = ids(|row| [Some(&row.company_id), row.source_enterprise_id.as_ref()]);
    if !of_companies.is_empty() {
        let found = companies::table
            .filter(companies::id.eq_any(of_companies))
            .select((companies::id, companies::name, companies::uscc, companies::origin))
            .load::<(Id, String, Option<String>, Option<String>)>(conn)?;
        for (id, name, uscc, origin) in found {
            names.sources.insert(id.clone(), name);
            names.companies.insert(id, (uscc, origin));
        }
    }
    let of_events = ids(|row| [row.source_event_id.as_ref(), None]);
    if !of_events.is_empty() {
        names.sources.extend(events::queries::titles(conn, of_events)?);
    }
    let of_leads = ids(|row| [row.lead_id.as_ref(), None]);
    if !of_leads.is_empty() {
        let found = leads::table.filter(leads::id.eq_any(of_leads)).select((leads::id, leads::code));
        names.leads = found.load::<(Id, String)>(conn)?.into_iter().collect();
    }
    let first_phases = ids(|row| [row.phase_of.as_ref(), None]);
    if !first_phases.is_empty() {
        let found =
            projects::table.filter(projects::id.eq_any(first_phases)).select((projects::id, projects::code));
        names.projects = found.load::<(Id, String)>(conn)?.into_iter().collect();
    }
    Ok(names)
}
