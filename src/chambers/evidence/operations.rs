//! Evidence over the API.

use crate::api::operation::Content;
use crate::api::parameter::{day, one_of, page};
use crate::api::{Operation, get, post, put};
use crate::chambers::evidence::comparing::{Compared, ComparedBy};
use crate::chambers::evidence::confirming::{EvidenceConfirming, EvidenceRevoking};
use crate::chambers::evidence::view::{EvidenceView, RowsView};
use crate::chambers::evidence::weighing::{WeightsBody, WeightsView};
use serde_json::json;

/// Every operation on evidence.
pub fn all() -> Vec<Operation> {
    let days = || [day("from"), day("to")];
    vec![
        get("/api/v1/chambers/{id}/evidence", "evidence-read")
            .query(days())
            .sample("from=2025-01-01&to=2025-12-31")
            .answers::<EvidenceView>(200),
        get("/api/v1/chambers/{id}/evidence/{figure}", "evidence-rows")
            .query(days())
            .query(page())
            .sample("from=2025-01-01&to=2025-12-31&count=true")
            .answers::<RowsView>(200),
        post("/api/v1/chambers/{id}/evidence/confirmation", "evidence-confirm")
            .takes::<EvidenceConfirming>()
            .example(json!({ "from": "2025-01-01", "to": "2025-12-31", "note": "与台账一致。" }))
            .answers::<EvidenceView>(200),
        post("/api/v1/chambers/{id}/evidence/revocation", "evidence-revoke")
            .takes::<EvidenceRevoking>()
            .example(json!({ "from": "2025-01-01", "to": "2025-12-31", "reason": "补报一个项目" }))
            .answers::<EvidenceView>(200),
        get("/api/v1/chambers/{id}/evidence.pdf", "evidence-pdf")
            .query(days())
            .answers_with(200, Content::Files(vec!["application/pdf"])),
        get("/api/v1/chambers/{id}/evidence.xlsx", "evidence-xlsx").query(days()).answers_with(
            200,
            Content::Files(vec!["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]),
        ),
        get("/api/v1/chambers/comparison", "chamber-comparison")
            .query(days())
            .query([one_of("sort", &ComparedBy::words())])
            .query(page())
            .sample("from=2025-01-01&to=2025-12-31&sort=contracts&count=true")
            .lists::<Compared>(),
        get("/api/v1/chambers/weights", "chamber-weights-read").answers::<WeightsView>(200).versioned(),
        put("/api/v1/chambers/weights", "chamber-weights-set")
            .needs_version()
            .takes::<WeightsBody>()
            .example(json!({ "weights": { "leads": 1, "contracts": 10, "started": 20 }, "reason": "年度评价办法" }))
            .answers::<WeightsView>(200)
            .versioned(),
    ]
}
