//! A follow-up as the API and the timeline show it.

use crate::clock;
use crate::db::Id;
use crate::follow_ups::model::{FollowUp, FollowUpKind};
use crate::leads::view::Person;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use utoipa::ToSchema;

/// A follow-up's own fields.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FollowUpFields)]
pub struct FollowUpView {
    pub id: Id,
    pub kind: FollowUpKind,
    /// When it took place.
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// People on our side.
    pub ours: Option<String>,
    /// People on the investor's side.
    pub theirs: Option<String>,
    pub content: String,
    pub next_step: Option<String>,
    pub next_on: Option<NaiveDate>,
    #[serde(with = "clock::rfc3339")]
    pub created_at: NaiveDateTime,
}

/// One time that one was in touch, with who wrote it down.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = FollowUp)]
pub struct WrittenView {
    #[serde(flatten)]
    pub follow_up: FollowUpView,
    pub by: Option<Person>,
}

impl FollowUpView {
    /// With who wrote it.
    pub fn by(self, by: Option<&Person>) -> WrittenView {
        WrittenView { follow_up: self, by: by.cloned() }
    }
}

impl From<&FollowUp> for FollowUpView {
    fn from(follow_up: &FollowUp) -> Self {
        FollowUpView {
            id: follow_up.id.clone(),
            kind: follow_up.kind,
            at: follow_up.at,
            ours: follow_up.ours.clone(),
            theirs: follow_up.theirs.clone(),
            content: follow_up.content.clone(),
            next_step: follow_up.next_step.clone(),
            next_on: follow_up.next_on,
            created_at: follow_up.created_at,
        }
    }
}
