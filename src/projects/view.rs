//! A project as the API shows it, to each role what its pages show.

use crate::accounts::Actor;
use crate::app::Tools;
use crate::attributions;
use crate::attributions::model::AttributionShare;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::employment;
use crate::employment::view::{EmploymentView, views};
use crate::error::AppError;
use crate::leads::view::{Person, SourceView};
use crate::milestones;
use crate::milestones::model::MilestoneKind;
use crate::milestones::view::MilestoneView;
use crate::policies::Criteria;
use crate::projects::model::{KeyBasis, LandUse, Project};
use crate::projects::policy::{View, view_of};
use crate::projects::pool::facts_of;
use crate::projects::queries::{self, ContractParts, Funding, Names};
use crate::projects::rules::{EnclaveCase, Warning};
use crate::projects::{editing, rules};
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

/// `project` of the API. What a role's pages do not show is null.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectView {
    pub id: Id,
    pub code: String,
    pub version: i64,
    pub lead_id: Option<Id>,
    pub lead_code: Option<String>,
    pub title: String,
    pub investor_name: Option<String>,
    pub uscc: Option<String>,
    pub origin: Option<String>,
    pub project_company: Option<String>,
    pub county: Option<String>,
    /// Whose statistics it counts in: an enclave project's county, or its own.
    pub statistics_county: Option<String>,
    pub park: Option<String>,
    pub industry: Option<String>,
    pub industry_class: Option<String>,
    pub supporting_project: Option<bool>,
    pub supporting_finding: Option<String>,
    pub content: Option<String>,
    pub total_investment_fen: Option<i64>,
    pub fixed_investment_fen: Option<i64>,
    pub land_mu: Option<f64>,
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub filing_code: Option<String>,
    /// The first phase, where this is a later one.
    pub phase_of: Option<Id>,
    pub key: Option<KeyView>,
    pub source: Option<SourceView>,
    /// Which chambers have the credit, the largest part first; that of the lead that it was. Empty where no chamber has.
    pub attribution: Vec<AttributionShare>,
    pub leader: Option<Person>,
    pub officer: Option<Person>,
    pub leader_name: Option<String>,
    pub officer_name: Option<String>,
    pub unit: Option<String>,
    pub pool: Option<PoolView>,
    pub enclave: Option<EnclaveView>,
    pub contract: Option<ContractView>,
    /// Employment by calendar year, the latest first.
    pub employment: Vec<EmploymentView>,
    /// The latest milestone reached; null before the first.
    pub stage: Option<MilestoneKind>,
    pub milestones: Vec<MilestoneView>,
    pub progress: Option<String>,
    pub problems: Option<String>,
    pub coordination: Option<String>,
    pub next_step: Option<String>,
    pub remark: Option<String>,
    /// What keeps it from counting, and what somebody should put right.
    pub warnings: Vec<Warning>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
    #[serde(with = "clock::rfc3339")]
    pub updated_at: NaiveDateTime,
}

/// Why it is a key project.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Key)]
pub struct KeyView {
    pub basis: KeyBasis,
    pub reason: Option<String>,
}

