//! What somebody should look at in a line that is taken: what it says that cannot hold, and what the pool finds wanting.

use super::made::header_of;
use super::{Line, Warning};
use crate::app::Tools;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::milestones::model::MilestoneKind;
use crate::projects::editing::criteria;
use crate::projects::model::Project;
use crate::projects::rules::is_covered;
use crate::reference::ProjectColumn;

/// Of a project in the pool: a leader who is no user, and what keeps it from counting. The day of a signing that is not
/// the contract's is not taken.
pub(super) fn doubts(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    project: &Project,
    said: &Line,
) -> Result<Vec<Warning>, AppError> {
    let at = |code, column, word: Option<String>| Warning {
        code,
        column: header_of(tools.reference, column),
        word: word.unwrap_or_default(),
    };
    let mut doubts = Vec::new();
    let of_contract = said.contract.as_ref().and_then(|contract| contract.signed_on);
    let signed = said.milestones.get(&MilestoneKind::Contract).and_then(|days| days.actual_on);
    if let (Some(of_contract), Some(signed)) = (of_contract, signed)
        && of_contract != signed
    {
        let column = ProjectColumn::Actual(MilestoneKind::Contract);
        doubts.push(at("other_than_contract", column, Some(signed.to_string())));
    }
    if project.is_in_pool() {
        let criteria = criteria(conn, tools)?;
        if project.leader_id.is_none() {
            doubts.push(at("leader_is_no_user", ProjectColumn::Leader, project.leader_name.clone()));
        }
        if project.key_basis.is_none() {
            let total = project.total_investment_fen.map(super::plan::wan);
            doubts.push(at("not_key", ProjectColumn::TotalInvestment, total));
        }
        if !is_covered(project, &criteria) {
            let industry = tools.reference.industry_name(&project.industry, "zh-CN").to_owned();
            doubts.push(at("not_covered_industry", ProjectColumn::Industry, Some(industry)));
        }
    }
    Ok(doubts)
}
