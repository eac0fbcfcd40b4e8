//! A lead with a contract becomes a project: nothing is typed twice.

use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::forms::SourceBody;
use crate::leads::model::{Stage, Status};
use crate::leads::queries::Known;
use crate::projects::forms::ProjectBody;
use crate::projects::queries;

/// The lead's part of a project that is made of it: what the body does not say is the lead's.
///
/// # Errors
/// 422 at `lead_id` when no contract is signed or it is a project already; 409 when it rests.
pub fn filled(conn: &mut AnyConn, known: &Known, body: ProjectBody) -> Result<ProjectBody, AppError> {
    let lead = known.lead.clone();
    if lead.stage != Stage::Contract {
        return Err(AppError::invalid("lead_id", "lead-without-contract"));
    }
    if lead.status != Status::Active {
        return Err(AppError::Conflict("lead-not-active"));
    }
    if queries::find_of_lead(conn, &lead.id)?.is_some() {
        return Err(AppError::invalid("lead_id", "lead-has-project"));
    }
    let text = |id: Option<Id>| id.map(|id| id.to_string());
    let source = SourceBody {
        kind: Some(lead.source_kind),
        chamber_id: text(lead.source_chamber_id),
        referrer_id: text(lead.source_referrer_id),
        enterprise_id: text(lead.source_enterprise_id),
        event_id: text(lead.source_event_id),
        note: lead.source_note,
    };
    Ok(ProjectBody {
        title: body.title.or(Some(lead.title)),
        investor_name: body.investor_name.or(Some(lead.investor_name)),
        uscc: body.uscc.or_else(|| known.uscc.clone()),
        origin: body.origin.or_else(|| lead.origin.clone()),
        county: body.county.or(Some(lead.county)),
        park: body.park.or(lead.park),
        industry: body.industry.or(Some(lead.industry)),
        industry_class: body.industry_class.or(lead.industry_class),
        content: body.content.or(lead.content),
        total_investment_fen: body.total_investment_fen.or(lead.total_investment_fen),
        fixed_investment_fen: body.fixed_investment_fen.or(lead.fixed_investment_fen),
        land_mu: body.land_mu.or(lead.land_mu),
        factory_m2: body.factory_m2.or(lead.factory_m2),
        jobs: body.jobs.or(lead.jobs),
        source: body.source.or(Some(source)),
        leader: body.leader.or(text(lead.leader_id)),
        officer: body.officer.or(text(lead.officer_id)),
        ..body
    })
}
