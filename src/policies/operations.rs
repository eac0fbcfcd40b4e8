//! Policy versions over the API: what one person proposes and another decides.

use super::handlers::{DecisionBody, DecompositionBody, ExtensionBody, VersionBody};
use super::view::{DocumentView, VersionView};
use crate::api::parameter::{page, sort_by};
use crate::api::{Operation, get, post};
use serde_json::json;

/// A version as short as one can be.
const PLAN: &str = r#"code = "example-2027"
zh = "示例方案 2027"
en = "Example plan 2027"
issuer = "示例市人民政府"
from = "2027-01-01"
to = "2027-12-31"

[pool]
industries = ["chenpi"]
start_within_months = 24
key_amount_yuan = 100_000_000
"#;

/// Every operation on versions and their documents.
pub fn all() -> Vec<Operation> {
    let proposes = |operation: Operation| operation.answers::<DocumentView>(201).located();
    vec![
        get("/api/v1/policies", "policy-list").query([sort_by("from")]).query(page()).lists::<VersionView>(),
        proposes(post("/api/v1/policies", "policy-load").takes::<VersionBody>()).example(json!({
            "body": PLAN,
            "document_number": "示例政发〔2026〕1号",
            "document_name": "示例方案",
        })),
        get("/api/v1/policies/{code}", "policy-read").answers::<VersionView>(200),
        proposes(post("/api/v1/policies/{code}/extension", "policy-extend").takes::<ExtensionBody>())
            .example(json!({
                "valid_until": "2026-12-31",
                "document_number": "示例政办发〔2026〕1号",
                "document_name": "关于延长的通知",
            })),
        proposes(
            post("/api/v1/policies/{code}/decomposition/{year}", "policy-decompose")
                .takes::<DecompositionBody>(),
        )
        .example(json!({ "targets": { "450721": 2 }, "document_name": "任务分解通知" })),
        get("/api/v1/policies/documents", "policy-document-list")
            .query([sort_by("proposed_at")])
            .query(page())
            .lists::<DocumentView>(),
        get("/api/v1/policies/documents/{id}", "policy-document-read").answers::<DocumentView>(200),
        post("/api/v1/policies/documents/{id}/decision", "policy-decide")
            .takes::<DecisionBody>()
            .example(json!({ "decision": "accepted" }))
            .answers::<DocumentView>(200)
            .fails(&[409]),
    ]
}
