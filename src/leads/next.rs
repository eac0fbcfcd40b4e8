//! What a chamber's liaison is told comes next of a lead that his chamber reported: pure, with today passed in.

use crate::leads::model::{Lead, Stage, Status};
use crate::leads::promise;
use crate::projects::reached::Reached;
use chrono::NaiveDate;
use serde::Serialize;

/// What comes next, in one sentence: the text is `next-<code>`, unless it is the project's turn.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Next {
    /// `question`, `late`, or the code of the stage or of the status.
    pub code: &'static str,
    /// How far the project has come that the lead became, when that is what there is to say: the text is
    /// `next-verify-<waiting>` or `next-project-<phase>`.
    pub project: Option<Reached>,
    /// The promised day, while the bureau has not answered.
    pub promised_on: Option<NaiveDate>,
    /// Days past that day, negative when it is ahead.
    pub due_days: Option<i64>,
}

impl Next {
    /// Where nobody works the lead, that is all there is to say; else the liaison's own turn comes before the bureau's.
    /// Once the lead is a project, the project goes on in its place.
    pub fn of(
        lead: &Lead,
        project: Option<&Reached>,
        is_asked: bool,
        promised_on: NaiveDate,
        today: NaiveDate,
    ) -> Self {
        let due_days = promise::due_days(lead.stage, lead.status, promised_on, today);
        let code = match (lead.status, lead.stage) {
            (Status::OnHold | Status::Closed | Status::Merged, _) => lead.status.as_str(),
            (Status::Active, _) if is_asked => "question",
            (Status::Active, Stage::New) if due_days.is_some_and(|days| days > 0) => "late",
            (Status::Active, stage) => stage.as_str(),
        };
        let project = project.filter(|_| lead.status == Status::Active && !is_asked).cloned();
        Next { code, project, promised_on: due_days.map(|_| promised_on), due_days }
    }
}
