//! Entering and verifying milestones: with the project's version, its trail, and its history in one transaction.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::attachments;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::milestones::queries;
use crate::milestones::rules::{self, Claim};
use crate::projects::contract::check_milestone;
use crate::projects::editing::{criteria, save};
use crate::projects::model::Project;
use crate::projects::rules::is_start_too_late;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

/// What is entered of a milestone. A field that is not named stays; null takes it away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = MilestoneEntry)]
pub struct MilestoneBody {
    #[serde(deserialize_with = "named")]
    #[schema(value_type = Option<NaiveDate>)]
    pub planned_on: Option<Option<NaiveDate>>,
    /// Never later than today.
    #[serde(deserialize_with = "named")]
    #[schema(value_type = Option<NaiveDate>)]
    pub actual_on: Option<Option<NaiveDate>>,
    /// Papers of this project that prove it, by id, in place of those that were there.
    pub evidence: Option<Vec<String>>,
}

/// Tells null from absent.
fn named<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<NaiveDate>>, D::Error> {
    Option::<NaiveDate>::deserialize(from).map(Some)
}

/// Enters dates and papers.
///
/// # Errors
/// 422 by field: a day in the future, a planned start too late after the entry into the pool, another day than the
/// contract's, a paper that is none of this project's.
pub fn enter(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    project: Project,
    kind: MilestoneKind,
    body: MilestoneBody,
) -> Result<Project, AppError> {
    let planned_on = body.planned_on.flatten().filter(|_| kind == MilestoneKind::ConstructionStart);
    check_start(conn, tools, &project, planned_on)?;
    if let (MilestoneKind::Contract, Some(actual_on)) = (kind, body.actual_on) {
        check_milestone(conn, &project, actual_on)?;
    }
    change(conn, actor, project, kind, body)
}

/// Changes what is said of a milestone. Whoever changes the day or the papers of a decided one reports it anew.
pub fn change(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    kind: MilestoneKind,
    body: MilestoneBody,
) -> Result<Project, AppError> {
    let now = clock::now();
    let before = queries::of_kind(conn, &project.id, kind, now)?;
    let planned_on = body.planned_on.unwrap_or(before.planned_on);
    let actual_on = body.actual_on.unwrap_or(before.actual_on);
    check_days(planned_on, actual_on)?;
    let had: Vec<Id> = queries::evidence(conn, &before.id)?.into_iter().map(|paper| paper.id).collect();
    let papers = match body.evidence {
        Some(papers) => of_project(conn, &project, papers)?,
        None => had.clone(),
    };
    let changed = actual_on != before.actual_on || papers != had;
    let state = rules::state_after(actual_on, changed, before.state);
    if !changed && planned_on == before.planned_on {
        return Ok(project);
    }
    let is_anew = changed && state == MilestoneState::Reported;
    let is_taken_away = actual_on.is_none() && before.actual_on.is_some();
    let entered_by = match (is_taken_away, papers != had) {
        // It begins anew. Whoever brought one of the papers that stay is known by them.
        (true, false) => Json(Vec::new()),
        (true, true) => Json(vec![actor.user_id.clone()]),
        _ if changed => before.entered_by_also(&actor.user_id),
        _ => before.entered_by.clone(),
    };
    let milestone = Milestone {
        planned_on,
        actual_on,
        state,
        entered_by,
        reported_by: if is_anew { Some(actor.user_id.clone()) } else { before.reported_by.clone() },
        reported_at: if is_anew { Some(now) } else { before.reported_at },
        verified_by: before.verified_by.clone().filter(|_| !changed),
        verified_at: before.verified_at.filter(|_| !changed),
        refusal_reason: before.refusal_reason.clone().filter(|_| !changed),
        updated_at: now,
        ..before.clone()
    };
    queries::put(conn, &milestone)?;
    if papers != had {
        queries::put_evidence(conn, &milestone.id, &papers)?;
    }
    let differences = Differences::default()
        .set("milestone", &kind)
        .field("planned_on", &before.planned_on, &planned_on)
        .field("actual_on", &before.actual_on, &actual_on)
        .field("evidence", &had, &papers)
        .field("milestone_state", &before.state, &state);
    save(conn, actor, project, "project.milestone", differences, None)
}

