//! Applications for awards of the demonstration, each at another step; two of 以企招商, so that another reading of its
//! clause has something to show.

use super::people::People;
use super::rows;
use super::sources::ById;
use crate::accounts::Actor;
use crate::app::Ground;
use crate::award_applications::editing::{self, ApplicationBody};
use crate::award_applications::model::ApplicationStatus;
use crate::award_applications::payees::PayeeBody;
use crate::award_applications::steps::{self, Known, StepBody};
use crate::db::AnyConn;
use crate::error::AppError;
use serde::Deserialize;
use serde_json::Map;

/// Who drafts them: their projects are of his county.
const CREATOR: &str = "lingshan";

#[derive(Deserialize)]
struct AwardRow {
    /// By title.
    project: String,
    rule: String,
    /// Who is paid all of it; empty: whose shares were agreed, or the enterprise.
    referrer: String,
    /// What no record knows, as JSON.
    facts: String,
    /// `who:status`, in their order.
    steps: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    people: &People,
    referrers: &ById,
    projects: &ById,
) -> Result<(), AppError> {
    let actor = |name: &str| -> Result<&Actor, AppError> {
        Ok(people.staff.get(name).ok_or_else(|| anyhow::anyhow!("the demonstration has no {name}"))?)
    };
    for row in rows::<AwardRow>("awards.csv")? {
        let wrong = || anyhow::anyhow!("seeds/demo/awards.csv: {} of {}", row.rule, row.project);
        let payee = match row.referrer.as_str() {
            "" => None,
            name => Some(referrers.get(name).ok_or_else(wrong)?.to_string()),
        };
        let facts = match row.facts.as_str() {
            "" => Map::new(),
            text => serde_json::from_str(text).map_err(|_| wrong())?,
        };
        let body = ApplicationBody {
            project_id: projects.get(&row.project).ok_or_else(wrong)?.to_string(),
            rule: row.rule.parse().map_err(|_| wrong())?,
            payees: payee.map(|referrer| {
                vec![PayeeBody { referrer_id: Some(referrer), organisation: None, share_bp: 10_000 }]
            }),
            facts,
        };
        let mut application = editing::draft(conn, ground.tools(), actor(CREATOR)?, body)?;
        for step in row.steps.split_whitespace() {
            let (name, to) = step.split_once(':').ok_or_else(wrong)?;
            let to: ApplicationStatus = to.parse().map_err(|_| wrong())?;
            let known = Known::of(conn, ground.tools(), application)?;
            let step = StepBody { to, reason: None, voucher: None };
            application = steps::take(conn, ground.tools(), actor(name)?, known, step)?;
        }
    }
    Ok(())
}
