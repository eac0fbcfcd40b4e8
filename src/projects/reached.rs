//! How far the projects that leads became have come, as the chamber that brought the lead is told: phases and no days,
//! and nothing as reached that still waits to be verified.

use crate::accounts::Actor;
use crate::db::{AnyConn, Id};
use crate::leads;
use crate::milestones;
use crate::milestones::model::{MilestoneKind, MilestoneState, Phase};
use crate::milestones::rules::counts;
use crate::projects::queries;
use diesel::QueryResult;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::HashMap;

/// How far a project has come.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
pub struct Reached {
    /// The last phase reached; the contract at the least, as no lead becomes a project without one.
    pub phase: Phase,
    /// A later phase that was reported and waits for whoever verifies.
    pub waiting: Option<Phase>,
    /// Every phase reached.
    proved: Vec<Phase>,
}

impl Reached {
    /// By the milestones that have a day and were not refused. One that figures are made of is reached once it is
    /// verified.
    pub fn of(reported: &[(MilestoneKind, MilestoneState)]) -> Self {
        let phase_of = |kind: MilestoneKind| Phase::of(Some(kind));
        let is_proved = |kind: MilestoneKind, state| state == MilestoneState::Verified || !counts(kind);
        let mut proved = vec![Phase::Contract];
        proved.extend(
            reported.iter().filter(|(kind, state)| is_proved(*kind, *state)).map(|(kind, _)| phase_of(*kind)),
        );
        let phase = proved.iter().copied().fold(Phase::Contract, Phase::max);
        let latest = reported.iter().map(|(kind, _)| phase_of(*kind)).max();
        Reached { phase, waiting: latest.filter(|latest| *latest > phase), proved }
    }

    /// The state of a phase as a track of steps says it: `done`, `now`, `next` or `skipped`.
    pub fn state(&self, phase: Phase) -> &'static str {
        match phase.cmp(&self.phase) {
            Ordering::Equal => "now",
            Ordering::Greater => "next",
            Ordering::Less if self.proved.contains(&phase) => "done",
            Ordering::Less => "skipped",
        }
    }
}

/// How far the projects of these leads have come, by the lead; of a lead with others merged into it, as
/// [`queries::find_of_lead`] finds the project. Only of projects that the actor sees.
pub fn of_leads(conn: &mut AnyConn, actor: &Actor, leads: &[Id]) -> QueryResult<HashMap<Id, Reached>> {
    if leads.is_empty() {
        return Ok(HashMap::new());
    }
    let families = leads::queries::families(conn, leads)?;
    let members: Vec<Id> = families.leads().cloned().collect();
    let projects = queries::of_leads(conn, actor, &members)?;
    let ids: Vec<Id> = projects.iter().map(|(_, project)| project.clone()).collect();
    let mut reported = milestones::queries::reported(conn, &ids)?;
    let mut found = HashMap::new();
    for (lead, project) in projects {
        let reached = Reached::of(&reported.remove(&project).unwrap_or_default());
        let stayed = families.stayed(&lead);
        // Its own project comes before that of a lead that was merged into it.
        if *stayed == lead {
            found.insert(lead, reached);
        } else {
            found.entry(stayed.clone()).or_insert(reached);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use MilestoneKind::*;
    use MilestoneState::{Reported, Verified};

    #[test]
    fn what_counts_is_reached_once_it_is_verified() {
        let reached = Reached::of(&[]);
        assert_eq!((reached.phase, reached.waiting), (Phase::Contract, None));
        let reached = Reached::of(&[(Land, Reported), (ConstructionStart, Reported)]);
        assert_eq!((reached.phase, reached.waiting), (Phase::Approvals, Some(Phase::ConstructionStart)));
        let reached = Reached::of(&[(Land, Reported), (ConstructionStart, Verified)]);
        assert_eq!((reached.phase, reached.waiting), (Phase::ConstructionStart, None));
        let states: Vec<_> = Phase::ALL.iter().skip(1).map(|phase| reached.state(*phase)).collect();
        assert_eq!(states, ["done", "skipped", "done", "now", "next", "next", "next"]);
    }
}
