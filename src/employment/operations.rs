//! Employment over the API.

use crate::api::{Operation, put};
use crate::employment::editing::EmploymentBody;
use crate::projects::view::ProjectView;
use serde_json::json;

/// Every operation on it: it answers with its project.
pub fn all() -> Vec<Operation> {
    vec![
        put("/api/v1/projects/{id}/employment/{year}", "employment-enter")
            .takes::<EmploymentBody>()
            .example(json!({ "new_jobs": 520, "above_scale": true }))
            .answers::<ProjectView>(200)
            .versioned(),
    ]
}
