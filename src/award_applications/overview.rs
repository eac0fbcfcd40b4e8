//! What applications come to together: liability, payments and recoveries by year, county, rule, treasury and state.
//!
//! Liability is what was submitted and neither paid nor turned down; a returned application is none until it is
//! submitted again. Of it, what a rule under review or suspended keeps from being paid stands apart.

use super::model::{ApplicationStatus, FundingLevel};
use super::queries::{Filter, Sum, Treasury, sums, sums_of_level};
use super::standing::Standing;
use crate::accounts::Actor;
use crate::app::App;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::policies::awards::{AwardRule, Compliance, Payer};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The applications of the reader's scope, added up.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardOverview)]
pub struct Overview {
    /// Null: of all years.
    pub year: Option<i32>,
    pub total: Figures,
    /// By the year in which they were drafted, the latest first, whatever year was asked for.
    pub by_year: Vec<YearFigures>,
    /// In the bureau's order.
    pub by_county: Vec<CountyFigures>,
    /// Rules that have any.
    pub by_rule: Vec<RuleFigures>,
    /// By who bears it; what is not split yet by who pays by the plan.
    pub by_treasury: Vec<TreasuryFigures>,
    /// From the submission on, in the order of their way.
    pub by_status: Vec<StatusFigure>,
    /// Rules that keep liability from being paid today.
    pub not_payable: Vec<NotPayable>,
}

/// How many, and what they come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AwardFigure)]
pub struct Figure {
    pub count: i64,
    /// In fen.
    pub amount_fen: i64,
}

/// The figures of one group.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AwardFigures)]
pub struct Figures {
    /// Submitted, and neither paid nor turned down.
    pub liability: Figure,
    /// Of the liability: approved, and to be paid.
    pub approved: Figure,
    /// Of the liability: what its rule keeps from being paid today.
    pub not_payable: Figure,
    pub paid: Figure,
    pub recovered: Figure,
}

/// A year's figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardYearFigures)]
pub struct YearFigures {
    pub year: i32,
    #[serde(flatten)]
    pub figures: Figures,
}

/// A county's figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardCountyFigures)]
pub struct CountyFigures {
    pub county: String,
    #[serde(flatten)]
    pub figures: Figures,
}

/// A rule's figures.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardRuleFigures)]
pub struct RuleFigures {
    pub rule: AwardRule,
    #[serde(flatten)]
    pub figures: Figures,
}

/// What a treasury bears. An application that several bear is counted at each, with its part.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardTreasuryFigures)]
pub struct TreasuryFigures {
    pub treasury: Treasury,
    /// Of what is not split: who pays by the plan.
    pub payer: Option<Payer>,
    pub liability: Figure,
    pub approved: Figure,
    pub paid: Figure,
    pub recovered: Figure,
}

/// How much is in a state.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardStatusFigure)]
pub struct StatusFigure {
    pub status: ApplicationStatus,
    #[serde(flatten)]
    pub figure: Figure,
}

/// A rule that keeps liability from being paid.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardNotPayable)]
pub struct NotPayable {
    pub rule: AwardRule,
    /// Null where the version's file says nothing of today.
    pub status: Option<Compliance>,
    pub basis: Option<String>,
    #[serde(flatten)]
    pub figure: Figure,
}

/// States of which the overview tells.
const TOLD: &[ApplicationStatus] = &[
    ApplicationStatus::Submitted,
    ApplicationStatus::CountyReviewed,
    ApplicationStatus::BureauReviewed,
    ApplicationStatus::FinanceReviewed,
    ApplicationStatus::InNotice,
    ApplicationStatus::Objected,
    ApplicationStatus::Approved,
    ApplicationStatus::Paid,
    ApplicationStatus::Archived,
    ApplicationStatus::Recovered,
];

