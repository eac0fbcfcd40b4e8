//! Entering and changing projects: the row by its version, its history and its trail, in one transaction.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::attributions;
use crate::audit::{self, Act, Differences};
use crate::award_applications;
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::AppError;
use crate::leads;
use crate::leads::model::SourceKind;
use crate::milestones;
use crate::policies::Criteria;
use crate::projects::filling::filled;
use crate::projects::forms::known::{as_body, full_body};
use crate::projects::forms::{ProjectBody, ProjectInput};
use crate::projects::model::Project;
use crate::projects::people::leader_change;
use crate::projects::pool::entry_facts;
use crate::projects::{policy, queries};
use chrono::Datelike;

/// What only a ledger knows of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromLedger {
    pub import_id: Option<Id>,
    /// A code of ours that it had before; a new one is given otherwise.
    pub code: Option<String>,
    /// Names that are no user's.
    pub leader_name: Option<String>,
    pub officer_name: Option<String>,
    /// Columns that no field takes, as (header, text).
    pub extra: Vec<(String, String)>,
}

/// Adds a project.
///
/// # Errors
/// 403 for another county; 422 by field when a named record does not exist or a key project is none.
pub fn register(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    lead: Option<Id>,
    input: ProjectInput,
) -> Result<Project, AppError> {
    register_from(conn, tools, actor, lead, input, FromLedger::default())
}

/// The same with what a ledger says beside.
pub fn register_from(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    lead: Option<Id>,
    input: ProjectInput,
    ledger: FromLedger,
) -> Result<Project, AppError> {
    if !policy::may_create_in(actor, &input.county) {
        return Err(AppError::Forbidden("other-county"));
    }
    let now = clock::now();
    let year = clock::china_date(now).year();
    let code = match ledger.code {
        Some(code) => code,
        None => queries::next_code(conn, tools.code_prefix, year)?,
    };
    let blank = Project {
        id: Id::generate(),
        code,
        lead_id: lead,
        title: String::new(),
        company_id: Id::generate(),
        investor_name: String::new(),
        project_company: None,
        county: input.county.clone(),
        park: None,
        industry: input.industry.clone(),
        industry_class: None,
        supporting_project: false,
        supporting_finding: None,
        content: None,
        total_investment_fen: None,
        fixed_investment_fen: None,
        land_mu: None,
        factory_m2: None,
        jobs: None,
        filing_code: None,
        key_basis: None,
        key_reason: None,
        source_kind: input.source_kind,
        source_chamber_id: None,
        source_referrer_id: None,
        source_enterprise_id: None,
        source_event_id: None,
        source_note: None,
        leader_id: None,
        officer_id: None,
        leader_name: ledger.leader_name,
        officer_name: ledger.officer_name,
        unit: None,
        entered_on: None,
        withdrawn_on: None,
        withdrawal_reason: None,
        enclave_county: None,
        land_use: None,
        recommended_on: None,
        progress: None,
        problems: None,
        coordination: None,
        next_step: None,
        remark: None,
        extra: Json(ledger.extra),
        import_id: ledger.import_id,
        stage: None,
        starts_on: None,
        created_by: actor.user_id.clone(),
        version: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
        phase_of: None,
    };
    let reason = input.leader_reason.clone();
    let project = filled(conn, tools, actor, blank, input)?;
    queries::insert(conn, &project).map_err(taken)?;
    if let Some(lead) = &project.lead_id
        && let Some(lead) = leads::queries::find(conn, actor, lead)?
    {
        attributions::changing::by_project(conn, actor, lead.lead.source_chamber_id.as_ref(), &project)?;
    }
    if project.leader_id.is_some() {
        queries::insert_leader_change(conn, leader_change(actor, &project, None, reason))?;
    }
    let differences =
        Differences::between(&ProjectBody::default(), &as_body(&project)).set("code", &project.code);
    tell(conn, actor, &project, "project.create", differences, None)?;
    Ok(project)
}

/// Changes a project. A changed leader goes into the history, with the reason.
pub fn edit(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Project,
    input: ProjectInput,
) -> Result<Project, AppError> {
    let ledger = FromLedger {
        leader_name: before.leader_name.clone(),
        officer_name: before.officer_name.clone(),
        extra: before.extra.0.clone(),
        ..FromLedger::default()
    };
    edit_from(conn, tools, actor, before, input, ledger)
}

