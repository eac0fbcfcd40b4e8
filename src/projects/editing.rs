//! Entering and changing projects: the row by its version, its history and its trail, in one transaction.

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::audit::{self, Act, Differences};
use crate::clock;
use crate::companies;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use crate::leads::forms::SourceBody;
use crate::leads::model::SourceKind;
use crate::leads::sources::{self, SourceIds};
use crate::milestones;
use crate::policies::Criteria;
use crate::projects::forms::known::{as_body, full_body};
use crate::projects::forms::{ProjectBody, ProjectInput};
use crate::projects::model::{KeyBasis, Project};
use crate::projects::people::{check_leader, leader_change, person};
use crate::projects::phases::first_phase;
use crate::projects::pool::entry_facts;
use crate::projects::{policy, queries, rules};
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
    save(conn, actor, project, "project.update", differences, reason.as_deref())
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

/// The project with what was entered, names resolved to records.
fn filled(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    before: Project,
    input: ProjectInput,
) -> Result<Project, AppError> {
    // A source that nobody touched stays, even if its record is gone by now.
    let source = if as_body(&before).source.as_ref() == Some(&stated(&input)) {
        SourceIds {
            chamber: before.source_chamber_id.clone(),
            referrer: before.source_referrer_id.clone(),
            enterprise: before.source_enterprise_id.clone(),
            event: before.source_event_id.clone(),
        }
    } else {
        sources::resolve(conn, actor, input.source_kind, &input.source)?
    };
    let mut errors = FieldErrors::default();
    let leader =
        person(conn, "leader", input.leader.as_deref(), before.leader_id.as_ref(), &mut errors, |user| {
            user.role == Role::CountyLeader
        })?;
    let officer =
        person(conn, "officer", input.officer.as_deref(), before.officer_id.as_ref(), &mut errors, |user| {
            user.role.is_bureau() || user.role == Role::CountyOfficer
        })?;
    check_leader(conn, &before, &input, leader.as_ref(), &mut errors)?;
    if queries::has_filing_code(conn, &before.id, input.filing_code.as_deref())? {
        errors.add("filing_code", "filing-code-taken");
    }
    let phase_of = first_phase(conn, actor, &before, input.phase_of.as_deref(), &mut errors)?;
    let criteria = criteria(conn, tools)?;
    check_key(&mut errors, actor, &before, &input, &criteria);
    errors.into_result()?;
    let company = companies::queries::resolve(
        conn,
        tools.reference,
        &input.investor_name,
        input.uscc.as_ref(),
        input.origin.as_deref(),
        clock::now(),
    )?;
    let key_basis = rules::key_basis(input.key_basis, input.total_investment_fen, &input.industry, &criteria);
    Ok(Project {
        title: input.title,
        company_id: company,
        investor_name: input.investor_name,
        project_company: input.project_company,
        county: input.county,
        park: input.park,
        industry: input.industry,
        industry_class: input.industry_class,
        supporting_project: input.supporting_project,
        supporting_finding: input.supporting_finding,
        content: input.content,
        total_investment_fen: input.total_investment_fen,
        fixed_investment_fen: input.fixed_investment_fen,
        land_mu: input.land_mu,
        factory_m2: input.factory_m2,
        jobs: input.jobs,
        filing_code: input.filing_code,
        key_reason: input.key_reason.filter(|_| key_basis.is_some()),
        key_basis,
        source_kind: input.source_kind,
        source_chamber_id: source.chamber,
        source_referrer_id: source.referrer,
        source_enterprise_id: source.enterprise,
        source_event_id: source.event,
        source_note: input.source.note,
        leader_name: before.leader_name.clone().filter(|_| leader.is_none()),
        officer_name: before.officer_name.clone().filter(|_| officer.is_none()),
        leader_id: leader,
        officer_id: officer,
        unit: input.unit,
        enclave_county: input.enclave_county,
        land_use: input.land_use,
        progress: input.progress,
        problems: input.problems,
        coordination: input.coordination,
        next_step: input.next_step,
        remark: input.remark,
        phase_of,
        ..before
    })
}

/// The source as it was entered, its kind said.
fn stated(input: &ProjectInput) -> SourceBody {
    SourceBody { kind: Some(input.source_kind), ..input.source.clone() }
}

/// A key project by amount reaches the threshold; only the bureau head makes one by decision.
fn check_key(
    errors: &mut FieldErrors,
    actor: &Actor,
    before: &Project,
    input: &ProjectInput,
    criteria: &Criteria,
) {
    let is_new = input.key_basis != before.key_basis;
    match input.key_basis {
        Some(KeyBasis::Amount)
            if is_new && !rules::is_key_by_amount(input.total_investment_fen, &input.industry, criteria) =>
        {
            errors.add("key.basis", "amount-below-threshold");
        }
        Some(KeyBasis::Head) if is_new && actor.role != Role::BureauHead => {
            errors.add("key.basis", "bureau-head-only");
        }
        _ => {}
    }
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
