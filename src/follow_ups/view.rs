//! A follow-up as the API and the timeline show it.

use crate::clock;
use crate::follow_ups::model::FollowUp;
use crate::leads::view::Person;
use serde_json::{Value, json};

/// The follow-up with who wrote it, as its list shows it.
pub fn item(follow_up: &FollowUp, by: Option<&Person>) -> Value {
    let mut item = data(follow_up);
    item["by"] = json!(by);
    item
}

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
