//! Drafting and changing an application: the row by its version, its history and its trail, in one transaction.

use super::computing::Loaded;
use super::facts::Gathered;
use super::model::{Application, ApplicationStatus, Payee, Transition};
use super::payees::{self, PayeeBody};
use super::rules::{self, Case, Overlap};
use super::ways::Duty;
use super::{policy, queries, steps, wanted};
use crate::accounts::Actor;
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use crate::policies::awards::AwardRule;
use crate::projects;
use crate::projects::model::Project;
use chrono::Datelike;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// What an application is drafted with.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardApplicationEntry)]
pub struct ApplicationBody {
    pub project_id: String,
    pub rule: AwardRule,
    /// Left out: those whose shares were agreed at the project, or the enterprise itself where the award is its own.
    #[serde(default)]
    pub payees: Option<Vec<PayeeBody>>,
    /// Facts that no record knows, by name; what records know is not taken here.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
}

/// What changes of one: what is left out stays, and so does each fact that is not named; null takes a fact away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = AwardApplicationChange)]
pub struct ApplicationChange {
    pub payees: Option<Vec<PayeeBody>>,
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
}

/// Drafts an application.
///
/// # Errors
/// 403 for another county, or who confirmed the leading role; 409 `award-open` when there is one; 422 by field.
pub fn draft(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    body: ApplicationBody,
) -> Result<Application, AppError> {
    let unknown = || AppError::invalid("project_id", "award-unknown-project");
    let project: Id = body.project_id.trim().parse().map_err(|_| unknown())?;
    let project = projects::queries::find(conn, actor, &project)?.ok_or_else(unknown)?;
    if !policy::may_draft_in(actor, &project.county) {
        return Err(AppError::Forbidden("other-county"));
    }
    let now = clock::now();
    let id = Id::generate();
    let payees = payees::resolve(conn, tools.reference, actor, &id, &project, body.rule, body.payees)?;
    let loaded = Loaded::of(conn, tools, &project, body.rule, &payees, None)?;
    let nothing = Map::new();
    let entered = merged(&nothing, body.facts);
    check_facts(tools, &loaded, &nothing, &entered)?;
    let application = Application {
        code: queries::next_code(conn, clock::china_date(now).year())?,
        id,
        project_id: project.id.clone(),
        rule: body.rule,
        status: ApplicationStatus::Draft,
        county: project.county.clone(),
        created_by: actor.user_id.clone(),
        entered: Json(entered),
        policy: None,
        facts: None,
        award: None,
        amount_fen: 0,
        submitted_at: None,
        notice_from: None,
        notice_until: None,
        voucher: None,
        version: 1,
        created_at: now,
        updated_at: now,
        parties: None,
    };
    let case = Case {
        taken: loaded.confirmers.iter().map(|id| (id.clone(), Duty::Confirmer)).collect(),
        own: loaded.own.clone(),
        ..blank(&application)
    };
    rules::separate(&case, &actor.user_id, Duty::Creator).map_err(steps::refused)?;
    queries::insert(conn, &application).map_err(taken)?;
    queries::put_payees(conn, &application.id, &payees)?;
    let step = step(&application, None, ApplicationStatus::Draft, None, actor);
    queries::insert_transition(conn, step)?;
    let differences = Differences::default()
        .set("code", &application.code)
        .set("rule", &application.rule)
        .set("project", &project.code)
        .set("payees", &listed(&payees))
        .set("facts", &application.entered.0);
    tell(conn, actor, &application, "award.create", differences, None)?;
    Ok(application)
}

/// Changes payees and facts of a draft, or of one that was returned.
///
/// # Errors
/// 403 for whoever did not draft it; 409 once it was submitted; 422 by field.
pub fn change(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    application: Application,
    project: &Project,
    body: ApplicationChange,
) -> Result<Application, AppError> {
    if !policy::may_draft_in(actor, &application.county) {
        return Err(AppError::Forbidden("role"));
    }
    if application.created_by != actor.user_id {
        return Err(AppError::Forbidden("award-not-creator"));
    }
    if !application.status.is_editable() {
        return Err(AppError::Conflict("award-not-editable"));
    }
    let before = queries::payees_of(conn, std::slice::from_ref(&application.id))?
        .remove(&application.id)
        .unwrap_or_default();
    let payees = match body.payees {
        None => before.clone(),
        given => {
            let (id, rule) = (&application.id, application.rule);
            payees::resolve(conn, tools.reference, actor, id, project, rule, given)?
        }
    };
    let loaded = Loaded::of(conn, tools, project, application.rule, &payees, Some(&application.id))?;
    let entered = merged(&application.entered.0, body.facts);
    check_facts(tools, &loaded, &application.entered.0, &entered)?;
    if entered == application.entered.0 && listed(&payees) == listed(&before) {
        return Ok(application);
    }
    queries::put_payees(conn, &application.id, &payees)?;
    let differences = Differences::default().field("facts", &application.entered.0, &entered).field(
        "payees",
        &listed(&before),
        &listed(&payees),
    );
    let changed = Application { entered: Json(entered), ..application };
    save(conn, actor, changed, "award.update", differences, None)
}

