//! All SQL of companies.

use crate::companies::identity::{Identity, Match, same_company};
use crate::companies::names;
use crate::companies::uscc::Uscc;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::jobs::outbox::{self, Topic};
use crate::leads::model::DuplicateReason;
use crate::reference::Reference;
use crate::schema::{companies, company_names, leads};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A company as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = companies, treat_none_as_default_value = false)]
pub struct Company {
    pub id: Id,
    pub name: String,
    pub name_core: String,
    /// The codes of the region in front of the name, apart by commas; empty when there is none.
    pub name_region: String,
    pub uscc: Option<String>,
    /// The first that was known; each lead has its own.
    pub origin: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl Company {
    /// What tells it apart from others when it goes by this name.
    fn called(&self, name: &str, reference: &Reference) -> Identity {
        let uscc = self.uscc.as_deref().and_then(|code| Uscc::parse(code).ok());
        Identity::new(name, uscc, reference)
    }
}

pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Company>> {
    companies::table.find(id).select(Company::as_select()).first(conn).optional()
}

/// These companies by id.
pub fn find_all(conn: &mut AnyConn, ids: &[Id]) -> QueryResult<HashMap<Id, Company>> {
    let rows: Vec<Company> = companies::table
        .filter(companies::id.eq_any(ids.to_vec()))
        .select(Company::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|company| (company.id.clone(), company)).collect())
}

/// Credit codes of companies that have one.
pub fn credit_codes<'a>(
    conn: &mut AnyConn,
    ids: impl Iterator<Item = &'a Id>,
) -> QueryResult<HashMap<Id, String>> {
    let ids: HashSet<Id> = ids.cloned().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = companies::table.filter(companies::id.eq_any(ids)).select((companies::id, companies::uscc));
    let found = found.load::<(Id, Option<String>)>(conn)?.into_iter();
    Ok(found.filter_map(|(id, code)| Some((id, code?))).collect())
}

/// Companies that are, or may be, the one of this identity, the oldest first; each by the surest of its names.
pub fn matching(
    conn: &mut AnyConn,
    identity: &Identity,
    reference: &Reference,
) -> QueryResult<Vec<(Company, Match)>> {
    // Two queries and not one with OR: neither database uses two tables' indexes for one.
    let mut rows: Vec<(Company, String)> = companies::table
        .inner_join(company_names::table)
        .filter(company_names::name_core.eq(&identity.name.core))
        .select((Company::as_select(), company_names::name))
        .load(conn)?;
    if let Some(code) = &identity.uscc {
        let of_code = companies::table
            .filter(companies::uscc.eq(code.as_str()))
            .select((Company::as_select(), companies::name));
        rows.extend(of_code.load::<(Company, String)>(conn)?);
    }
    let mut found = BTreeMap::new();
    for (company, name) in rows {
        let sameness = same_company(&company.called(&name, reference), identity);
        let best = found.entry(company.id.clone()).or_insert((company, sameness));
        if sureness(sameness) > sureness(best.1) {
            best.1 = sameness;
        }
    }
    Ok(found.into_values().filter(|(_, sameness)| *sameness != Match::Different).collect())
}

fn sureness(sameness: Match) -> u8 {
    match sameness {
        Match::Same(DuplicateReason::Uscc) => 3,
        Match::Same(_) => 2,
        Match::SameName => 1,
        Match::Different => 0,
    }
}

/// The company of a report: the one that is the same, told what it did not know, or a new one.
pub fn resolve(
    conn: &mut AnyConn,
    reference: &Reference,
    name: &str,
    uscc: Option<&Uscc>,
    origin: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<Id> {
    resolve_known(conn, reference, name, Identity::new(name, uscc.cloned(), reference), origin, now)
}

/// The same for a name that was taken apart before.
pub fn resolve_known(
    conn: &mut AnyConn,
    reference: &Reference,
    name: &str,
    identity: Identity,
    origin: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<Id> {
    let code = identity.uscc.as_ref().map(Uscc::as_str);
    let same = matching(conn, &identity, reference)?
        .into_iter()
        .filter(|(_, found)| matches!(found, Match::Same(_)))
        // A company of the same code is surer than one of the same name.
        .min_by_key(|(company, _)| code.is_none_or(|code| company.uscc.as_deref() != Some(code)));
    match same {
        Some((company, _)) => {
            names::keep(conn, &company.id, name, &identity.name)?;
            let code = company.uscc.clone().or_else(|| code.map(str::to_owned));
            let origin = company.origin.clone().or_else(|| origin.map(str::to_owned));
            let code_changes = code != company.uscc;
            if (&code, &origin) != (&company.uscc, &company.origin) {
                diesel::update(companies::table.find(&company.id))
                    .set((
                        companies::uscc.eq(code),
                        companies::origin.eq(origin),
                        companies::updated_at.eq(now),
                    ))
                    .execute(conn)?;
            }
            if code_changes {
                index_leads_of(conn, &company.id)?;
            }
            Ok(company.id)
        }
        None => insert(conn, name, identity, origin, now),
    }
}

/// A code is found with every lead of its company.
fn index_leads_of(conn: &mut AnyConn, company: &Id) -> QueryResult<()> {
    let of_company = leads::table.filter(leads::company_id.eq(company)).select(leads::id);
    for lead in of_company.load::<Id>(conn)? {
        outbox::enqueue(conn, Topic::LeadIndex, &lead)?;
    }
    Ok(())
}

/// Takes the code away again, when an edit says that there is none.
pub fn forget_code(conn: &mut AnyConn, id: &Id, now: NaiveDateTime) -> QueryResult<()> {
    diesel::update(companies::table.find(id))
        .set((companies::uscc.eq(None::<String>), companies::updated_at.eq(now)))
        .execute(conn)?;
    index_leads_of(conn, id)
}

fn insert(
    conn: &mut AnyConn,
    name: &str,
    identity: Identity,
    origin: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<Id> {
    let company = Company {
        id: Id::generate(),
        name: name.to_owned(),
        name_core: identity.name.core.clone(),
        name_region: identity.name.region_codes(),
        uscc: identity.uscc.map(|code| code.as_str().to_owned()),
        origin: origin.map(str::to_owned),
        created_at: now,
        updated_at: now,
    };
    execute!(conn, diesel::insert_into(companies::table).values(&company))?;
    names::keep_first(conn, &company.id, name, &identity.name)?;
    Ok(company.id)
}
