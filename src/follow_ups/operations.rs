//! Follow-ups over the API.

use crate::api::parameter::page;
use crate::api::{Operation, get, post};
use crate::follow_ups::handlers::record::FollowUpBody;
use crate::follow_ups::view::WrittenView;
use serde_json::json;

/// Every operation on follow-ups.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/leads/{id}/follow-ups", "follow-up-list").query(page()).lists::<WrittenView>(),
        post("/api/v1/leads/{id}/follow-ups", "follow-up-create")
            .honours_version()
            .takes::<FollowUpBody>()
            .example(json!({
                "kind": "visit_out",
                "at": "2025-11-20T08:00:00Z",
                "content": "看了厂房，对蒸汽价格有疑问。",
                "next_step": "请园区报价",
                "next_on": "2031-01-06",
            }))
            .answers::<WrittenView>(201)
            .versioned(),
    ]
}
