//! Applications for awards of the demonstration, each at another step.

use super::people::People;
use crate::accounts::Actor;
use crate::app::Ground;
use crate::award_applications::editing::{self, ApplicationBody};
use crate::award_applications::model::ApplicationStatus::{self, *};
use crate::award_applications::steps::{self, Known, StepBody};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::policies::awards::AwardRule;
use crate::schema::projects;
use diesel::prelude::*;
use serde_json::{Map, json};

/// The county whose officers work here.
const COUNTY: &str = "450721";

/// A rule, what is entered with it, and who takes it how far.
type Way = (AwardRule, &'static [(&'static str, ApplicationStatus)]);

const WAYS: &[Way] = &[
    (AwardRule::Referral, &[]),
    (AwardRule::JobAgency, &[("lingshan", Submitted)]),
    (
        AwardRule::JobAgency,
        &[
            ("lingshan", Submitted),
            ("lingshan-2", CountyReviewed),
            ("officer", BureauReviewed),
            ("finance", FinanceReviewed),
            ("officer", InNotice),
        ],
    ),
];

pub(super) fn add(conn: &mut AnyConn, ground: &Ground, people: &People) -> Result<(), AppError> {
    let ids: Vec<Id> = projects::table
        .filter(projects::county.eq(COUNTY))
        .order(projects::id.asc())
        .limit(3)
        .select(projects::id)
        .load(conn)?;
    let actor = |name: &str| -> Result<&Actor, AppError> {
        Ok(people.staff.get(name).ok_or_else(|| anyhow::anyhow!("the demonstration has no {name}"))?)
    };
    for (project, (rule, way)) in ids.iter().zip(WAYS) {
        let facts = match rule {
            AwardRule::JobAgency => json!({
                "licensed_agency": true, "target_workers": true, "workers": 46, "rate_fen": 80_000,
            }),
            _ => json!({}),
        };
        let body = ApplicationBody {
            project_id: project.to_string(),
            rule: *rule,
            payees: None,
            facts: facts.as_object().cloned().unwrap_or_else(Map::new),
        };
        let mut application = editing::draft(conn, ground.tools(), actor("lingshan")?, body)?;
        for (name, to) in *way {
            let known = Known::of(conn, ground.tools(), application)?;
            let step = StepBody { to: *to, reason: None, voucher: None };
            application = steps::take(conn, ground.tools(), actor(name)?, known, step)?;
        }
    }
    Ok(())
}
