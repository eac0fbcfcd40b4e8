//! Recommendations over the API.

use crate::api::parameter::{page, sort_by, text, word};
use crate::api::{Operation, delete, get, patch, post};
use crate::recommendations::forms::RecommendationBody;
use crate::recommendations::model::RecommendationState;
use crate::recommendations::queries::ORDER;
use crate::recommendations::view::RecommendationView;
use serde_json::json;

/// Every operation on recommendations.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<RecommendationView>(200).versioned();
    vec![
        get("/api/v1/recommendations", "recommendation-list")
            .query([word::<RecommendationState>("state"), text("q"), sort_by(ORDER.field)])
            .query(page())
            .sample("state=noted&count=true")
            .lists::<RecommendationView>(),
        post("/api/v1/recommendations", "recommendation-create")
            .takes_with::<RecommendationBody>(&[
                "county",
                "enterprise",
                "size",
                "recipient_kind",
                "recipient",
                "need_fen",
                "credit",
            ])
            .example(json!({
                "county": "450721",
                "enterprise": "示例玩具有限公司",
                "size": "small",
                "recipient_kind": "bank",
                "recipient": "示例银行",
                "need_fen": 300_000_000,
                "credit": "good",
                "sent_on": "2026-03-02",
            }))
            .answers::<RecommendationView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/recommendations/{id}", "recommendation-read")),
        one(patch("/api/v1/recommendations/{id}", "recommendation-update"))
            .patches::<RecommendationBody>()
            .example(json!({ "result": "granted", "result_on": "2026-04-20" })),
        delete("/api/v1/recommendations/{id}", "recommendation-delete")
            .needs_version()
            .answers_nothing()
            .fails(&[409]),
    ]
}
