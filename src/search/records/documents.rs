//! From rows to documents of the records' index.

use super::SearchKind;
use crate::attachments::texts;
use crate::chambers::Chamber;
use crate::db::{AnyConn, Id};
use crate::projects::model::Project;
use crate::referrers::Referrer;
use crate::schema::{
    chamber_entries, chambers, companies, company_names, leads, projects, referrer_members, referrers,
};
use crate::search::{LeadDocument, attached};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

/// The documents of these records, of whichever kind each is; one that is deleted has none.
pub fn documents(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let mut found = of_projects(conn, ids)?;
    found.extend(of_companies(conn, ids)?);
    found.extend(of_referrers(conn, ids)?);
    found.extend(of_chambers(conn, ids)?);
    Ok(found)
}

/// The records in parts whose papers fit into memory: projects have some.
pub fn parts(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Vec<Id>>> {
    Ok(attached::parts(ids, &texts::queries::of_projects(conn, ids)?))
}

/// The records of a kind after this one, at most so many, in the order of their ids.
pub fn next_ids(conn: &mut AnyConn, kind: SearchKind, after: &str, limit: i64) -> QueryResult<Vec<Id>> {
    macro_rules! of {
        ($table:ident) => {
            $table::table
                .filter($table::id.gt(after.to_owned()))
                .order($table::id.asc())
                .limit(limit)
                .select($table::id)
                .load(conn)
        };
    }
    match kind {
        SearchKind::Project => of!(projects),
        SearchKind::Company => of!(companies),
        SearchKind::Referrer => of!(referrers),
        SearchKind::Chamber => of!(chambers),
        SearchKind::Lead => Ok(Vec::new()),
    }
}

/// The companies of these leads: whose they are, and who brought them.
pub fn companies_of_leads(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let rows = leads::table.filter(leads::id.eq_any(ids.to_vec()));
    Ok(both(rows.select((leads::company_id, leads::source_enterprise_id)).load(conn)?))
}

/// The same of projects.
pub fn companies_of_projects(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<Id>> {
    let rows = projects::table.filter(projects::id.eq_any(ids.to_vec()));
    Ok(both(rows.select((projects::company_id, projects::source_enterprise_id)).load(conn)?))
}

fn both(companies: Vec<(Id, Option<Id>)>) -> Vec<Id> {
    companies.into_iter().flat_map(|(own, source)| source.into_iter().chain([own])).collect()
}

/// Those of these companies that were written since then.
pub fn changed_since(conn: &mut AnyConn, companies: Vec<Id>, since: NaiveDateTime) -> QueryResult<Vec<Id>> {
    let rows = companies::table.filter(companies::id.eq_any(companies));
    rows.filter(companies::updated_at.ge(since)).select(companies::id).load(conn)
}

fn of_projects(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let rows = projects::table
        .inner_join(companies::table)
        .filter(projects::id.eq_any(ids.to_vec()))
        .filter(projects::deleted_at.is_null())
        .select((Project::as_select(), companies::uscc))
        .load::<(Project, Option<String>)>(conn)?;
    let papers = texts::queries::of_projects(conn, ids)?;
    let mut attached = attached::of(conn, papers)?;
    let document = |(project, uscc): (Project, Option<String>)| LeadDocument {
        kind: SearchKind::Project.to_string(),
        attachments: attached.remove(&project.id).into_iter().flatten().map(|(paper, _)| paper).collect(),
        content: joined([project.project_company, project.content]),
        id: project.id.to_string(),
        code: project.code,
        title: project.title,
        investor_name: project.investor_name,
        uscc,
        county: project.county,
        industry: project.industry,
        leader_id: project.leader_id.map(|leader| leader.to_string()),
        total_investment_fen: project.total_investment_fen,
        status: active(project.withdrawn_on.is_none()),
        remark: project.remark,
        updated_at: project.updated_at,
        version: project.version,
        ..LeadDocument::default()
    };
    Ok(rows.into_iter().map(document).collect())
}

fn of_companies(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let rows = companies::table
        .filter(companies::id.eq_any(ids.to_vec()))
        .select((companies::id, companies::name, companies::uscc, companies::updated_at))
        .load::<(Id, String, Option<String>, NaiveDateTime)>(conn)?;
    let mut others = grouped(
        company_names::table
            .filter(company_names::company_id.eq_any(ids.to_vec()))
            .select((company_names::company_id, company_names::name))
            .load(conn)?,
    );
    let document = |(id, name, uscc, updated_at): (Id, String, Option<String>, _)| {
        let mut spellings = others.remove(&id).unwrap_or_default();
        spellings.retain(|spelling| *spelling != name);
        LeadDocument {
            kind: SearchKind::Company.to_string(),
            id: id.to_string(),
            title: name,
            uscc,
            content: joined(spellings.into_iter().map(Some)),
            status: active(true),
            updated_at,
            ..LeadDocument::default()
        }
    };
    Ok(rows.into_iter().map(document).collect())
}

fn of_referrers(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let rows: Vec<Referrer> = referrers::table
        .filter(referrers::id.eq_any(ids.to_vec()))
        .select(Referrer::as_select())
        .load(conn)?;
    let mut members = grouped(
        referrer_members::table
            .filter(referrer_members::referrer_id.eq_any(ids.to_vec()))
            .filter(referrer_members::left_on.is_null())
            .select((referrer_members::referrer_id, referrer_members::name))
            .load(conn)?,
    );
    let document = |referrer: Referrer| LeadDocument {
        kind: SearchKind::Referrer.to_string(),
        content: joined(members.remove(&referrer.id).unwrap_or_default().into_iter().map(Some)),
        id: referrer.id.to_string(),
        code: referrer.code,
        title: referrer.name,
        uscc: referrer.uscc,
        contact_name: referrer.contact_person,
        status: referrer.status.to_string(),
        updated_at: referrer.updated_at,
        version: referrer.version,
        ..LeadDocument::default()
    };
    Ok(rows.into_iter().map(document).collect())
}

fn of_chambers(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<Vec<LeadDocument>> {
    let rows: Vec<Chamber> =
        chambers::table.filter(chambers::id.eq_any(ids.to_vec())).select(Chamber::as_select()).load(conn)?;
    // Officers, members, agreements and service points, by their names.
    let mut entries = grouped(
        chamber_entries::table
            .filter(chamber_entries::chamber_id.eq_any(ids.to_vec()))
            .select((chamber_entries::chamber_id, chamber_entries::name))
            .load(conn)?,
    );
    let document = |chamber: Chamber| LeadDocument {
        kind: SearchKind::Chamber.to_string(),
        content: joined(entries.remove(&chamber.id).unwrap_or_default().into_iter().map(Some)),
        id: chamber.id.to_string(),
        code: chamber.code,
        title: chamber.name,
        contact_name: chamber.contact_person,
        status: chamber.status.to_string(),
        updated_at: chamber.updated_at,
        version: chamber.version,
        ..LeadDocument::default()
    };
    Ok(rows.into_iter().map(document).collect())
}

fn active(is: bool) -> String {
    if is { "active" } else { "closed" }.to_owned()
}

fn joined(texts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

fn grouped(rows: Vec<(Id, String)>) -> HashMap<Id, Vec<String>> {
    let mut grouped: HashMap<Id, Vec<String>> = HashMap::new();
    rows.into_iter().for_each(|(id, text)| grouped.entry(id).or_default().push(text));
    grouped
}
