//! The papers that the program writes of an application, from what its page knows: application form, computation
//! sheet, review form, public notice, payment list.
//!
//! `dossier` loads, each paper is a pure function of the dossier. The public notice names payee, project, rule and
//! amount, and nothing else of anybody (domain/award-facts.md); accounts stand in the payment list alone (`accounts`).

pub mod accounts;
mod application_form;
mod computation_sheet;
pub mod dossier;
mod payment_list;
mod public_notice;
mod review_form;
#[cfg(test)]
mod tests;

pub use dossier::Dossier;

use super::model::ApplicationStatus;
use super::view::ApplicationView;
use crate::papers::Paper;
pub use crate::papers::Say;
use crate::text_enum;

text_enum! {
    /// A paper of an application.
    pub enum PaperKind {
        /// 申请表
        ApplicationForm = "application_form",
        /// 奖励计算表
        ComputationSheet = "computation_sheet",
        /// 审核表
        ReviewForm = "review_form",
        /// 公示
        PublicNotice = "public_notice",
        /// 兑付清单
        PaymentList = "payment_list",
    }
}

impl PaperKind {
    /// What it is called.
    pub fn title(self, say: Say<'_>) -> String {
        say.of("award-paper", self.as_str())
    }

    /// Those that the bureau edits on are spreadsheets, too.
    pub fn has_sheet(self) -> bool {
        matches!(self, PaperKind::ComputationSheet | PaperKind::PaymentList)
    }

    /// Whether there is something to be said yet: the form and the computation from the draft on, the reviews once it
    /// is submitted, notice and payment once finance has reviewed what is frozen.
    pub fn is_ready(self, application: &ApplicationView) -> bool {
        let Some(details) = &application.details else { return false };
        let reviewed = || {
            details.history.iter().rev().find_map(|step| match step.to {
                ApplicationStatus::FinanceReviewed => Some(true),
                ApplicationStatus::Submitted => Some(false),
                _ => None,
            })
        };
        match self {
            PaperKind::ApplicationForm | PaperKind::ComputationSheet => true,
            PaperKind::ReviewForm => details.frozen,
            PaperKind::PublicNotice | PaperKind::PaymentList => details.frozen && reviewed() == Some(true),
        }
    }
}

/// The paper.
pub fn write(kind: PaperKind, dossier: &Dossier, say: Say<'_>) -> Paper {
    let parts = match kind {
        PaperKind::ApplicationForm => application_form::parts(dossier, say),
        PaperKind::ComputationSheet => computation_sheet::parts(dossier, say),
        PaperKind::ReviewForm => review_form::parts(dossier, say),
        PaperKind::PublicNotice => public_notice::parts(dossier, say),
        PaperKind::PaymentList => payment_list::parts(dossier, say),
    };
    let foot = format!("{} · {}", dossier.application.code, kind.title(say));
    Paper { title: kind.title(say), foot, lang: say.lang.code(), parts }
}
