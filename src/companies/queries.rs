//! All SQL of companies.

use crate::companies::identity::{Identity, Match, same_company};
use crate::companies::name::CompanyName;
use crate::companies::uscc::Uscc;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::reference::Reference;
use crate::schema::companies;
use chrono::NaiveDateTime;
use diesel::prelude::*;

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
    pub origin: Option<String>,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
}

impl Company {
    fn identity(&self, reference: &Reference) -> Identity {
        let uscc = self.uscc.as_deref().and_then(|code| Uscc::parse(code).ok());
        Identity::new(&self.name, uscc, reference)
    }
}

pub fn find(conn: &mut AnyConn, id: &Id) -> QueryResult<Option<Company>> {
    companies::table.find(id).select(Company::as_select()).first(conn).optional()
}

/// Companies that are, or may be, the one of this identity, the oldest first.
pub fn matching(
    conn: &mut AnyConn,
    identity: &Identity,
    reference: &Reference,
) -> QueryResult<Vec<(Company, Match)>> {
    let code = identity.uscc.as_ref().map(|uscc| uscc.as_str().to_owned());
    let found: Vec<Company> = companies::table
        .filter(companies::name_core.eq(&identity.name.core).or(companies::uscc.eq(code)))
        .order(companies::id.asc())
        .select(Company::as_select())
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|company| (same_company(&company.identity(reference), identity), company))
        .filter(|(match_, _)| *match_ != Match::Different)
        .map(|(match_, company)| (company, match_))
        .collect())
}

/// Companies whose core begins with this text: for names typed short.
pub fn with_core_like(conn: &mut AnyConn, core: &str, limit: i64) -> QueryResult<Vec<Company>> {
    companies::table
        .filter(companies::name_core.ge(core))
        .filter(companies::name_core.lt(format!("{core}\u{10FFFF}")))
        .order(companies::name_core.asc())
        .limit(limit)
        .select(Company::as_select())
        .load(conn)
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
    let identity = Identity::new(name, uscc.cloned(), reference);
    let same = matching(conn, &identity, reference)?
        .into_iter()
        .filter(|(_, found)| matches!(found, Match::Same(_)))
        // A company of the same code is surer than one of the same name.
        .min_by_key(|(company, _)| uscc.is_none_or(|code| company.uscc.as_deref() != Some(code.as_str())));
    match same {
        Some((company, _)) => {
            let code = company.uscc.clone().or_else(|| uscc.map(|code| code.as_str().to_owned()));
            let origin = origin.map(str::to_owned).or_else(|| company.origin.clone());
            if (&code, &origin) != (&company.uscc, &company.origin) {
                diesel::update(companies::table.find(&company.id))
                    .set((
                        companies::uscc.eq(code),
                        companies::origin.eq(origin),
                        companies::updated_at.eq(now),
                    ))
                    .execute(conn)?;
            }
            Ok(company.id)
        }
        None => insert(conn, name, identity, origin, now),
    }
}

/// Takes a code or an origin away again, when an edit says that there is none.
pub fn set_details(
    conn: &mut AnyConn,
    id: &Id,
    uscc: Option<&Uscc>,
    origin: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<()> {
    diesel::update(companies::table.find(id))
        .set((
            companies::uscc.eq(uscc.map(Uscc::as_str)),
            companies::origin.eq(origin),
            companies::updated_at.eq(now),
        ))
        .execute(conn)
        .map(drop)
}

fn insert(
    conn: &mut AnyConn,
    name: &str,
    identity: Identity,
    origin: Option<&str>,
    now: NaiveDateTime,
) -> QueryResult<Id> {
    let CompanyName { region, core } = identity.name;
    let company = Company {
        id: Id::generate(),
        name: name.to_owned(),
        name_core: core,
        name_region: region.map(|region| region.codes().join(",")).unwrap_or_default(),
        uscc: identity.uscc.map(|code| code.as_str().to_owned()),
        origin: origin.map(str::to_owned),
        created_at: now,
        updated_at: now,
    };
    execute!(conn, diesel::insert_into(companies::table).values(&company))?;
    Ok(company.id)
}