/// The same with what a ledger says beside; the project keeps its code and where it came from.
pub fn edit_from(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Project,
    input: ProjectInput,
    ledger: FromLedger,
) -> Result<Project, AppError> {
    if !policy::may_create_in(actor, &input.county) {
        return Err(AppError::Forbidden("other-county"));
    }
    let reason = input.leader_reason.clone();
    let mut project = filled(conn, tools, actor, before.clone(), input)?;
    project.leader_name = ledger.leader_name.filter(|_| project.leader_id.is_none());
    project.officer_name = ledger.officer_name.filter(|_| project.officer_id.is_none());
    project.extra = Json(ledger.extra);
    if project == before {
        return Ok(before);
    }
    attributions::changing::by_project(conn, actor, before.source_chamber_id.as_ref(), &project)?;
    if project.leader_id != before.leader_id {
        if project.leader_id.is_none() && project.leader_name.is_none() && before.is_in_pool() {
            return Err(AppError::invalid("leader", "leader-required"));
        }
        let change = leader_change(actor, &project, before.leader_id.clone(), reason.clone());
        queries::insert_leader_change(conn, change)?;
    }
    let differences = Differences::between(&as_body(&before), &as_body(&project))
        .field("leader_name", &before.leader_name, &project.leader_name)
        .field("officer_name", &before.officer_name, &project.officer_name)
        .field("extra", &before.extra.0, &project.extra.0)
        .set("import_id", &ledger.import_id);
    let project = save(conn, actor, project, "project.update", differences, reason.as_deref())?;
    if project.county != before.county {
        award_applications::editing::take_along(conn, actor, &project)?;
    }
    Ok(project)
}

/// Gives the project to other people: the same as an edit of these fields alone. `None` leaves one as he is.
pub fn assign(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Project,
    leader: Option<Option<String>>,
    officer: Option<Option<String>>,
    reason: Option<String>,
) -> Result<Project, AppError> {
    let known = full_body(conn, &before)?;
    let body = ProjectBody {
        leader: leader.unwrap_or_else(|| known.leader.clone()),
        officer: officer.unwrap_or_else(|| known.officer.clone()),
        leader_reason: reason,
        ..known.clone()
    };
    let input = ProjectInput::check_edit(&known, body, tools.reference)?;
    edit(conn, tools, actor, before, input)
}

/// Marks a project as deleted.
///
/// # Errors
/// 409 for one that was in the pool: it is withdrawn, not deleted; and for the first phase of others.
pub fn delete(conn: &mut AnyConn, actor: &Actor, mut project: Project) -> Result<Project, AppError> {
    if project.entered_on.is_some() {
        return Err(AppError::Conflict("project-in-pool"));
    }
    if queries::has_phases(conn, &project.id)? {
        return Err(AppError::Conflict("project-has-phases"));
    }
    project.deleted_at = Some(clock::now());
    save(conn, actor, project, "project.delete", Differences::default(), None)
}

/// The last steps of every change of a project: how far it has come, the row by its version, the trail.
pub fn save(
    conn: &mut AnyConn,
    actor: &Actor,
    mut project: Project,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> Result<Project, AppError> {
    check_stay(conn, &project)?;
    let version = project.version;
    (project.stage, project.starts_on) = milestones::queries::progress(conn, &project.id)?;
    let project =
        queries::update(conn, project, clock::now())?.ok_or(AppError::Stale { current: version + 1 })?;
    queries::note_landing(conn, &project.id, clock::today())?;
    tell(conn, actor, &project, action, differences, reason)?;
    Ok(project)
}

/// The credit for the lead that it became goes to another chamber, and with it the project.
pub fn take_source(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    chamber: &Id,
) -> Result<Project, AppError> {
    let before = project.source_chamber_id.clone();
    let differences = Differences::default().field("source_chamber", &before, &Some(chamber.clone()));
    let project = Project {
        source_kind: SourceKind::Chamber,
        source_chamber_id: Some(chamber.clone()),
        source_referrer_id: None,
        source_enterprise_id: None,
        ..project
    };
    save(conn, actor, project, "project.update", differences, None)
}

/// What opened the pool to a project stays with it: its formal contract, or its filing.
///
/// # Errors
/// 409 when a project in the pool would have neither.
fn check_stay(conn: &mut AnyConn, project: &Project) -> Result<(), AppError> {
    if !project.is_in_pool() {
        return Ok(());
    }
    let facts = entry_facts(conn, project)?;
    if facts.has_formal_contract || facts.has_filing {
        Ok(())
    } else {
        Err(AppError::Conflict("pool-lacks-contract"))
    }
}

/// The criteria that projects are held against today.
pub fn criteria(conn: &mut AnyConn, tools: Tools<'_>) -> Result<Criteria, AppError> {
    let policies = tools.policies.now(conn)?;
    let policy = policies.current(clock::today().year()).ok_or(AppError::Conflict("no-policy"))?;
    Ok(policy.pool.clone())
}

/// Of two who make a project of one lead at the same time, the second is told so.
fn taken(error: diesel::result::Error) -> AppError {
    use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
    match error {
        DatabaseError(UniqueViolation, _) => AppError::invalid("lead_id", "lead-has-project"),
        other => other.into(),
    }
}

fn tell(
    conn: &mut AnyConn,
    actor: &Actor,
    project: &Project,
    action: &'static str,
    differences: Differences,
    reason: Option<&str>,
) -> diesel::QueryResult<()> {
    let act = Act { action, subject_kind: "project", subject_id: project.id.as_str(), differences, reason };
    audit::record(conn, actor, act)
}