/// The overview of the actor's scope; one statement a grouping.
pub fn of(conn: &mut AnyConn, app: &App, actor: &Actor, year: Option<i32>) -> Result<Overview, AppError> {
    let standing = Standing::on(&*app.policies.now(conn)?, clock::today());
    let filter = Filter { statuses: TOLD.to_vec(), ..Filter::default() };
    let all = sums(conn, actor, &filter)?;
    let stuck = Filter {
        statuses: ApplicationStatus::LIABLE.to_vec(),
        payable: Some(standing.payable(false)),
        ..Filter::default()
    };
    let stuck = sums(conn, actor, &stuck)?;
    let unsplit = Filter { treasury: Some(Treasury::Unsplit), ..filter };
    let unsplit = sums(conn, actor, &unsplit)?;
    let mut levels = Vec::new();
    for level in FundingLevel::ALL {
        levels.push((*level, of_year(sums_of_level(conn, actor, *level)?, year)));
    }

    let by_year = grouped(&all, &stuck, |sum| sum.year.parse::<i32>().unwrap_or_default());
    let (all, stuck, unsplit) = (of_year(all, year), of_year(stuck, year), of_year(unsplit, year));
    let mut by_county = grouped(&all, &stuck, |sum| sum.county.clone());
    let counties = app.reference.counties().iter().map(|county| county.code.clone());
    let by_rule = grouped(&all, &stuck, |sum| sum.rule);
    Ok(Overview {
        year,
        total: grouped(&all, &stuck, |_| ()).remove(&()).unwrap_or_default(),
        by_year: by_year.into_iter().rev().map(|(year, figures)| YearFigures { year, figures }).collect(),
        by_county: counties
            .map(|county| CountyFigures { figures: by_county.remove(&county).unwrap_or_default(), county })
            .collect(),
        by_rule: by_rule.into_iter().map(|(rule, figures)| RuleFigures { rule, figures }).collect(),
        by_treasury: by_treasury(&levels, &unsplit, &standing),
        by_status: TOLD
            .iter()
            .map(|status| StatusFigure { status: *status, figure: of_status(&all, *status) })
            .collect(),
        not_payable: not_payable(&stuck, &standing),
    })
}

fn of_year(sums: Vec<Sum>, year: Option<i32>) -> Vec<Sum> {
    let Some(year) = year.map(|year| year.to_string()) else { return sums };
    sums.into_iter().filter(|sum| sum.year == year).collect()
}

impl Figure {
    fn add(&mut self, sum: &Sum) {
        self.count += sum.count;
        self.amount_fen = self.amount_fen.saturating_add(sum.amount_fen);
    }
}

impl Figures {
    fn add(&mut self, sum: &Sum) {
        if ApplicationStatus::LIABLE.contains(&sum.status) {
            self.liability.add(sum);
        }
        match sum.status {
            ApplicationStatus::Approved => self.approved.add(sum),
            ApplicationStatus::Recovered => self.recovered.add(sum),
            status if ApplicationStatus::PAID.contains(&status) => self.paid.add(sum),
            _ => {}
        }
    }
}

/// The figures of each group, in the order of its key. `stuck`: what of the liability cannot be paid.
fn grouped<K: Ord>(all: &[Sum], stuck: &[Sum], key: impl Fn(&Sum) -> K) -> BTreeMap<K, Figures> {
    let mut groups: BTreeMap<K, Figures> = BTreeMap::new();
    for sum in all {
        groups.entry(key(sum)).or_default().add(sum);
    }
    for sum in stuck {
        groups.entry(key(sum)).or_default().not_payable.add(sum);
    }
    groups
}

fn of_status(all: &[Sum], status: ApplicationStatus) -> Figure {
    let mut figure = Figure::default();
    all.iter().filter(|sum| sum.status == status).for_each(|sum| figure.add(sum));
    figure
}

/// Levels that bear anything, and payers of what is not split.
fn by_treasury(
    levels: &[(FundingLevel, Vec<Sum>)],
    unsplit: &[Sum],
    standing: &Standing,
) -> Vec<TreasuryFigures> {
    let row = |treasury, payer, figures: Figures| TreasuryFigures {
        treasury,
        payer,
        liability: figures.liability,
        approved: figures.approved,
        paid: figures.paid,
        recovered: figures.recovered,
    };
    let of_level = |(level, sums): &(FundingLevel, Vec<Sum>)| {
        let figures = grouped(sums, &[], |_| ()).remove(&())?;
        Some(row(Treasury::of(*level), None, figures))
    };
    let by_payer = grouped(unsplit, &[], |sum| standing.payer(&sum.policy, sum.rule));
    let of_payers = by_payer.into_iter().map(|(payer, figures)| row(Treasury::Unsplit, Some(payer), figures));
    levels.iter().filter_map(of_level).chain(of_payers).collect()
}

fn not_payable(stuck: &[Sum], standing: &Standing) -> Vec<NotPayable> {
    let mut found: BTreeMap<(AwardRule, &str), Figure> = BTreeMap::new();
    for sum in stuck {
        found.entry((sum.rule, sum.policy.as_str())).or_default().add(sum);
    }
    let row = |((rule, policy), figure): ((AwardRule, &str), Figure)| {
        let period = standing.period(policy, rule);
        NotPayable {
            rule,
            status: period.map(|period| period.status),
            basis: period.map(|period| period.basis.clone()),
            figure,
        }
    };
    found.into_iter().map(row).collect()
}
