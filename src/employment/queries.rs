//! All SQL of employment. It exists for whoever sees its project, which is looked up first.

use crate::db::{AnyConn, Id};
use crate::schema::employment_years;
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

/// A project's calendar year as stored.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = employment_years)]
pub struct EmploymentYear {
    pub project_id: Id,
    pub year: i64,
    /// People newly employed in the year.
    pub new_jobs: i64,
    /// 规上
    pub above_scale: bool,
    /// Who entered it last.
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// The years of several projects, the latest first.
pub fn of_projects(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, Vec<EmploymentYear>>> {
    let rows = employment_years::table
        .filter(employment_years::project_id.eq_any(projects.to_vec()))
        .order((employment_years::project_id.asc(), employment_years::year.desc()))
        .select(EmploymentYear::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Vec<EmploymentYear>> = HashMap::new();
    for row in rows {
        found.entry(row.project_id.clone()).or_default().push(row);
    }
    Ok(found)
}

/// The years of one project, the latest first.
pub fn of_project(conn: &mut AnyConn, project: &Id) -> QueryResult<Vec<EmploymentYear>> {
    Ok(of_projects(conn, std::slice::from_ref(project))?.remove(project).unwrap_or_default())
}

/// Puts a year in place of what was there.
pub fn put(conn: &mut AnyConn, row: &EmploymentYear) -> QueryResult<()> {
    let known = employment_years::table
        .filter(employment_years::project_id.eq(&row.project_id))
        .filter(employment_years::year.eq(row.year));
    if diesel::update(known).set(row.clone()).execute(conn)? == 0 {
        diesel::insert_into(employment_years::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}
