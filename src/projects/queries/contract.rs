//! A project's contract, its annual plan, its supplementary agreements.

use crate::db::dialect::Both;
use crate::db::{AnyConn, Id, Json};
use crate::schema::{contract_years, contracts, supplements};
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

text_enum! {
    /// 协议类型: only a formal contract opens the pool and makes awards.
    pub enum ContractKind {
        Formal = "formal",
        Framework = "framework",
    }
}

/// A part of the money and where it comes from. `amount_fen` in fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Funding {
    pub source: String,
    pub amount_fen: Option<i64>,
}

/// A contract as stored; amounts in fen.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = contracts, treat_none_as_null = true)]
pub struct Contract {
    pub project_id: Id,
    pub kind: ContractKind,
    pub signed_on: NaiveDate,
    pub parties: Json<Vec<String>>,
    pub total_investment_fen: i64,
    pub fixed_investment_fen: Option<i64>,
    pub land_premium_fen: Option<i64>,
    pub funding: Json<Vec<Funding>>,
    pub updated_at: NaiveDateTime,
}

/// A contract year of the annual plan, from 1; amounts in fen.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = contract_years)]
pub struct ContractYear {
    pub project_id: Id,
    pub year: i64,
    pub fixed_investment_fen: i64,
    pub land_premium_fen: i64,
    /// What was really invested, beside what is agreed; none while nobody entered it.
    pub actual_fixed_investment_fen: Option<i64>,
}

/// A supplementary agreement (补充协议).
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = supplements)]
pub struct Supplement {
    pub id: Id,
    pub project_id: Id,
    pub signed_on: NaiveDate,
    pub content: String,
    pub by_user: Id,
    pub at: NaiveDateTime,
}

/// A contract with all that belongs to it.
pub type ContractParts = (Contract, Vec<ContractYear>, Vec<Supplement>);

pub fn contract_of(conn: &mut AnyConn, project: &Id) -> QueryResult<Option<ContractParts>> {
    let contract: Option<Contract> =
        contracts::table.find(project).select(Contract::as_select()).first(conn).optional()?;
    let Some(contract) = contract else { return Ok(None) };
    let years = contract_years::table
        .filter(contract_years::project_id.eq(project))
        .order(contract_years::year.asc())
        .select(ContractYear::as_select())
        .load(conn)?;
    let supplements = supplements::table
        .filter(supplements::project_id.eq(project))
        .order((supplements::signed_on.asc(), supplements::id.asc()))
        .select(Supplement::as_select())
        .load(conn)?;
    Ok(Some((contract, years, supplements)))
}

/// The contracts of several projects, without their annual plans.
pub fn contracts_of(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<Vec<Contract>> {
    contracts::table
        .filter(contracts::project_id.eq_any(projects.to_vec()))
        .select(Contract::as_select())
        .load(conn)
}

/// Contracts of several projects with all that belongs to them.
pub fn contract_parts_of(conn: &mut AnyConn, projects: &[Id]) -> QueryResult<HashMap<Id, ContractParts>> {
    let years: Vec<ContractYear> = contract_years::table
        .filter(contract_years::project_id.eq_any(projects.to_vec()))
        .order((contract_years::project_id.asc(), contract_years::year.asc()))
        .select(ContractYear::as_select())
        .load(conn)?;
    let supplements: Vec<Supplement> = supplements::table
        .filter(supplements::project_id.eq_any(projects.to_vec()))
        .order((supplements::signed_on.asc(), supplements::id.asc()))
        .select(Supplement::as_select())
        .load(conn)?;
    let mut parts: HashMap<Id, ContractParts> = HashMap::new();
    for contract in contracts_of(conn, projects)? {
        parts.insert(contract.project_id.clone(), (contract, Vec::new(), Vec::new()));
    }
    for year in years {
        if let Some((_, of_project, _)) = parts.get_mut(&year.project_id) {
            of_project.push(year);
        }
    }
    for supplement in supplements {
        if let Some((_, _, of_project)) = parts.get_mut(&supplement.project_id) {
            of_project.push(supplement);
        }
    }
    Ok(parts)
}

/// Puts the contract and its annual plan in place of what was there.
pub fn put_contract(conn: &mut AnyConn, contract: Contract, years: &[ContractYear]) -> QueryResult<()> {
    let project = contract.project_id.clone();
    Both(
        diesel::insert_into(contracts::table)
            .values(contract.clone())
            .on_conflict(contracts::project_id)
            .do_update()
            .set(contract),
    )
    .execute(conn)?;
    diesel::delete(contract_years::table.filter(contract_years::project_id.eq(&project))).execute(conn)?;
    for year in years {
        diesel::insert_into(contract_years::table).values(year.clone()).execute(conn)?;
    }
    Ok(())
}

pub fn insert_supplement(conn: &mut AnyConn, supplement: Supplement) -> QueryResult<()> {
    diesel::insert_into(supplements::table).values(supplement).execute(conn).map(drop)
}