/// Since when it is in the pool, or when and why it left.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ProjectPool)]
pub struct PoolView {
    pub entered_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// The county that it is registered in the zone for, and whose land it uses.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Enclave)]
pub struct EnclaveView {
    pub county: String,
    pub land_use: Option<LandUse>,
    /// The day on which the county's recommendation was filed.
    pub recommended_on: Option<NaiveDate>,
    /// The zone in which it is registered.
    pub registered_in: String,
    /// What follows from the land that it uses; null while nobody said which.
    pub case: Option<EnclaveCase>,
}

/// The contract with its annual plan and supplements.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Contract)]
pub struct ContractView {
    pub kind: queries::ContractKind,
    pub signed_on: NaiveDate,
    pub parties: Vec<String>,
    pub total_investment_fen: i64,
    pub fixed_investment_fen: Option<i64>,
    pub land_premium_fen: Option<i64>,
    pub years: Vec<YearView>,
    pub funding: Vec<Funding>,
    pub supplements: Vec<SupplementView>,
}

/// One contract year of the annual plan (分年度计划). Amounts in fen.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ContractYear)]
pub struct YearView {
    /// Year 1 begins with the signing.
    pub year: i64,
    pub fixed_investment_fen: i64,
    pub land_premium_fen: i64,
    /// What was really invested; left out while nobody entered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub actual_fixed_investment_fen: Option<i64>,
}

/// A supplementary agreement.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Supplement)]
pub struct SupplementView {
    pub id: Id,
    pub signed_on: NaiveDate,
    pub content: String,
}

/// A page of projects, what they refer to looked up once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    rows: Vec<Project>,
) -> Result<Vec<ProjectView>, AppError> {
    let names = queries::names_of(conn, &rows)?;
    let criteria = editing::criteria(conn, tools)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id.clone()).collect();
    let mut reached = milestones::queries::of_projects(conn, &ids)?;
    let mut contracts = queries::contract_parts_of(conn, &ids)?;
    let mut years = employment::queries::of_projects(conn, &ids)?;
    let mut shares = attributions::queries::shares_of_projects(conn, &rows)?;
    let policies = tools.policies.now(conn)?;
    rows.into_iter()
        .map(|project| {
            let of_row = reached.remove(&project.id).unwrap_or_default();
            let of_row =
                of_row.into_iter().map(|(row, papers)| milestones::view::view(row, papers)).collect();
            let contract = contracts.remove(&project.id);
            let years = views(&policies, years.remove(&project.id).unwrap_or_default());
            let shares = shares.remove(&project.id).unwrap_or_default();
            Ok(view(&criteria, actor, project, &names, of_row, contract, years, shares))
        })
        .collect()
}

/// One project with all that its reader may see.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    project: Project,
) -> Result<ProjectView, AppError> {
    let names = queries::names_of(conn, std::slice::from_ref(&project))?;
    let criteria = editing::criteria(conn, tools)?;
    let reached = milestones::queries::of_project(conn, &project.id)?;
    let reached = reached.into_iter().map(|(row, papers)| milestones::view::view(row, papers)).collect();
    let contract = queries::contract_of(conn, &project.id)?;
    let years = employment::queries::of_project(conn, &project.id)?;
    let policies = tools.policies.now(conn)?;
    let years = views(&policies, years);
    let shares = attributions::queries::shares_of_projects(conn, std::slice::from_ref(&project))?;
    let shares = shares.into_values().next().unwrap_or_default();
    Ok(view(&criteria, actor, project, &names, reached, contract, years, shares))
}

#[expect(clippy::too_many_arguments, reason = "each is another part of one view")]
fn view(
    criteria: &Criteria,
    actor: &Actor,
    project: Project,
    names: &Names,
    milestones: Vec<MilestoneView>,
    contract: Option<ContractParts>,
    employment: Vec<EmploymentView>,
    attribution: Vec<AttributionShare>,
) -> ProjectView {
    let days = milestones.iter().map(|one| (one.kind, one.planned_on, one.actual_on));
    let facts = facts_of(&project, contract.as_ref(), days);
    let warnings = rules::warnings(&project, &facts, criteria);
    let full = view_of(actor.role) == View::Full;
    let (uscc, origin) = names.companies.get(&project.company_id).cloned().unwrap_or_default();
    let shown = ProjectView {
        lead_code: project.lead_id.as_ref().and_then(|id| names.leads.get(id).cloned()),
        statistics_county: Some(project.statistics_county().to_owned()),
        source: Some(source(&project, names)),
        attribution,
        leader: person(names, project.leader_id.as_ref()),
        officer: person(names, project.officer_id.as_ref()),
        pool: project.entered_on.map(|entered_on| PoolView {
            entered_on,
            withdrawn_on: project.withdrawn_on,
            reason: project.withdrawal_reason,
        }),
        key: project.key_basis.map(|basis| KeyView { basis, reason: project.key_reason }),
        enclave: project.enclave_county.map(|county| EnclaveView {
            county,
            land_use: project.land_use,
            recommended_on: project.recommended_on,
            registered_in: project.county.clone(),
            case: project.land_use.map(rules::enclave_case),
        }),
        contract: contract.map(contract_view),
        employment,
        id: project.id,
        code: project.code,
        version: project.version,
        lead_id: project.lead_id,
        title: project.title,
        investor_name: Some(project.investor_name),
        uscc,
        origin,
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
        phase_of: project.phase_of,
        leader_name: project.leader_name,
        officer_name: project.officer_name,
        unit: project.unit,
        stage: project.stage,
        milestones,
        progress: project.progress,
        problems: project.problems,
        coordination: project.coordination,
        next_step: project.next_step,
        remark: project.remark,
        warnings,
        created_at: project.created_at,
        updated_at: project.updated_at,
    };
    if full { shown } else { name_and_stage(shown) }
}

