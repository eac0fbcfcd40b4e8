//! Events over the API.

use crate::api::parameter::{page, sort_by, text, texts, words};
use crate::api::{Operation, delete, get, patch, post};
use crate::events::forms::{AttendeeBody, EventBody};
use crate::events::handlers::attendees;
use crate::events::model::{EventKind, EventStatus};
use crate::events::queries::ORDER;
use crate::events::view::{AttendeeView, EventView};
use serde_json::json;

/// Every operation on events and their attendees.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<EventView>(200).versioned();
    let attendee = |operation: Operation| operation.answers::<AttendeeView>(200).versioned().fails(&[409]);
    vec![
        get("/api/v1/events", "event-list")
            .query([words::<EventKind>("kind"), words::<EventStatus>("status"), texts("county")])
            .query([text("chamber"), text("q"), sort_by(ORDER.field)])
            .query(page())
            .sample("kind=promotion&status=planned&count=true")
            .lists::<EventView>(),
        post("/api/v1/events", "event-create")
            .takes_with::<EventBody>(&["kind", "title", "place", "from_on"])
            .example(json!({
                "kind": "promotion",
                "title": "示例玩具产业推介会",
                "county": "450721",
                "place": "示例市会展中心",
                "from_on": "2026-12-10",
                "programme": "09:30 签到\n10:00 产业推介",
            }))
            .answers::<EventView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/events/{id}", "event-read")),
        one(patch("/api/v1/events/{id}", "event-update"))
            .patches::<EventBody>()
            .example(json!({ "outcome": "三家企业约定来考察", "cost_fen": 3_600_000 })),
        delete("/api/v1/events/{id}", "event-delete").needs_version().answers_nothing().fails(&[409]),
        one(post("/api/v1/events/{id}/check-in-key", "event-check-in-key")).honours_version(),
        get("/api/v1/events/{id}/attendees", "attendee-list")
            .query([text("q"), sort_by(attendees::ORDER.field)])
            .query(page())
            .sample("count=true")
            .lists::<AttendeeView>(),
        post("/api/v1/events/{id}/attendees", "attendee-create")
            .honours_version()
            .takes_with::<AttendeeBody>(&["name"])
            .example(json!({ "name": "示例经理", "company": "示例玩具有限公司", "post": "总经理" }))
            .answers::<AttendeeView>(201)
            .versioned()
            .located()
            .fails(&[409]),
        delete("/api/v1/events/{id}/attendees/{attendee}", "attendee-delete")
            .needs_version()
            .answers_nothing()
            .fails(&[409]),
        attendee(post("/api/v1/events/{id}/attendees/{attendee}/attendance", "attendance-create"))
            .honours_version(),
        attendee(delete("/api/v1/events/{id}/attendees/{attendee}/attendance", "attendance-delete"))
            .needs_version(),
    ]
}
