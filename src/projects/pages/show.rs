//! The page of a project.

use super::{Next, ProjectHead};
use crate::attachments::pages::Attachments;
use crate::attributions::pages::Part;
use crate::award_applications::card::Card as AwardCard;
use crate::employment::pages::Year as EmploymentYear;
use crate::filings::pages::Card;
use crate::leads::pages::{Difference, Link, Source, Step};
use crate::milestones::model::{MilestoneKind, MilestoneState, Phase};
use crate::policies::PolicyName;
use crate::web::templates::Page;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Serialize, Serializer};

/// `GET /projects/{id}`. What the reader's role does not see is `None` or empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Show {
    pub project: ProjectHead,
    /// Code of the latest milestone.
    pub stage: Option<String>,
    /// Only name and stage are his.
    pub own: bool,
    pub key: Option<String>,
    pub key_reason: Option<String>,
    pub work: Option<Work>,
    /// Phases, made by [`track`].
    pub track: Vec<Step>,
    pub pool: Option<Pool>,
    /// What it lacks to enter the pool, for those who may enter it; and what keeps it from counting.
    pub pool_state: PoolState,
    pub milestones: Vec<MilestoneRow>,
    pub contract: Option<ContractFacts>,
    /// Referrers' filings; none for a role that does not know them.
    pub filings: Option<Card>,
    pub attachments: Option<Attachments>,
    pub facts: Option<Facts>,
    pub enclave: Option<Enclave>,
    /// The latest year first.
    pub employment: Vec<EmploymentYear>,
    /// What each award of the plan would give; none for roles that know no applications.
    pub awards: Option<AwardCard>,
    pub source: Option<Source>,
    /// Which chambers have the credit.
    pub attribution: Vec<Part>,
    pub lead: Option<Link>,
    /// Columns of a ledger that matched nothing, as (header, value).
    pub extra: Vec<(String, String)>,
    /// The latest first.
    pub leaders: Vec<Leader>,
    /// Stays in the pool before this one, the earliest first.
    pub stays: Vec<Pool>,
    /// The first phase, where this is a later one.
    pub phase_of: Option<Link>,
    pub timeline: Vec<Event>,
    /// Href of older items, empty when these are all.
    pub older: String,
    pub may: May,
}

impl Page for Show {
    const TEMPLATE: &'static str = "projects/show.html";
}

/// Who, how much, where, what next.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Work {
    pub total_investment_fen: Option<i64>,
    /// By name.
    pub county: String,
    pub park: Option<String>,
    pub leader: Option<String>,
    pub leader_is_no_user: bool,
    pub officer: Option<String>,
    pub officer_is_no_user: bool,
    pub unit: Option<String>,
    pub next: Option<Next>,
    pub next_step: Option<String>,
}

/// Since when it is in the pool, or when and why it left.
#[derive(Clone, Debug, Serialize)]
pub struct Pool {
    pub entered_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// What the pool asks for.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PoolState {
    /// The version whose criteria these are.
    pub policy: Option<PolicyName>,
    pub missing: Vec<Missing>,
    /// Codes of `projects::rules::Warning`.
    pub warnings: Vec<String>,
}

impl PoolState {
    /// To who may enter it, each thing is said once: as what it lacks.
    pub fn before_entry(mut self) -> Self {
        let lacks =
            |warning: &String| self.missing.iter().any(|missing| missing.code.replace('-', "_") == *warning);
        self.warnings.retain(|warning| !lacks(warning));
        self
    }
}

/// Something that keeps it out: the message is `fault-<code>`.
#[derive(Clone, Debug, Serialize)]
pub struct Missing {
    pub code: String,
    /// Where it is put right.
    pub href: String,
}

/// A milestone of the page's table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MilestoneRow {
    /// Codes.
    pub kind: String,
    pub state: String,
    pub planned_on: Option<NaiveDate>,
    pub actual_on: Option<NaiveDate>,
    /// Days past the planned day while it is not reached; `None` when it is.
    pub days: Option<i64>,
    /// Papers under it.
    pub papers: usize,
    /// It needs evidence, and what is not verified does not count.
    pub counts: bool,
    pub refusal_reason: Option<String>,
    pub may_enter: bool,
    pub may_verify: bool,
}

/// The contract with its annual plan.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContractFacts {
    pub kind: String,
    pub signed_on: NaiveDate,
    pub parties: Vec<String>,
    pub total_investment_fen: i64,
    pub fixed_investment_fen: Option<i64>,
    pub land_premium_fen: Option<i64>,
    pub years: Vec<Year>,
    /// (source, fen)
    pub funding: Vec<(String, Option<i64>)>,
    /// (signed on, content)
    pub supplements: Vec<(NaiveDate, String)>,
}

