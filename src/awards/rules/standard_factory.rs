//! 社会资本标准厂房, plan clause 三(二)2: half of what the tenants contribute to Qinzhou, once, to who built standard
//! factories that were let in time.

use super::Facts;
use crate::awards::facts::{Count, Day, or_null};
use crate::awards::model::AwardStatus::{
    AlreadyAwarded, NotAccepted, NotPrivateCapital, OccupancyBelowThreshold, TooLate,
};
use crate::awards::trace::{Judgement, Payable, Trace, WHOLE_BP};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, StandardFactory as Terms};
use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StandardFactory {
    private_capital: bool,
    /// 竣工验收
    accepted: bool,
    already_awarded: bool,
    total_area_m2: Count,
    occupied_area_m2: Count,
    in_use_on: Day,
    /// Null when it never was.
    #[serde(deserialize_with = "or_null")]
    threshold_reached_on: Option<Day>,
    tenants_local_contribution_fen: Count,
    tenants_incentives_fen: Count,
}

impl Facts for StandardFactory {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.standard_factory.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NotPrivateCapital, "facts.private_capital", self.private_capital, true)?;
        trace.is(NotAccepted, "facts.accepted", self.accepted, true)?;
        trace.is(AlreadyAwarded, "facts.already_awarded", self.already_awarded, false)?;
        let wanted = i128::from(self.total_area_m2) * i128::from(terms.occupancy_bp);
        let occupied = i128::from(self.occupied_area_m2) * i128::from(WHOLE_BP);
        // Of a building without area nothing is let.
        let let_enough = self.total_area_m2.0 > 0 && occupied >= wanted;
        let areas = json!([self.occupied_area_m2, self.total_area_m2]);
        let (status, fact) = (OccupancyBelowThreshold, "facts.occupied_area_m2");
        trace.check(status, fact, areas, terms.occupancy_bp, let_enough)?;
        let (reached, fact) = (self.threshold_reached_on, "facts.threshold_reached_on");
        if reached.is_none() {
            trace.check(status, fact, Value::Null, terms.occupancy_bp, false)?;
        }
        // A day that no month has becomes the month's last: 29 February, then 28 February.
        let last = self.in_use_on.0.checked_add_months(Months::new(terms.within_months));
        let last = last.unwrap_or(NaiveDate::MAX);
        let in_time = reached.is_some_and(|day| day.0 <= last);
        trace.check(TooLate, fact, json!(reached), json!(last), in_time)?;
        let fact = "facts.tenants_local_contribution_fen";
        let incentives = i128::from(self.tenants_incentives_fen);
        let base = (i128::from(self.tenants_local_contribution_fen) - incentives).max(0);
        trace.less("facts.tenants_incentives_fen", incentives, base);
        let amount = trace.rated(fact, base, terms.rate_bp, terms.cap_yuan)?;
        Ok(Payable { amount, payouts: None })
    }
}
