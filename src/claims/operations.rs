//! Later claims over the API.

use crate::api::parameter::{page, word};
use crate::api::{Operation, get, post};
use crate::claims::answering::ClaimAnswer;
use crate::claims::model::ClaimState;
use crate::claims::view::ClaimView;
use serde_json::json;

/// Every operation on later claims.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/claims", "claim-list")
            .query([word::<ClaimState>("state")])
            .query(page())
            .sample("state=waiting&count=true")
            .lists::<ClaimView>(),
        post("/api/v1/claims/{id}/answer", "claim-answer")
            .takes::<ClaimAnswer>()
            .example(json!({ "decision": "shared", "text": "认可首报线索，功劳共享。" }))
            .answers::<ClaimView>(200),
    ]
}
