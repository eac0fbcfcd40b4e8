//! Attributions over the API.

use crate::api::parameter::{page, sort_by};
use crate::api::{Operation, get, post};
use crate::attributions::changing::AttributionBody;
use crate::attributions::consenting::{AttributionConsent, AttributionDecision, AttributionWithdrawal};
use crate::attributions::handlers::list::ORDER;
use crate::attributions::view::{AttributionView, ChangeView};
use serde_json::json;

/// Every operation on attributions.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/leads/{id}/attribution", "attribution-read").answers::<AttributionView>(200).versioned(),
        post("/api/v1/leads/{id}/attribution", "attribution-change")
            .honours_version()
            .takes::<AttributionBody>()
            .example(json!({
                "shares": [{ "chamber_id": "SH-0001", "share_bp": 6000 }, { "chamber_id": "SH-0002", "share_bp": 4000 }],
                "reason": "两家商会共同引荐，协商一致。",
            }))
            .answers::<ChangeView>(201)
            .versioned(),
        get("/api/v1/attribution-changes", "attribution-change-list")
            .query([sort_by(ORDER.field)])
            .query(page())
            .lists::<ChangeView>(),
        get("/api/v1/attribution-changes/{id}", "attribution-change-read").answers::<ChangeView>(200),
        post("/api/v1/attribution-changes/{id}/consent", "attribution-consent")
            .takes::<AttributionConsent>()
            .example(json!({ "agrees": true }))
            .answers::<ChangeView>(200),
        post("/api/v1/attribution-changes/{id}/decision", "attribution-decision")
            .takes::<AttributionDecision>()
            .example(json!({ "decision": "accepted", "reason": "按首报与促成情况裁定。" }))
            .answers::<ChangeView>(200),
        post("/api/v1/attribution-changes/{id}/withdrawal", "attribution-withdrawal")
            .takes::<AttributionWithdrawal>()
            .example(json!({ "reason": "双方另行协商。" }))
            .answers::<ChangeView>(200),
    ]
}
