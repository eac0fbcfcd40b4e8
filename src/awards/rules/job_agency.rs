//! 就业创业服务补助, plan clause 三(四)3(1): an amount a worker to an agency that brought rural or unemployed workers to
//! enterprises. The rate is set by the labour bureau's own rule, within the plan's range.

use super::Facts;
use crate::awards::facts::Count;
use crate::awards::model::AwardStatus::{NotLicensedAgency, NotTargetWorker, RateOutOfRange};
use crate::awards::trace::{Judgement, Payable, Trace};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, JobAgency as Terms, fen};
use serde::{Deserialize, Serialize};
use serde_json::json;

const WORKERS: &str = "facts.workers";

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct JobAgency {
    /// 经营性人力资源服务机构等市场主体
    licensed_agency: bool,
    /// 农村劳动力和登记失业人员
    target_workers: bool,
    workers: Count,
    rate_fen: Count,
}

impl Facts for JobAgency {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.job_agency.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NotLicensedAgency, "facts.licensed_agency", self.licensed_agency, true)?;
        trace.is(NotTargetWorker, "facts.target_workers", self.target_workers, true)?;
        let (lowest, highest) = (fen(terms.lowest_rate_yuan), fen(terms.highest_rate_yuan));
        let (rate, range) = (self.rate_fen.0, json!([lowest, highest]));
        let fits = (lowest..=highest).contains(&rate);
        trace.check(RateOutOfRange, "facts.rate_fen", rate, range, fits)?;
        let award = i128::from(self.workers) * i128::from(rate);
        trace.fixed(Some(WORKERS), rate, award);
        let amount = trace.cut(WORKERS, award)?;
        Ok(Payable { amount, payouts: None })
    }
}
