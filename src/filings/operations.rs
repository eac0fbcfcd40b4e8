//! Filings over the API.

use crate::api::parameter::{page, sort_by};
use crate::api::{Operation, get, post, put};
use crate::filings::forms::{ConfirmationBody, FilingBody, SharesBody, WithdrawalBody};
use crate::filings::handlers::record::ORDER;
use crate::filings::shares::SharesView;
use crate::filings::view::FilingView;
use serde_json::json;

/// Every operation on filings, and on how an award is shared.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<FilingView>(200).versioned();
    vec![
        get("/api/v1/referrers/{id}/filings", "filing-list")
            .query([sort_by(ORDER.field)])
            .query(page())
            .lists::<FilingView>(),
        post("/api/v1/referrers/{id}/filings", "filing-create")
            .takes::<FilingBody>()
            .example(json!({ "lead_id": "QZ-2024-000001", "filed_on": "2024-03-04", "role": "leading" }))
            .answers::<FilingView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/filings/{id}", "filing-read")),
        one(post("/api/v1/filings/{id}/confirmations", "filing-confirm"))
            .honours_version()
            .takes::<ConfirmationBody>()
            .example(json!({ "party": "investor", "decision": "confirmed" })),
        one(post("/api/v1/filings/{id}/withdrawal", "filing-withdraw"))
            .honours_version()
            .takes::<WithdrawalBody>()
            .example(json!({ "reason": "引荐人自愿退出" })),
        get("/api/v1/projects/{id}/referral-shares", "referral-shares-read")
            .answers::<SharesView>(200)
            .versioned(),
        put("/api/v1/projects/{id}/referral-shares", "referral-shares-put")
            .takes::<SharesBody>()
            .example(json!({
                "agreed_on": "2024-05-10",
                "shares": [
                    { "referrer_id": "YJ-0002", "share_bp": 6000 },
                    { "referrer_id": "YJ-0003", "share_bp": 4000 },
                ],
            }))
            .answers::<SharesView>(200)
            .versioned()
            .fails(&[409]),
    ]
}
