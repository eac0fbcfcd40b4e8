//! 就业帮扶车间, plan clause 三(四)3(2): the social insurance paid for workers out of poverty, cut for each, and an amount
//! a worker a year.

use super::Facts;
use crate::awards::facts::{Count, Object};
use crate::awards::model::AwardStatus::NotEligible;
use crate::awards::trace::{Judgement, Payable, Trace};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, PovertyReliefWorkshop as Terms, fen};
use serde::{Deserialize, Serialize};
use serde_json::json;

const WORKERS: &str = "facts.workers";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PovertyReliefWorkshop {
    workers: Vec<Object<Worker>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Worker {
    /// 脱贫劳动力(含监测对象)
    target_group: bool,
    contract_months: Count,
    insured: bool,
    social_insurance_paid_fen: Count,
    years: Count,
}

impl Facts for PovertyReliefWorkshop {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.poverty_relief_workshop.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        let counts = |worker: &&Object<Worker>| {
            worker.target_group && worker.insured && worker.contract_months.0 >= terms.contract_months
        };
        let counted: Vec<&Worker> = self.workers.iter().filter(counts).map(|worker| &worker.0).collect();
        let numbers = json!([counted.len(), self.workers.len()]);
        trace.check(NotEligible, WORKERS, numbers, terms.contract_months, !counted.is_empty())?;
        let paid = counted.iter().map(|worker| trace.rounding.cut(worker.social_insurance_paid_fen.into()));
        let insurance: i128 = paid.sum();
        trace.base(WORKERS, insurance);
        let years: i128 = counted.iter().map(|worker| i128::from(worker.years)).sum();
        let per_year = fen(terms.per_year_yuan);
        let subsidy = years * i128::from(per_year);
        trace.fixed(Some(WORKERS), per_year, subsidy);
        let amount = trace.cut(WORKERS, insurance + subsidy)?;
        Ok(Payable { amount, payouts: None })
    }
}
