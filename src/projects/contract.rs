//! A project's contract: signing it opens the pool, its annual plan is what awards are computed from.

use crate::accounts::Actor;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id, Json};
use crate::error::{AppError, FieldErrors};
use crate::fields::{amount, line};
use crate::milestones;
use crate::milestones::model::{Milestone, MilestoneKind, MilestoneState};
use crate::projects::editing::save;
use crate::projects::model::Project;
use crate::projects::queries::{self, Contract, ContractKind, ContractYear, Funding, Supplement};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A contract as `PUT /api/v1/projects/{id}/contract` takes it. Amounts in fen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = ContractEntry)]
pub struct ContractBody {
    /// A formal contract, unless it is said to be a framework agreement.
    pub kind: Option<ContractKind>,
    /// Never later than today.
    pub signed_on: Option<NaiveDate>,
    pub parties: Vec<String>,
    /// Whole fen.
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub total_investment_fen: Option<i64>,
    /// Whole fen, not above the total.
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub fixed_investment_fen: Option<i64>,
    /// Whole fen.
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub land_premium_fen: Option<i64>,
    /// The annual plan: years 1, 2, 3 … in order, at most 50, together not above the contract's fixed assets.
    pub years: Vec<YearBody>,
    /// Where the money comes from.
    pub funding: Vec<FundingBody>,
}

/// One contract year of the annual plan (分年度计划). Amounts in fen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContractYearEntry)]
pub struct YearBody {
    /// Year 1 begins with the signing.
    pub year: i64,
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub fixed_investment_fen: i64,
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub land_premium_fen: i64,
    /// What was really invested; null while nobody entered it. Awards are computed from what is agreed.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub actual_fixed_investment_fen: Option<i64>,
}

/// A part of the money, as it is entered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FundingEntry)]
pub struct FundingBody {
    #[schema(max_length = 200)]
    pub source: String,
    /// Whole fen.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 1000000000000000i64)]
    pub amount_fen: Option<i64>,
}

/// The most contract years a plan has.
const MOST_YEARS: usize = 50;

/// Puts the contract in place of what was there; the milestone of the contract follows its day, and what the project
/// did not know of its amounts is the contract's.
///
/// # Errors
/// 422 by field: no day or one in the future, no total, years that are not 1, 2, 3 …, a plan above the contract.
pub fn put(
    conn: &mut AnyConn,
    actor: &Actor,
    mut project: Project,
    body: ContractBody,
) -> Result<Project, AppError> {
    let now = clock::now();
    let before = queries::contract_of(conn, &project.id)?.map(|(contract, years, _)| (contract, years));
    let (contract, years) = checked(&project.id, body)?;
    queries::put_contract(conn, contract.clone(), &years)?;
    follow(conn, actor, &contract)?;
    project.total_investment_fen = project.total_investment_fen.or(Some(contract.total_investment_fen));
    project.fixed_investment_fen = project.fixed_investment_fen.or(contract.fixed_investment_fen);
    let view = |(contract, years): &(Contract, Vec<ContractYear>)| as_body(contract, years);
    let before = before.as_ref().map(view).unwrap_or_default();
    let differences =
        Differences::between(&before, &view(&(Contract { updated_at: now, ..contract }, years)));
    save(conn, actor, project, "project.contract", differences, None)
}

/// Adds a supplementary agreement (补充协议).
pub fn supplement(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    signed_on: NaiveDate,
    content: String,
) -> Result<Project, AppError> {
    let mut errors = FieldErrors::default();
    let content = crate::fields::text(&mut errors, "content", Some(content));
    if content.is_none() {
        errors.add("content", "required");
    }
    check_signed(&mut errors, signed_on);
    errors.into_result()?;
    if queries::contract_of(conn, &project.id)?.is_none() {
        return Err(AppError::Conflict("no-contract"));
    }
    let content = content.unwrap_or_default();
    let differences = Differences::default().set("signed_on", &signed_on).set("content", &content);
    let supplement = Supplement {
        id: Id::generate(),
        project_id: project.id.clone(),
        signed_on,
        content,
        by_user: actor.user_id.clone(),
        at: clock::now(),
    };
    queries::insert_supplement(conn, supplement)?;
    save(conn, actor, project, "project.supplement", differences, None)
}

/// A contract as it would be stored.
pub fn checked(project: &Id, body: ContractBody) -> Result<(Contract, Vec<ContractYear>), AppError> {
    let mut errors = FieldErrors::default();
    let today = clock::today();
    match body.signed_on {
        None => errors.add("signed_on", "required"),
        Some(day) => check_signed(&mut errors, day),
    }
    if body.total_investment_fen.is_none() {
        errors.add("total_investment_fen", "required");
    }
    let total = amount(&mut errors, "total_investment_fen", body.total_investment_fen).unwrap_or_default();
    let fixed = amount(&mut errors, "fixed_investment_fen", body.fixed_investment_fen);
    let land = amount(&mut errors, "land_premium_fen", body.land_premium_fen);
    if fixed.is_some_and(|fixed| fixed > total) {
        errors.add("fixed_investment_fen", "fixed-above-total");
    }
    // A plan of fixed assets is held against the total where the contract does not name them apart.
    let years = checked_years(&mut errors, project, body.years, fixed.unwrap_or(total), land);
    let parties = body.parties.into_iter().filter_map(|party| line(&mut errors, "parties", Some(party)));
    let parties = Json(parties.collect());
    let mut funding = Vec::new();
    for part in body.funding {
        amount(&mut errors, "funding", part.amount_fen);
        match line(&mut errors, "funding", Some(part.source)) {
            Some(source) => funding.push(Funding { source, amount_fen: part.amount_fen }),
            None if part.amount_fen.is_some() => errors.add("funding", "required"),
            None => {}
        }
    }
    errors.into_result()?;
    let contract = Contract {
        project_id: project.clone(),
        kind: body.kind.unwrap_or(ContractKind::Formal),
        signed_on: body.signed_on.unwrap_or(today),
        parties,
        total_investment_fen: total,
        fixed_investment_fen: fixed,
        land_premium_fen: land,
        funding: Json(funding),
        updated_at: clock::now(),
    };
    Ok((contract, years))
}

