//! What filings are for: a lead and the project that it became, or a project alone.

use crate::accounts::Actor;
use crate::attachments::{self, AttachmentKind, OwnerKind};
use crate::db::{AnyConn, Id};
use crate::filings::model::Filing;
use crate::leads::queries::Families;
use crate::projects::rules::LandingFacts;
use crate::schema::{companies, filings, leads, projects};
use crate::{leads as lead_feature, projects as project_feature};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// What is read of a lead.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LeadBrief {
    pub id: Id,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    pub company_id: Id,
    pub county: String,
}

/// What is read of a project.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ProjectBrief {
    pub id: Id,
    pub code: String,
    pub lead_id: Option<Id>,
    pub title: String,
    pub investor_name: String,
    /// 项目公司
    pub project_company: Option<String>,
    pub company_id: Id,
    pub county: String,
    pub enclave_county: Option<String>,
}

/// What one filing is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// Of a lead that was merged, the one that stayed.
    pub lead: Option<LeadBrief>,
    /// The lead that it was filed for, where that one was merged.
    pub merged: Option<LeadBrief>,
    pub project: Option<ProjectBrief>,
    /// The investor's credit code.
    pub uscc: Option<String>,
    pub landing: LandingFacts,
}

impl Case {
    /// The counties whose officers work it.
    pub fn counties(&self) -> Vec<&str> {
        match (&self.project, &self.lead) {
            (Some(project), _) => [Some(project.county.as_str()), project.enclave_county.as_deref()]
                .into_iter()
                .flatten()
                .collect(),
            (None, Some(lead)) => vec![lead.county.as_str()],
            (None, None) => Vec::new(),
        }
    }
}

/// The cases of filings, each by the filing's id; the questions are as many however many they are.
pub fn cases_of(conn: &mut AnyConn, rows: &[Filing], families: &Families) -> QueryResult<HashMap<Id, Case>> {
    let lead_ids: Vec<Id> = families.leads().cloned().collect();
    let project_ids: Vec<Id> = rows.iter().filter_map(|row| row.project_id.clone()).collect();
    let known: Vec<LeadBrief> = leads::table
        .filter(leads::id.eq_any(lead_ids.clone()))
        .select((
            leads::id,
            leads::code,
            leads::title,
            leads::investor_name,
            leads::company_id,
            leads::county,
        ))
        .load(conn)?;
    let lead_of: HashMap<Id, LeadBrief> = known.into_iter().map(|lead| (lead.id.clone(), lead)).collect();
    let lead_ids: Vec<Option<Id>> = lead_ids.into_iter().map(Some).collect();
    let projects: Vec<ProjectBrief> = projects::table
        .filter(projects::deleted_at.is_null())
        .filter(projects::id.eq_any(project_ids).or(projects::lead_id.eq_any(lead_ids)))
        .select((
            projects::id,
            projects::code,
            projects::lead_id,
            projects::title,
            projects::investor_name,
            projects::project_company,
            projects::company_id,
            projects::county,
            projects::enclave_county,
        ))
        .load(conn)?;
    let landed: Vec<Id> = projects.iter().map(|project| project.id.clone()).collect();
    let landings = project_feature::queries::landings_of(conn, &landed)?;
    let company_ids: HashSet<Id> = (lead_of.values().map(|lead| lead.company_id.clone()))
        .chain(projects.iter().map(|project| project.company_id.clone()))
        .collect();
    let codes: Vec<(Id, Option<String>)> = companies::table
        .filter(companies::id.eq_any(company_ids))
        .select((companies::id, companies::uscc))
        .load(conn)?;
    let codes: HashMap<Id, Option<String>> = codes.into_iter().collect();
    let case = |row: &Filing| {
        let stayed = row.lead_id.as_ref().map(|lead| families.stayed(lead));
        let lead = stayed.and_then(|id| lead_of.get(id)).cloned();
        let merged = row.lead_id.as_ref().filter(|id| Some(*id) != stayed);
        let is_of = |project: &&ProjectBrief| {
            Some(&project.id) == row.project_id.as_ref()
                || (row.lead_id.is_some() && project.lead_id == row.lead_id)
        };
        let is_of_family = |project: &&ProjectBrief| {
            stayed.is_some() && project.lead_id.as_ref().map(|lead| families.stayed(lead)) == stayed
        };
        let project = projects.iter().find(is_of).or_else(|| projects.iter().find(is_of_family)).cloned();
        let company = (project.as_ref().map(|project| &project.company_id))
            .or(lead.as_ref().map(|lead| &lead.company_id));
        Case {
            uscc: company.and_then(|id| codes.get(id).cloned().flatten()),
            landing: project
                .as_ref()
                .and_then(|project| landings.get(&project.id).copied())
                .unwrap_or_default(),
            merged: merged.and_then(|id| lead_of.get(id)).cloned(),
            lead,
            project,
        }
    };
    Ok(rows.iter().map(|row| (row.id.clone(), case(row))).collect())
}

/// The families of the leads of filings.
pub fn families_of(conn: &mut AnyConn, rows: &[Filing]) -> QueryResult<Families> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.lead_id.clone()).collect();
    lead_feature::queries::families(conn, &ids)
}

/// All open filings of the same leads, merged ones among them, and projects as these, whoever asks.
pub fn of_cases(conn: &mut AnyConn, rows: &[Filing], families: &Families) -> QueryResult<Vec<Filing>> {
    let lead_ids: Vec<Option<Id>> = families.leads().cloned().map(Some).collect();
    let project_ids: Vec<Option<Id>> =
        rows.iter().map(|row| row.project_id.clone()).filter(Option::is_some).collect();
    filings::table
        .filter(filings::withdrawn_on.is_null())
        .filter(filings::lead_id.eq_any(lead_ids).or(filings::project_id.eq_any(project_ids)))
        .order((filings::filed_on.asc(), filings::id.asc()))
        .select(Filing::as_select())
        .load(conn)
}

/// The filings, leads and projects of these cases that have a paper of the kind `filing`.
pub fn papers_of(conn: &mut AnyConn, cases: &HashMap<Id, Case>) -> QueryResult<HashSet<Id>> {
    let filings = cases.keys().cloned().collect();
    let leads = cases.values().flat_map(|case| [&case.lead, &case.merged]);
    let leads = leads.filter_map(|lead| Some(lead.as_ref()?.id.clone())).collect();
    let projects = cases.values().filter_map(|case| Some(case.project.as_ref()?.id.clone())).collect();
    let stores = vec![(OwnerKind::Filing, filings), (OwnerKind::Lead, leads), (OwnerKind::Project, projects)];
    let papers = attachments::queries::of(conn, &stores)?.into_iter();
    Ok(papers.filter(|one| one.kind == AttachmentKind::Filing).map(|one| one.owner_id).collect())
}

/// Of these leads, those that exist for the actor.
pub fn seen_leads(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> QueryResult<HashSet<Id>> {
    let seen = lead_feature::queries::visible_to(actor).filter(leads::id.eq_any(ids)).select(leads::id);
    Ok(seen.load::<Id>(conn)?.into_iter().collect())
}

/// Of these projects, those that exist for the actor.
pub fn seen_projects(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> QueryResult<HashSet<Id>> {
    let seen =
        project_feature::queries::visible_to(actor).filter(projects::id.eq_any(ids)).select(projects::id);
    Ok(seen.load::<Id>(conn)?.into_iter().collect())
}
