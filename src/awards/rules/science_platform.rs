//! 科创平台和成果转化, plan clause 三(四)1(1): a fixed amount for a newly approved municipal laboratory or innovation
//! centre, or for a transfer that passed the region's verification.

use super::Facts;
use crate::awards::model::AwardStatus::{
    AlreadyAwarded, NotLeadUnit, NotMunicipalLevel, NotNewlyApproved, NotOneCountyOneIndustry, NotVerified,
};
use crate::awards::trace::{Judgement, Payable, Trace};
use crate::policies::Policy;
use crate::policies::awards::{Awards, Basis, SciencePlatform as Terms, fen};
use crate::text_enum;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What is awarded.
    pub enum PlatformKind {
        KeyLaboratory = "key_laboratory",
        InnovationCentre = "innovation_centre",
        ResultTransfer = "result_transfer",
    }
}

text_enum! {
    /// How far its approval has come.
    pub enum Approval {
        New = "new",
        Renewed = "renewed",
        /// 通过自治区重大科技成果转化绩效核验
        Verified = "verified",
        Pending = "pending",
    }
}

text_enum! {
    /// Who approved it.
    pub enum Level {
        Municipal = "municipal",
        Regional = "regional",
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SciencePlatform {
    kind: PlatformKind,
    /// Of “一县一业”.
    covered_enterprise: bool,
    approval: Approval,
    level: Level,
    lead_unit: bool,
    already_awarded: bool,
}

impl Facts for SciencePlatform {
    type Terms = Terms;

    fn terms(awards: &Awards) -> Option<(&Terms, &Basis)> {
        awards.science_platform.as_ref().map(|terms| (terms, &terms.basis))
    }

    fn judge(&self, terms: &Terms, _: &Policy, trace: &mut Trace<'_>) -> Judgement {
        trace.is(NotOneCountyOneIndustry, "facts.covered_enterprise", self.covered_enterprise, true)?;
        let (approval, fact) = (self.approval, "facts.approval");
        let is = |wanted: Approval| (approval.as_str(), wanted.as_str(), approval == wanted);
        if self.kind == PlatformKind::ResultTransfer {
            let (value, against, holds) = is(Approval::Verified);
            trace.check(NotVerified, fact, value, against, holds)?;
        } else {
            trace.is(NotLeadUnit, "facts.lead_unit", self.lead_unit, true)?;
            let (value, against, holds) = is(Approval::New);
            trace.check(NotNewlyApproved, fact, value, against, holds)?;
            let (level, wanted) = (self.level, Level::Municipal);
            let holds = level == wanted;
            trace.check(NotMunicipalLevel, "facts.level", level.as_str(), wanted.as_str(), holds)?;
        }
        trace.is(AlreadyAwarded, "facts.already_awarded", self.already_awarded, false)?;
        let amount = fen(terms.amount_yuan);
        trace.fixed(None, amount, amount.into());
        Ok(Payable { amount, payouts: None })
    }
}
