//! All SQL of milestones. They exist for whoever sees their project, which is looked up first.

use crate::db::{AnyConn, Id, Json};
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::schema::{attachments, milestone_evidence, milestones};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

/// A paper under a milestone: its id, its kind, and who brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub id: Id,
    pub kind: String,
    pub by_user: Id,
}

/// A milestone with its papers.
pub type Proved = (Milestone, Vec<Paper>);

/// Milestones of several projects with their papers, in the order of their kinds.
pub fn of_projects(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, Vec<Proved>>> {
    let rows: Vec<Milestone> = milestones::table
        .filter(milestones::project_id.eq_any(projects.to_vec()))
        .select(Milestone::as_select())
        .load(conn)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let mut papers = papers_of(conn, &ids)?;
    let mut found: HashMap<Id, Vec<Proved>> = HashMap::new();
    for row in rows {
        let of_row = papers.remove(&row.id).unwrap_or_default();
        found.entry(row.project_id.clone()).or_default().push((row, of_row));
    }
    for list in found.values_mut() {
        list.sort_by_key(|(milestone, _)| milestone.kind);
    }
    Ok(found)
}

/// The same of one project.
pub fn of_project(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<Proved>> {
    Ok(of_projects(conn, std::slice::from_ref(project))?.remove(project).unwrap_or_default())
}

fn papers_of(conn: &mut AnyConn, milestones: &[Id]) -> QueryResult<HashMap<Id, Vec<Paper>>> {
    let mut papers: HashMap<Id, Vec<Paper>> = HashMap::new();
    if milestones.is_empty() {
        return Ok(papers);
    }
    let rows = milestone_evidence::table
        .inner_join(attachments::table.on(attachments::id.eq(milestone_evidence::attachment_id)))
        .filter(milestone_evidence::milestone_id.eq_any(milestones.to_vec()))
        .filter(attachments::deleted_at.is_null())
        .order(attachments::id.asc())
        .select((milestone_evidence::milestone_id, attachments::id, attachments::kind, attachments::by_user))
        .load::<(Id, Id, String, Id)>(conn)?;
    for (milestone, id, kind, by_user) in rows {
        papers.entry(milestone).or_default().push(Paper { id, kind, by_user });
    }
    Ok(papers)
}

/// The milestones of these projects that have a day and were not refused, with how far each is proved.
pub fn reported(
    conn: &mut AnyConn,
    projects: &[Id],
) -> QueryResult<HashMap<Id, Vec<(MilestoneKind, MilestoneState)>>> {
    let rows: Vec<(Id, MilestoneKind, MilestoneState)> = milestones::table
        .filter(milestones::project_id.eq_any(projects.to_vec()))
        .filter(milestones::actual_on.is_not_null())
        .filter(milestones::state.ne(MilestoneState::Refused))
        .select((milestones::project_id, milestones::kind, milestones::state))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<(MilestoneKind, MilestoneState)>> = HashMap::new();
    for (project, kind, state) in rows {
        found.entry(project).or_default().push((kind, state));
    }
    Ok(found)
}

/// The latest milestone that a project has reached (an actual date that was not refused), and the day on which its
/// construction starts: the actual one, or while there is none the planned one.
pub fn progress(conn: &mut AnyConn, project: &Id) -> QueryResult<(Option<MilestoneKind>, Option<NaiveDate>)> {
    let found = milestones::table
        .filter(milestones::project_id.eq(project))
        .select(Milestone::as_select())
        .load::<Milestone>(conn)?;
    let is_reached = |one: &&Milestone| one.actual_on.is_some() && one.state != MilestoneState::Refused;
    let stage = found.iter().filter(is_reached).map(|one| one.kind).max();
    let start = found.iter().find(|one| one.kind == MilestoneKind::ConstructionStart);
    Ok((stage, start.and_then(|one| one.actual_on.or(one.planned_on))))
}

/// The milestone of a project, or a new one without dates.
pub fn of_kind(
    conn: &mut AnyConn,
    project: &Id,
    kind: MilestoneKind,
    now: NaiveDateTime,
) -> QueryResult<Milestone> {
    let found: Option<Milestone> = milestones::table
        .filter(milestones::project_id.eq(project))
        .filter(milestones::kind.eq(kind))
        .select(Milestone::as_select())
        .first(conn)
        .optional()?;
    Ok(found.unwrap_or(Milestone {
        id: Id::generate(),
        project_id: project.clone(),
        kind,
        planned_on: None,
        actual_on: None,
        state: MilestoneState::Planned,
        reported_by: None,
        entered_by: Json(Vec::new()),
        reported_at: None,
        verified_by: None,
        verified_at: None,
        refusal_reason: None,
        updated_at: now,
    }))
}

/// A milestone, whoever asks: its project is looked up in scope by who calls.
pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Milestone>> {
    milestones::table.find(id).select(Milestone::as_select()).first(conn).optional()
}

/// Project and kind of milestones, by their ids.
pub fn names_of(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, (Id, MilestoneKind)>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = milestones::table
        .filter(milestones::id.eq_any(ids.to_vec()))
        .select((milestones::id, milestones::project_id, milestones::kind))
        .load::<(Id, Id, MilestoneKind)>(conn)?;
    Ok(rows.into_iter().map(|(id, project, kind)| (id, (project, kind))).collect())
}

/// The milestones that a paper stands under, of whatever owner the paper is.
pub fn proved_by(conn: &mut AnyConn, paper: &Id) -> QueryResult<Vec<Milestone>> {
    milestones::table
        .inner_join(milestone_evidence::table.on(milestone_evidence::milestone_id.eq(milestones::id)))
        .filter(milestone_evidence::attachment_id.eq(paper))
        .order(milestones::id.asc())
        .select(Milestone::as_select())
        .load(conn)
}

/// Of these papers, those that stand under a verified milestone.
pub fn verified_of(conn: &mut AnyConn, papers: &[Id]) -> QueryResult<Vec<Id>> {
    if papers.is_empty() {
        return Ok(Vec::new());
    }
    milestone_evidence::table
        .inner_join(milestones::table.on(milestones::id.eq(milestone_evidence::milestone_id)))
        .filter(milestone_evidence::attachment_id.eq_any(papers.to_vec()))
        .filter(milestones::state.eq(MilestoneState::Verified))
        .select(milestone_evidence::attachment_id)
        .load(conn)
}

/// Writes a milestone over what is there. Callers hold the project's version, so that nobody's entry is lost.
pub fn put(conn: &mut AnyConn, milestone: &Milestone) -> QueryResult<()> {
    let row = milestones::table.find(&milestone.id);
    if diesel::update(row).set(milestone.clone()).execute(conn)? == 0 {
        diesel::insert_into(milestones::table).values(milestone.clone()).execute(conn)?;
    }
    Ok(())
}

/// Puts these papers under a milestone, in place of those that were there.
pub fn put_evidence(conn: &mut AnyConn, milestone: &Id, papers: &[Id]) -> QueryResult<()> {
    let of_milestone = milestone_evidence::table.filter(milestone_evidence::milestone_id.eq(milestone));
    diesel::delete(of_milestone).execute(conn)?;
    for paper in papers {
        diesel::insert_into(milestone_evidence::table)
            .values((
                milestone_evidence::milestone_id.eq(milestone),
                milestone_evidence::attachment_id.eq(paper),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Papers of a project and its milestones: id, kind and name, the latest first.
pub fn papers_of_project(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<(Id, String, String)>> {
    let of_milestones = milestones::table.filter(milestones::project_id.eq(project)).select(milestones::id);
    attachments::table
        .filter(attachments::deleted_at.is_null())
        .filter(
            attachments::owner_kind
                .eq("project")
                .and(attachments::owner_id.eq(project))
                .or(attachments::owner_kind.eq("milestone").and(attachments::owner_id.eq_any(of_milestones))),
        )
        .order(attachments::id.desc())
        .select((attachments::id, attachments::kind, attachments::file_name))
        .load(conn)
}

/// The papers of a milestone.
pub fn evidence(conn: &mut AnyConn, milestone: &Id) -> QueryResult<Vec<Paper>> {
    Ok(papers_of(conn, std::slice::from_ref(milestone))?.remove(milestone).unwrap_or_default())
}
