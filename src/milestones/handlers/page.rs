//! The pages on which a milestone is reported and verified.

use super::api::{MilestoneDecision, kind_of};
use crate::accounts::Actor;
use crate::accounts::queries::users;
use crate::app::{App, Tools};
use crate::attachments::owner::{Owner, check_changeable};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::milestones::editing::{self, MilestoneBody};
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::milestones::pages::{MilestoneHead, PaperChoice, Report, Verification};
use crate::milestones::{queries, rules};
use crate::projects::handlers::small_page::{Reader, answer, head, submit as submit_small};
use crate::projects::handlers::{load, refused};
use crate::projects::model::Project;
use crate::projects::policy;
use crate::web::filled::{Choice, Filled};
use crate::web::form::Form;
use crate::web::i18n::Message;
use crate::web::precondition::IfMatch;
use crate::web::roles::ProjectReader;
use crate::web::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};

/// `GET /projects/{id}/milestones/{kind}`
pub async fn form(
    reader: ProjectReader,
    path: Path<(String, String)>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let make = move |conn: &mut AnyConn, app: &App, reader: &Reader, project: Project, filled: Filled| {
        report(conn, app, reader, project, &kind, filled)
    };
    answer(&app, &visit, reader.0, id, Filled::new(), StatusCode::OK, make).await
}

/// `POST /projects/{id}/milestones/{kind}`
pub async fn submit(
    reader: ProjectReader,
    path: Path<(String, String)>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let done = Message::new("milestone-saved");
    let of = kind.clone();
    let work = move |conn: &mut AnyConn,
                     tools: Tools<'_>,
                     actor: &Actor,
                     id: &str,
                     seen: IfMatch,
                     form: &mut Form| {
        let (project, kind) = enterable(conn, actor, id, &of)?;
        seen.honour(project.version)?;
        let (planned_on, actual_on) = (form.date("planned_on"), form.date("actual_on"));
        form.check()?;
        let evidence = form.all("evidence");
        let body = MilestoneBody {
            planned_on: Some(planned_on),
            actual_on: Some(actual_on),
            evidence: form.is_checked("papers").then_some(evidence),
        };
        editing::enter(conn, tools, actor, project, kind, body)
    };
    let make = move |conn: &mut AnyConn, app: &App, reader: &Reader, project: Project, filled: Filled| {
        report(conn, app, reader, project, &kind, filled)
    };
    submit_small(&app, &visit, reader.0, id, form, done, work, make).await
}

/// `GET /projects/{id}/milestones/{kind}/verification`
pub async fn verification_form(
    reader: ProjectReader,
    path: Path<(String, String)>,
    visit: Visit,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let make = move |conn: &mut AnyConn, app: &App, reader: &Reader, project: Project, filled: Filled| {
        verification(conn, app, reader, project, &kind, filled)
    };
    answer(&app, &visit, reader.0, id, Filled::new(), StatusCode::OK, make).await
}

/// `POST /projects/{id}/milestones/{kind}/verification`
pub async fn submit_verification(
    reader: ProjectReader,
    path: Path<(String, String)>,
    visit: Visit,
    form: Form,
    app: Data<App>,
) -> Result<HttpResponse, AppError> {
    let (id, kind) = path.into_inner();
    let accepts = form.chosen::<MilestoneDecision>("decision").ok() == Some(MilestoneDecision::Accepted);
    let done = Message::new(if accepts { "milestone-verified-now" } else { "milestone-refused-now" });
    let of = kind.clone();
    let work =
        move |conn: &mut AnyConn, _: Tools<'_>, actor: &Actor, id: &str, seen: IfMatch, form: &mut Form| {
            let (project, kind) = (load(conn, actor, id)?, kind_of(&of)?);
            if !policy::verifies(actor.role) {
                return Err(AppError::Forbidden("role"));
            }
            seen.honour(project.version)?;
            let decision: MilestoneDecision = form.chosen("decision")?;
            let accepts = decision == MilestoneDecision::Accepted;
            editing::verify(conn, actor, project, kind, accepts, form.text("reason"))
        };
    let make = move |conn: &mut AnyConn, app: &App, reader: &Reader, project: Project, filled: Filled| {
        verification(conn, app, reader, project, &kind, filled)
    };
    submit_small(&app, &visit, reader.0, id, form, done, work, make).await
}