/// A project in the pool is planned to start within the months after its entry that the plan gives.
fn check_start(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    project: &Project,
    planned_on: Option<NaiveDate>,
) -> Result<(), AppError> {
    let (Some(start), Some(entered_on)) = (planned_on, project.entered_on) else { return Ok(()) };
    let before = queries::of_kind(conn, &project.id, MilestoneKind::ConstructionStart, clock::now())?;
    let is_new = before.planned_on != Some(start);
    if project.is_in_pool() && is_new && is_start_too_late(start, entered_on, &criteria(conn, tools)?) {
        return Err(AppError::invalid("planned_on", "start-too-late"));
    }
    Ok(())
}

/// Days that a calendar has, and nothing reached in the future.
pub fn check_days(planned_on: Option<NaiveDate>, actual_on: Option<NaiveDate>) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    errors.check_day("planned_on", planned_on);
    errors.check_day("actual_on", actual_on);
    if actual_on.is_some_and(|day| rules::is_ahead(day, clock::today()) && clock::is_credible(day)) {
        errors.add("actual_on", "date-in-future");
    }
    errors.into_result()
}

/// Papers of this project or one of its milestones, each once; 422 that names the first that is none.
fn of_project(conn: &mut AnyConn, project: &Project, papers: Vec<String>) -> Result<Vec<Id>, AppError> {
    let mut wanted = Vec::new();
    for paper in &papers {
        wanted.push(paper.parse::<Id>().map_err(|_| no_paper(paper))?);
    }
    wanted.sort();
    wanted.dedup();
    let owned = attachments::queries::ids_of_project(conn, &project.id, &wanted)?;
    match wanted.iter().find(|paper| !owned.contains(paper)) {
        Some(paper) => Err(no_paper(paper.as_str())),
        None => Ok(wanted),
    }
}

fn no_paper(named: &str) -> AppError {
    let mut errors = FieldErrors::default();
    errors.add_with("evidence", "unknown-attachment", vec![("id", named.to_owned())]);
    AppError::Invalid(errors)
}

/// Decides on what was reported. Of two at once, the second finds it decided.
///
/// # Errors
/// 409 when it is decided already; 403 for whoever entered it; 422 without evidence or, for a refusal, a reason.
pub fn verify(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    kind: MilestoneKind,
    accepts: bool,
    reason: Option<String>,
) -> Result<Project, AppError> {
    let now = clock::now();
    let before = queries::of_kind(conn, &project.id, kind, now)?;
    let papers = queries::evidence(conn, &before.id)?;
    let is_own = before.is_entered_by(&actor.user_id, &papers);
    let evidence: Vec<String> = papers.into_iter().map(|paper| paper.kind).collect();
    let mut errors = FieldErrors::default();
    let reason = crate::fields::text(&mut errors, "reason", reason);
    errors.into_result()?;
    let claim = Claim { kind, state: before.state, actual_on: before.actual_on, evidence: &evidence, is_own };
    rules::check_verification(&claim, accepts).map_err(refused)?;
    if !accepts && reason.is_none() {
        return Err(AppError::invalid("reason", "reason-required"));
    }
    let state = if accepts { MilestoneState::Verified } else { MilestoneState::Refused };
    let milestone = Milestone {
        state,
        verified_by: Some(actor.user_id.clone()),
        verified_at: Some(now),
        refusal_reason: reason.clone().filter(|_| !accepts),
        updated_at: now,
        ..before.clone()
    };
    queries::put(conn, &milestone)?;
    let differences =
        Differences::default().set("milestone", &kind).field("milestone_state", &before.state, &state);
    save(conn, actor, project, "project.verification", differences, reason.as_deref())
}

fn refused(why: rules::Unverifiable) -> AppError {
    match why {
        rules::Unverifiable::AlreadyDecided => AppError::Conflict(why.code()),
        rules::Unverifiable::OwnEntry => AppError::Forbidden(why.code()),
        rules::Unverifiable::NotReported => AppError::invalid("actual_on", why.code()),
        rules::Unverifiable::NoEvidence => AppError::invalid("evidence", why.code()),
    }
}
