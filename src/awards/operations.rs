//! Awards over the API.

use super::estimates::{Ceiling, Estimate, EstimateBody};
use super::model::Award;
use super::question::Question;
use crate::api::parameter::{page, sort_by, text};
use crate::api::{Operation, get, post};
use serde_json::json;

/// Every operation on awards.
pub fn all() -> Vec<Operation> {
    vec![
        post("/api/v1/awards/compute", "award-compute")
            .takes::<Question>()
            .example(json!({
                "id": "example",
                "rule": "referral",
                "facts": {
                    "industry": "toy_garment", "supporting_project": false,
                    "total_investment_fen": 20_000_000_000_i64,
                    "annual_fixed_investment_fen": [10_000_000_000_i64, 5_000_000_000_i64],
                    "signed_on": "2023-06-01", "filed_on": "2023-03-01", "landed": true,
                    "referrers": [
                        { "share_bp": 6000, "public_employee": false, "is_investor": false },
                        { "share_bp": 4000, "public_employee": false, "is_investor": false },
                    ],
                },
            }))
            .answers::<Award>(200),
        get("/api/v1/awards/estimates", "award-estimate-list")
            .query([text("policy"), sort_by("kind")])
            .query(page())
            .sample("policy=qinzhou-2023-2025")
            .lists::<Ceiling>(),
        post("/api/v1/awards/estimates", "award-estimate")
            .takes_with::<EstimateBody>(&["kind"])
            .example(json!({
                "kind": "industrial_robots", "investment_fen": 500_000_000, "sets": 12, "above_scale": true,
            }))
            .answers::<Estimate>(200),
    ]
}