/// The project and the kind, when the actor may enter it.
fn enterable(
    conn: &mut AnyConn,
    actor: &Actor,
    id: &str,
    kind: &str,
) -> Result<(Project, MilestoneKind), AppError> {
    let (project, kind) = (load(conn, actor, id)?, kind_of(kind)?);
    if policy::may_enter(actor, &project, kind) { Ok((project, kind)) } else { Err(refused(actor)) }
}

fn report(
    conn: &mut AnyConn,
    app: &App,
    reader: &Reader,
    project: Project,
    kind: &str,
    mut form: Filled,
) -> Result<Report, AppError> {
    let (project, kind) = enterable(conn, &reader.actor, project.id.as_str(), kind)?;
    let milestone = queries::of_kind(conn, &project.id, kind, crate::clock::now())?;
    let under: Vec<String> =
        queries::evidence(conn, &milestone.id)?.into_iter().map(|paper| paper.id.to_string()).collect();
    let chosen: Vec<String> = match form.values.get("papers") {
        Some(_) => form.values.get("evidence").map(|ids| ids.lines().map(str::to_owned).collect()),
        None => Some(under),
    }
    .unwrap_or_default();
    for (name, day) in [("planned_on", milestone.planned_on), ("actual_on", milestone.actual_on)] {
        form.values
            .entry(name.to_owned())
            .or_insert_with(|| day.map(|day| day.to_string()).unwrap_or_default());
    }
    let papers = queries::papers_of_project(conn, &project.id)?.into_iter().map(|(id, kind, name)| {
        PaperChoice { chosen: chosen.contains(&id.to_string()), id: id.to_string(), kind, name }
    });
    Ok(Report {
        papers: papers.collect(),
        evidence: rules::evidence_of(kind).to_vec(),
        milestone: milestone_head(conn, &milestone)?,
        project: head(&project),
        may_add: check_changeable(&app.reference, &reader.actor, &Owner::Milestone(project, milestone))
            .is_ok(),
        form,
    })
}

fn verification(
    conn: &mut AnyConn,
    _: &App,
    reader: &Reader,
    project: Project,
    kind: &str,
    form: Filled,
) -> Result<Verification, AppError> {
    let kind = kind_of(kind)?;
    if !policy::verifies(reader.actor.role) {
        return Err(AppError::Forbidden("role"));
    }
    let milestone = queries::of_kind(conn, &project.id, kind, crate::clock::now())?;
    let under = queries::evidence(conn, &milestone.id)?;
    let kinds: Vec<String> = under.iter().map(|paper| paper.kind.clone()).collect();
    let papers = queries::papers_of_project(conn, &project.id)?
        .into_iter()
        .filter(|(id, ..)| under.iter().any(|paper| paper.id == *id))
        .map(|(id, kind, name)| PaperChoice { id: id.to_string(), kind, name, chosen: true });
    Ok(Verification {
        papers: papers.collect(),
        evidence: rules::evidence_of(kind).to_vec(),
        lacks_evidence: rules::counts(kind) && !rules::has_evidence(kind, &kinds),
        lacks_photo: rules::lacks_photo(kind, &kinds),
        open: milestone.state == MilestoneState::Reported,
        own: milestone.is_entered_by(&reader.actor.user_id, &under),
        decisions: MilestoneDecision::ALL.iter().map(|decision| Choice::code(decision.as_str())).collect(),
        milestone: milestone_head(conn, &milestone)?,
        project: head(&project),
        form,
    })
}

fn milestone_head(
    conn: &mut AnyConn,
    milestone: &crate::milestones::model::Milestone,
) -> Result<MilestoneHead, AppError> {
    let reported_by = match &milestone.reported_by {
        Some(id) => users::names(conn, std::slice::from_ref(id))?.into_iter().next().map(|(_, _, name)| name),
        None => None,
    };
    Ok(MilestoneHead {
        kind: milestone.kind.to_string(),
        state: milestone.state.to_string(),
        planned_on: milestone.planned_on,
        actual_on: milestone.actual_on,
        reported_by,
        reported_at: milestone.reported_at,
        refusal_reason: milestone.refusal_reason.clone(),
    })
}