/// What liaison and federation see: name and stage.
fn name_and_stage(shown: ProjectView) -> ProjectView {
    ProjectView {
        lead_id: None,
        lead_code: None,
        investor_name: None,
        uscc: None,
        origin: None,
        project_company: None,
        county: None,
        statistics_county: None,
        park: None,
        industry: None,
        industry_class: None,
        supporting_project: None,
        supporting_finding: None,
        content: None,
        total_investment_fen: None,
        fixed_investment_fen: None,
        land_mu: None,
        factory_m2: None,
        jobs: None,
        filing_code: None,
        phase_of: None,
        key: None,
        source: None,
        attribution: Vec::new(),
        leader: None,
        officer: None,
        leader_name: None,
        officer_name: None,
        unit: None,
        pool: None,
        enclave: None,
        contract: None,
        employment: Vec::new(),
        milestones: Vec::new(),
        progress: None,
        problems: None,
        coordination: None,
        next_step: None,
        remark: None,
        warnings: Vec::new(),
        ..shown
    }
}

fn contract_view((contract, years, supplements): ContractParts) -> ContractView {
    let year = |year: queries::ContractYear| YearView {
        year: year.year,
        fixed_investment_fen: year.fixed_investment_fen,
        land_premium_fen: year.land_premium_fen,
        actual_fixed_investment_fen: year.actual_fixed_investment_fen,
    };
    ContractView {
        kind: contract.kind,
        signed_on: contract.signed_on,
        parties: contract.parties.0,
        total_investment_fen: contract.total_investment_fen,
        fixed_investment_fen: contract.fixed_investment_fen,
        land_premium_fen: contract.land_premium_fen,
        years: years.into_iter().map(year).collect(),
        funding: contract.funding.0,
        supplements: supplements
            .into_iter()
            .map(|one| SupplementView { id: one.id, signed_on: one.signed_on, content: one.content })
            .collect(),
    }
}

fn source(project: &Project, names: &Names) -> SourceView {
    let record = project
        .source_chamber_id
        .as_ref()
        .or(project.source_referrer_id.as_ref())
        .or(project.source_enterprise_id.as_ref())
        .or(project.source_event_id.as_ref());
    SourceView {
        kind: project.source_kind,
        name: record.and_then(|id| names.sources.get(id).cloned()),
        chamber_id: project.source_chamber_id.clone(),
        referrer_id: project.source_referrer_id.clone(),
        enterprise_id: project.source_enterprise_id.clone(),
        event_id: project.source_event_id.clone(),
        note: project.source_note.clone(),
    }
}

fn person(names: &Names, id: Option<&Id>) -> Option<Person> {
    let (username, display_name) = names.users.get(id?)?.clone();
    Some(Person { id: id?.clone(), username, display_name })
}
