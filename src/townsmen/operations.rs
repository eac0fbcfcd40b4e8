//! The list of townsmen over the API.

use crate::api::parameter::{flag, page, sort_by, text};
use crate::api::{Operation, get, patch, post};
use crate::townsmen::forms::TownsmanBody;
use crate::townsmen::handlers::list::ORDER;
use crate::townsmen::handlers::removal::TownsmanRemoval;
use crate::townsmen::handlers::review::TownsmanReview;
use crate::townsmen::view::TownsmanView;
use serde_json::json;

/// Every operation on townsmen.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<TownsmanView>(200).versioned();
    vec![
        get("/api/v1/townsmen", "townsman-list")
            .query([flag("review_due"), text("q"), sort_by(ORDER.field)])
            .query(page())
            .sample("review_due=false&count=true")
            .lists::<TownsmanView>(),
        post("/api/v1/townsmen", "townsman-create")
            .takes_with::<TownsmanBody>(&["name", "home", "consent_on", "consent"])
            .example(json!({
                "name": "示例乡贤",
                "post": "示例公司董事长",
                "home": "450721",
                "introducer": "示例同乡",
                "help": "介绍玩具企业",
                "consent_on": "2026-03-01",
                "consent": "同意列入乡贤名录，用于招商联系。",
            }))
            .answers::<TownsmanView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/townsmen/{id}", "townsman-read")),
        one(patch("/api/v1/townsmen/{id}", "townsman-update"))
            .patches::<TownsmanBody>()
            .example(json!({ "post": "示例公司顾问" })),
        one(post("/api/v1/townsmen/{id}/review", "townsman-review"))
            .honours_version()
            .takes::<TownsmanReview>()
            .example(json!({})),
        post("/api/v1/townsmen/{id}/removal", "townsman-remove")
            .honours_version()
            .takes::<TownsmanRemoval>()
            .example(json!({ "reason": "本人要求" }))
            .answers_nothing(),
    ]
}