/// A year of the plan, in fen.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    pub year: i64,
    pub fixed_investment_fen: i64,
    pub land_premium_fen: i64,
    /// Really invested.
    pub actual_fen: Option<i64>,
}

/// What is known of the investment.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facts {
    /// By name, and the class as `2452 塑胶玩具制造`.
    pub industry: Option<String>,
    pub industry_class: Option<String>,
    pub supporting_finding: Option<String>,
    pub supporting_project: bool,
    pub project_company: Option<String>,
    pub uscc: Option<String>,
    pub origin: Option<String>,
    pub content: Option<String>,
    pub fixed_investment_fen: Option<i64>,
    #[serde(serialize_with = "figure")]
    pub land_mu: Option<f64>,
    #[serde(serialize_with = "figure")]
    pub factory_m2: Option<f64>,
    pub jobs: Option<i64>,
    pub filing_code: Option<String>,
    pub progress: Option<String>,
    pub problems: Option<String>,
    pub coordination: Option<String>,
    pub remark: Option<String>,
}

/// An enclave project: for which county, on whose land, whose statistics.
#[derive(Clone, Debug, Serialize)]
pub struct Enclave {
    /// By name.
    pub county: String,
    pub registered_in: String,
    /// The company's registration; `None` before it.
    pub registered_on: Option<NaiveDate>,
    pub land_use: Option<String>,
    pub recommended_on: Option<NaiveDate>,
    /// Code of what follows from it.
    pub case: Option<String>,
    pub statistics_county: String,
}

/// Who led it since when.
#[derive(Clone, Debug, Serialize)]
pub struct Leader {
    /// `None`: nobody.
    pub name: Option<String>,
    /// UTC
    pub at: NaiveDateTime,
    pub by: Option<String>,
    pub reason: Option<String>,
}

/// An entry of the trail; its title is `act-<action>`.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    pub action: String,
    /// UTC
    pub at: NaiveDateTime,
    pub by: String,
    pub reason: Option<String>,
    pub changes: Vec<Difference>,
}

/// What the reader may do now.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct May {
    pub edit: bool,
    pub enter_pool: bool,
    pub withdraw: bool,
    pub supplement: bool,
    pub delete: bool,
}

/// The phases as steps: reached by the latest milestone, skipped where none of theirs has a day.
pub fn track(reached: &[(MilestoneKind, MilestoneState, Option<NaiveDate>)]) -> Vec<Step> {
    let made = |phase: Phase| {
        let of_phase = reached.iter().filter(move |(kind, ..)| phase.kinds().contains(kind));
        let days = of_phase.filter(|(_, state, _)| *state != MilestoneState::Refused);
        days.filter_map(|(.., on)| *on).max()
    };
    let phases = Phase::ALL.iter().copied().filter(|phase| *phase != Phase::Unsigned);
    let now = phases.clone().rfind(|phase| made(*phase).is_some());
    let step = |phase: Phase| {
        let on = made(phase);
        let state = match now {
            Some(now) if now == phase => "now",
            Some(now) if phase < now && on.is_some() => "done",
            Some(now) if phase < now => "skipped",
            _ => "next",
        };
        Step { code: phase.to_string(), state, on }
    };
    phases.map(step).collect()
}

/// A measure as people write it: without a needless `.0`.
fn figure<S: Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    match value {
        None => to.serialize_none(),
        Some(value) => to.serialize_str(&value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use MilestoneKind::*;

    #[test]
    fn the_track_shows_the_last_phase_reached_and_what_was_jumped_over() {
        let on = Some(NaiveDate::default());
        let states = |reached: &[(MilestoneKind, MilestoneState, Option<NaiveDate>)]| {
            track(reached).iter().map(|step| step.state).collect::<Vec<_>>()
        };
        let reported = MilestoneState::Reported;
        let known = [
            (Contract, reported, on),
            (Filing, reported, on),
            (ConstructionStart, MilestoneState::Planned, None),
        ];
        assert_eq!(states(&known), ["done", "skipped", "now", "next", "next", "next", "next"]);
        let refused = [(Contract, reported, on), (ConstructionStart, MilestoneState::Refused, on)];
        assert_eq!(states(&refused)[0], "now");
        assert_eq!(states(&[])[0], "next");
    }
}
