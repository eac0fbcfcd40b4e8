//! The names under which a company was reported: it is known by all of them, whatever its record is called.

use crate::companies::name::CompanyName;
use crate::db::dialect::Both;
use crate::db::{AnyConn, Id};
use crate::execute;
use crate::reference::Reference;
use crate::schema::company_names;
use diesel::prelude::*;

/// A name of a company as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = company_names, treat_none_as_default_value = false)]
struct KnownName {
    company_id: Id,
    /// As it was written.
    name: String,
    /// Its core; `None` while the program has not split it yet.
    name_core: Option<String>,
    /// The codes of the region in front of it, apart by commas; empty when there is none.
    name_region: Option<String>,
}

impl KnownName {
    fn new(company: &Id, name: &str, split: &CompanyName) -> Self {
        KnownName {
            company_id: company.clone(),
            name: name.to_owned(),
            name_core: Some(split.core.clone()),
            name_region: Some(split.region_codes()),
        }
    }
}

/// Keeps the first name of a company.
pub fn keep_first(conn: &mut AnyConn, company: &Id, name: &str, split: &CompanyName) -> QueryResult<()> {
    let known = KnownName::new(company, name, split);
    execute!(conn, diesel::insert_into(company_names::table).values(&known)).map(drop)
}

/// Keeps a name under which a company was reported; once is enough.
pub fn keep(conn: &mut AnyConn, company: &Id, name: &str, split: &CompanyName) -> QueryResult<()> {
    let known = KnownName::new(company, name, split);
    Both(diesel::insert_into(company_names::table).values(known).on_conflict_do_nothing())
        .execute(conn)
        .map(drop)
}

/// (company, name) of every name that these companies were reported under.
pub fn of(conn: &mut AnyConn, companies: &[Id]) -> QueryResult<Vec<(Id, String)>> {
    company_names::table
        .filter(company_names::company_id.eq_any(companies.to_vec()))
        .order((company_names::company_id.asc(), company_names::name.asc()))
        .select((company_names::company_id, company_names::name))
        .load(conn)
}

/// (company, core) of names whose core begins with this text: for names typed short.
pub fn with_core_like(conn: &mut AnyConn, core: &str, limit: i64) -> QueryResult<Vec<(Id, String)>> {
    let rows = company_names::table
        .filter(company_names::name_core.ge(core))
        .filter(company_names::name_core.lt(format!("{core}\u{10FFFF}")))
        .order((company_names::name_core.asc(), company_names::company_id.asc()))
        .limit(limit)
        .select((company_names::company_id, company_names::name_core))
        .load::<(Id, Option<String>)>(conn)?;
    Ok(rows.into_iter().filter_map(|(company, core)| Some((company, core?))).collect())
}

/// Whether a migration brought names that are not split yet.
pub fn are_new(conn: &mut AnyConn) -> QueryResult<bool> {
    let unsplit = company_names::table.filter(company_names::name_core.is_null());
    diesel::select(diesel::dsl::exists(unsplit.select(company_names::name))).get_result(conn)
}

/// Splits the names that a migration brought, which knows no places; how many they were.
pub fn split_new(conn: &mut AnyConn, reference: &Reference) -> QueryResult<usize> {
    let unsplit: Vec<KnownName> = company_names::table
        .filter(company_names::name_core.is_null())
        .select(KnownName::as_select())
        .load(conn)?;
    for known in &unsplit {
        let split = CompanyName::split(&known.name, reference);
        diesel::update(company_names::table.find((&known.company_id, &known.name)))
            .set((
                company_names::name_core.eq(&split.core),
                company_names::name_region.eq(split.region_codes()),
            ))
            .execute(conn)?;
    }
    Ok(unsplit.len())
}
