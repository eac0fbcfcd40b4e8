//! The register of referrers over the API.

use crate::api::parameter::{page, sort, sort_by, text, texts, words};
use crate::api::{Operation, delete, get, patch, post};
use crate::chambers::model::SourceStatus;
use crate::leads::handlers::disclosure::Disclosed;
use crate::referrers::forms::ReferrerBody;
use crate::referrers::handlers::members::ORDER;
use crate::referrers::members::{MemberBody, MemberView};
use crate::referrers::model::ReferrerKind;
use crate::referrers::view::ReferrerView;
use crate::registers::disclosure::Disclosure;
use crate::registers::list::SortField;
use crate::registers::merging::Merger;
use serde_json::json;

/// Every operation on referrers.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<ReferrerView>(200).versioned();
    vec![
        get("/api/v1/referrers", "referrer-list")
            .query([
                words::<ReferrerKind>("kind"),
                texts("region"),
                words::<SourceStatus>("status"),
                text("q"),
            ])
            .query([sort::<SortField>(), text("before")])
            .query(page())
            .sample("status=review&count=true")
            .lists::<ReferrerView>(),
        post("/api/v1/referrers", "referrer-create")
            .takes_with::<ReferrerBody>(&["kind", "name"])
            .example(json!({
                "kind": "enterprise",
                "name": "示例引荐公司",
                "phone": "12000000102",
                "uscc": "91440300MACADR683J",
                "public_employee": false,
                "declared_on": "2024-03-01",
            }))
            .answers::<ReferrerView>(201)
            .versioned()
            .located()
            .fails(&[409]),
        one(get("/api/v1/referrers/{id}", "referrer-read")),
        one(patch("/api/v1/referrers/{id}", "referrer-update"))
            .patches::<ReferrerBody>()
            .example(json!({ "status": "active" }))
            .fails(&[409]),
        delete("/api/v1/referrers/{id}", "referrer-delete").needs_version().answers_nothing().fails(&[409]),
        one(post("/api/v1/referrers/{id}/merger", "referrer-merge"))
            .honours_version()
            .takes::<Merger>()
            .example(json!({ "into": "YJ-0007" })),
        post("/api/v1/referrers/{id}/disclosures", "referrer-disclose")
            .takes::<Disclosure>()
            .example(json!({ "field": "phone", "reason": "约访" }))
            .answers::<Disclosed>(200)
            .fails(&[429]),
        get("/api/v1/referrers/{id}/members", "member-list")
            .query([sort_by(ORDER.field)])
            .query(page())
            .lists::<MemberView>(),
        post("/api/v1/referrers/{id}/members", "member-add")
            .honours_version()
            .takes_with::<MemberBody>(&["name"])
            .example(json!({ "name": "示例成员", "is_payee": true, "public_employee": false }))
            .answers::<MemberView>(201)
            .versioned()
            .located(),
        patch("/api/v1/referrers/{id}/members/{member}", "member-update")
            .patches::<MemberBody>()
            .example(json!({ "left_on": "2024-08-01" }))
            .answers::<MemberView>(200)
            .versioned(),
        post("/api/v1/referrers/{id}/members/{member}/disclosures", "member-disclose")
            .takes::<Disclosure>()
            .example(json!({ "field": "identity_number", "reason": "核对身份" }))
            .answers::<Disclosed>(200)
            .fails(&[429]),
    ]
}