/// A paper is signed today or earlier.
pub fn check_signed(errors: &mut FieldErrors, day: NaiveDate) {
    errors.check_day("signed_on", Some(day));
    if day > clock::today() && clock::is_credible(day) {
        errors.add("signed_on", "date-in-future");
    }
}

fn checked_years(
    errors: &mut FieldErrors,
    project: &Id,
    years: Vec<YearBody>,
    fixed: i64,
    land: Option<i64>,
) -> Vec<ContractYear> {
    let in_order = years.iter().zip(1..).all(|(year, wanted)| year.year == wanted);
    if !in_order || years.len() > MOST_YEARS {
        errors.add("years", "years-in-order");
    }
    let (mut sum, mut premiums) = (0_i64, 0_i64);
    for year in &years {
        amount(errors, "years", Some(year.fixed_investment_fen));
        amount(errors, "years", Some(year.land_premium_fen));
        amount(errors, "years", year.actual_fixed_investment_fen);
        sum = sum.saturating_add(year.fixed_investment_fen);
        premiums = premiums.saturating_add(year.land_premium_fen);
    }
    if sum > fixed {
        errors.add("years", "years-above-contract");
    }
    if land.is_some_and(|land| premiums > land) {
        errors.add("years", "premiums-above-contract");
    }
    let row = |year: YearBody| ContractYear {
        project_id: project.clone(),
        year: year.year,
        fixed_investment_fen: year.fixed_investment_fen,
        land_premium_fen: year.land_premium_fen,
        actual_fixed_investment_fen: year.actual_fixed_investment_fen,
    };
    years.into_iter().map(row).collect()
}

/// The milestone of the contract is the day of a formal one: nobody types it twice. A framework agreement reaches it not.
pub fn follow(conn: &mut AnyConn, actor: &Actor, contract: &Contract) -> Result<(), AppError> {
    let now = clock::now();
    let before = milestones::queries::of_kind(conn, &contract.project_id, MilestoneKind::Contract, now)?;
    let actual_on = milestone_day(contract);
    if before.actual_on == actual_on {
        return Ok(());
    }
    let is_reached = actual_on.is_some();
    let milestone = Milestone {
        actual_on,
        state: if is_reached { MilestoneState::Reported } else { MilestoneState::Planned },
        entered_by: if is_reached { before.entered_by_also(&actor.user_id) } else { Json(Vec::new()) },
        reported_by: is_reached.then(|| actor.user_id.clone()),
        reported_at: is_reached.then_some(now),
        verified_by: None,
        verified_at: None,
        refusal_reason: None,
        updated_at: now,
        ..before
    };
    Ok(milestones::queries::put(conn, &milestone)?)
}

/// The day on which a contract reaches its milestone; none for a framework agreement, which is no contract.
fn milestone_day(contract: &Contract) -> Option<NaiveDate> {
    (contract.kind == ContractKind::Formal).then_some(contract.signed_on)
}

/// The day of the contract's milestone is the contract's own, once there is one.
///
/// # Errors
/// 422 at `actual_on` for another day.
pub fn check_milestone(
    conn: &mut AnyConn,
    project: &Project,
    actual_on: Option<NaiveDate>,
) -> Result<(), AppError> {
    let Some((contract, ..)) = queries::contract_of(conn, &project.id)? else { return Ok(()) };
    let wanted = milestone_day(&contract);
    if actual_on == wanted {
        return Ok(());
    }
    let mut errors = FieldErrors::default();
    match wanted {
        Some(day) => errors.add_with("actual_on", "other-than-contract", vec![("day", day.to_string())]),
        None => errors.add("actual_on", "framework-is-no-contract"),
    }
    errors.into_result()
}

/// A contract as the body that would give it.
pub fn as_body(contract: &Contract, years: &[ContractYear]) -> ContractBody {
    ContractBody {
        kind: Some(contract.kind),
        signed_on: Some(contract.signed_on),
        parties: contract.parties.0.clone(),
        total_investment_fen: Some(contract.total_investment_fen),
        fixed_investment_fen: contract.fixed_investment_fen,
        land_premium_fen: contract.land_premium_fen,
        years: years
            .iter()
            .map(|year| YearBody {
                year: year.year,
                fixed_investment_fen: year.fixed_investment_fen,
                land_premium_fen: year.land_premium_fen,
                actual_fixed_investment_fen: year.actual_fixed_investment_fen,
            })
            .collect(),
        funding: contract.funding.0.iter().cloned().map(FundingBody::from).collect(),
    }
}

impl From<Funding> for FundingBody {
    fn from(part: Funding) -> Self {
        FundingBody { source: part.source, amount_fen: part.amount_fen }
    }
}
