//! A follow-up as the API and the timeline show it.

use crate::clock;
use crate::follow_ups::model::FollowUp;
use serde_json::{Value, json};

/// The follow-up's own fields.
pub fn data(follow_up: &FollowUp) -> Value {
    json!({
        "id": follow_up.id,
        "kind": follow_up.kind,
        "at": clock::rfc3339::format(follow_up.at),
        "ours": follow_up.ours,
        "theirs": follow_up.theirs,
        "content": follow_up.content,
        "next_step": follow_up.next_step,
        "next_on": follow_up.next_on,
        "created_at": clock::rfc3339::format(follow_up.created_at),
    })
}
