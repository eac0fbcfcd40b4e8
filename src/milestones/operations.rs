//! Milestones over the API.

use crate::api::{Operation, post, put};
use crate::milestones::editing::MilestoneBody;
use crate::milestones::handlers::VerificationBody;
use crate::projects::view::ProjectView;
use serde_json::json;

/// Every operation on milestones: each answers with their project.
pub fn all() -> Vec<Operation> {
    vec![
        put("/api/v1/projects/{id}/milestones/{kind}", "milestone-enter")
            .takes::<MilestoneBody>()
            .example(json!({ "planned_on": "2024-04-20", "actual_on": "2024-05-06" }))
            .answers::<ProjectView>(200)
            .versioned(),
        post("/api/v1/projects/{id}/milestones/{kind}/verification", "milestone-verify")
            .honours_version()
            .takes::<VerificationBody>()
            .example(json!({ "decision": "refused", "reason": "未见施工许可证" }))
            .answers::<ProjectView>(200)
            .versioned(),
    ]
}
