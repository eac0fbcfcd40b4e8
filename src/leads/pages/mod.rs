//! Pages of leads: one struct per template, plain data only, filled by the handlers.

mod form;
mod list;
mod moves;
mod own;
mod report;
mod show;
mod timeline;

pub use form::{ClassGroup, Conflict, ConflictField, Form, Likeness, ParkGroup};
pub use list::{List, ListChoices, ListMay, Row};
pub use moves::{
    Assignment, Closure, Deletion, Disclosure, Export, Hold, Merger, Reopening, Restoration, Resumption,
    StageChoice, StageMove,
};
pub use own::{Own, OwnCard, goes_on};
pub use report::Report;
pub use show::{Contact, Facts, FirstReport, May, Missing, NextStage, Show, Source, Standing, Step, Work};
pub use timeline::{Difference, Event, Shown, What};

use serde::Serialize;

use crate::leads::model::Stage;

/// A way to a record, by its name; where it says so, the href may be empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    pub href: String,
    pub label: String,
}

/// Which lead a page is about: what stands above every small page of it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LeadHead {
    pub id: String,
    pub code: String,
    pub title: String,
    pub investor_name: String,
    /// Code of the stage.
    pub stage: String,
    /// Code of the status.
    pub status: String,
    /// Forms send it back as `version`.
    pub version: i64,
}

/// Where a missing requirement is put right: the field in the edit form, or the page that does it.
pub fn requirement_href(lead_id: &str, requirement: &str) -> String {
    let field = match requirement {
        "officer" | "leader" => return format!("/leads/{lead_id}/assignment#f-{requirement}"),
        "follow_ups" => return format!("/leads/{lead_id}#follow-up"),
        "contract_paper" => return format!("/leads/{lead_id}#attachments"),
        "source" => "source_kind",
        "contact" => "contact_name",
        field => crate::leads::forms::page::field(field),
    };
    format!("/leads/{lead_id}/edit#f-{field}")
}

/// The track of a lead at `stage`, with the day each stage was reached; what was jumped over is `skipped`.
pub fn track(stage: Stage, reached: &[(Stage, chrono::NaiveDate)]) -> Vec<Step> {
    let step = |at: Stage| {
        let on = reached.iter().rev().find(|(reached, _)| *reached == at).map(|(_, on)| *on);
        let state = match at {
            at if at == stage => "now",
            at if at > stage => "next",
            _ if on.is_some() => "done",
            _ => "skipped",
        };
        // A stage that lies ahead again, after a move back, has no day.
        Step { code: at.as_str().to_owned(), state, on: on.filter(|_| at <= stage) }
    };
    Stage::ALL.iter().copied().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_leaves_skipped_steps_and_a_move_back_clears_days() {
        let on = chrono::NaiveDate::default();
        let states = |stage, reached: &[(Stage, chrono::NaiveDate)]| {
            track(stage, reached).iter().map(|step| step.state).collect::<Vec<_>>()
        };
        let jumped = [(Stage::New, on), (Stage::Negotiation, on)];
        assert_eq!(states(Stage::Negotiation, &jumped), ["done", "skipped", "now", "next", "next", "next"]);
        let back = track(Stage::New, &jumped);
        assert_eq!((back[2].state, back[2].on), ("next", None));
    }

    #[test]
    fn a_requirement_leads_to_where_it_is_met() {
        assert_eq!(requirement_href("1", "land_mu"), "/leads/1/edit#f-land_mu");
        assert_eq!(requirement_href("1", "leader"), "/leads/1/assignment#f-leader");
        assert_eq!(requirement_href("1", "total_investment_fen"), "/leads/1/edit#f-total_investment");
        assert_eq!(requirement_href("1", "follow_ups"), "/leads/1#follow-up");
        assert_eq!(requirement_href("1", "contract_paper"), "/leads/1#attachments");
        assert_eq!(requirement_href("1", "jobs"), "/leads/1/edit#f-jobs");
    }
}
