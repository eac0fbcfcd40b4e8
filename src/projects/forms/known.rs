//! What is known of a project as the body that would give it: for a merge patch, a form and the trail.

use super::{EnclaveBody, KeyBody, ProjectBody};
use crate::companies;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::forms::SourceBody;
use crate::projects::model::Project;

/// A project as the body that would give it, with what its company knows.
pub fn full_body(conn: &mut AnyConn, project: &Project) -> Result<ProjectBody, AppError> {
    let mut body = as_body(project);
    if let Some(company) = companies::queries::find(conn, &project.company_id)? {
        (body.uscc, body.origin) = (company.uscc, company.origin);
    }
    Ok(body)
}

/// A project as the body that would give it, but for what its company knows: for a merge patch, and for the trail.
pub fn as_body(project: &Project) -> ProjectBody {
    let project = project.clone();
    let text = |id: Option<Id>| id.map(|id| id.to_string());
    ProjectBody {
        lead_id: text(project.lead_id),
        title: Some(project.title),
        investor_name: Some(project.investor_name),
        uscc: None,
        origin: None,
        project_company: project.project_company,
        county: Some(project.county),
        park: project.park,
        industry: Some(project.industry),
        industry_class: project.industry_class,
        supporting_project: Some(project.supporting_project),
        supporting_finding: project.supporting_finding,
        content: project.content,
        total_investment_fen: project.total_investment_fen,
        fixed_investment_fen: project.fixed_investment_fen,
        land_mu: project.land_mu,
        factory_m2: project.factory_m2,
        jobs: project.jobs,
        filing_code: project.filing_code,
        phase_of: text(project.phase_of),
        key: project.key_basis.map(|basis| KeyBody { basis: Some(basis), reason: project.key_reason }),
        source: Some(SourceBody {
            kind: Some(project.source_kind),
            chamber_id: text(project.source_chamber_id),
            referrer_id: text(project.source_referrer_id),
            enterprise_id: text(project.source_enterprise_id),
            event_id: text(project.source_event_id),
            note: project.source_note,
        }),
        leader: text(project.leader_id),
        officer: text(project.officer_id),
        leader_reason: None,
        unit: project.unit,
        enclave: project.enclave_county.map(|county| EnclaveBody {
            county: Some(county),
            land_use: project.land_use,
            recommended_on: project.recommended_on,
        }),
        progress: project.progress,
        problems: project.problems,
        coordination: project.coordination,
        next_step: project.next_step,
        remark: project.remark,
    }
}
