//! What was entered becomes a project: names are looked up, and what only its records know is held against it.

use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::clock;
use crate::companies;
use crate::db::AnyConn;
use crate::error::{AppError, FieldErrors};
use crate::leads::forms::SourceBody;
use crate::leads::sources::{self, SourceIds};
use crate::policies::Criteria;
use crate::projects::editing::criteria;
use crate::projects::forms::ProjectInput;
use crate::projects::forms::known::as_body;
use crate::projects::model::{KeyBasis, Project};
use crate::projects::people::{check_leader, person};
use crate::projects::phases::first_phase;
use crate::projects::{queries, rules};

/// The project with what was entered, names resolved to records.
pub(super) fn filled(
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
        recommended_on: input.recommended_on,
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