/// Facts with a merge patch laid over them.
fn merged(before: &Map<String, Value>, changes: Map<String, Value>) -> Map<String, Value> {
    let mut facts = before.clone();
    for (name, value) in changes {
        if value.is_null() {
            facts.remove(&name);
        } else {
            facts.insert(name, value);
        }
    }
    facts
}

/// Whether what is entered may be entered, has the form that the engine wants of it, and no number beyond all measure.
fn check_facts(
    tools: Tools<'_>,
    loaded: &Loaded,
    before: &Map<String, Value>,
    entered: &Map<String, Value>,
) -> Result<(), AppError> {
    let gathered: Gathered = loaded.gathered();
    gathered.refuse(loaded.rule, before, entered).map_err(AppError::Invalid)?;
    let sampled = gathered.sampled(loaded.rule, entered);
    let mut errors = FieldErrors::default();
    for one in gathered.wanted(loaded.rule) {
        let Some(value) = entered.get(one.name) else { continue };
        for field in wanted::oversized(format!("facts.{}", one.name), one.form, value) {
            errors.add(field, "too-large");
        }
    }
    errors.into_result()?;
    let Err(fault) = loaded.award(tools.reference, sampled, &loaded.policy) else { return Ok(()) };
    let of_entered = entered.keys().any(|name| {
        let rest = fault.field.strip_prefix("facts.").and_then(|field| field.strip_prefix(name.as_str()));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    });
    // A fault of another fact is told when it is computed.
    if of_entered { Err(AppError::Invalid(FieldErrors(vec![fault]))) } else { Ok(()) }
}

/// Payees as the trail names them.
fn listed(payees: &[Payee]) -> Vec<(Option<&str>, i64)> {
    payees
        .iter()
        .map(|payee| {
            let named = payee.referrer_id.as_ref().map(Id::as_str).or(payee.organisation.as_deref());
            (named, payee.share_bp)
        })
        .collect()
}

/// A case in which nobody has taken a duty and nothing is known.
fn blank(application: &Application) -> Case {
    Case {
        status: application.status,
        county: application.county.clone(),
        created_by: application.created_by.clone(),
        creator_left: false,
        taken: Vec::new(),
        own: Vec::new(),
        eligible: false,
        confirmed: false,
        overlap: Overlap::None,
        funded: false,
        payable: false,
        stopped: false,
        notice_until: None,
    }
}

/// A step as it goes into the history.
pub fn step(
    application: &Application,
    from_status: Option<ApplicationStatus>,
    to_status: ApplicationStatus,
    reason: Option<String>,
    actor: &Actor,
) -> Transition {
    Transition {
        id: Id::generate(),
        application_id: application.id.clone(),
        from_status,
        to_status,
        reason,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    }
}

/// The last steps of every change of an application: the row by its version, the trail.
///
/// # Errors
/// 412 when somebody was quicker.
pub fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    application: Application,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<Application, AppError> {
    let version = application.version;
    let saved = queries::update(conn, application, clock::now())?;
    let application = saved.ok_or(AppError::Stale { current: version + 1 })?;
    tell(conn, actor, &application, action, differences, reason)?;
    Ok(application)
}

/// What can still be changed of a project goes along with it to another county: its old one does not see the project any
/// more, and the new one finds them.
pub fn take_along(conn: &mut AnyConn, actor: &Actor, project: &Project) -> Result<(), AppError> {
    for application in queries::of_project(conn, &project.id)? {
        if !application.status.is_editable() || application.county == project.county {
            continue;
        }
        let differences = Differences::default().field("county", &application.county, &project.county);
        let moved = Application { county: project.county.clone(), ..application };
        save(conn, actor, moved, "award.update", differences, None)?;
    }
    Ok(())
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    application: &Application,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> diesel::QueryResult<()> {
    let subject_id = application.id.as_str();
    let act = Act { action, subject_kind: "award_application", subject_id, differences, reason };
    audit::record(conn, actor, act)
}

/// Of two who draft at the same time, the second is told that there is one.
fn taken(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::Conflict("award-open"),
        other => other.into(),
    }
}
