//! The register of chambers over the API.

use crate::api::operation::Content;
use crate::api::parameter::{flag, page, sort, sort_by, text, texts, words};
use crate::api::{Operation, delete, get, patch, post};
use crate::chambers::entries::ChamberEntryKind;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::entries::view::EntryView;
use crate::chambers::handlers::entries::ORDER;
use crate::chambers::model::ChamberKind;
use crate::chambers::model::SourceStatus;
use crate::chambers::view::ChamberView;
use crate::leads::handlers::disclosure::Disclosed;
use crate::registers::RecordBody;
use crate::registers::disclosure::Disclosure;
use crate::registers::list::SortField;
use crate::registers::merging::Merger;
use serde_json::json;

/// Every operation on chambers.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<ChamberView>(200).versioned();
    vec![
        get("/api/v1/chambers", "chamber-list")
            .query([
                words::<ChamberKind>("kind"),
                texts("region"),
                words::<SourceStatus>("status"),
                flag("expiring"),
                text("q"),
            ])
            .query([sort::<SortField>(), text("before")])
            .query(page())
            .sample("status=review&count=true")
            .lists::<ChamberView>(),
        post("/api/v1/chambers", "chamber-create")
            .takes_with::<RecordBody<ChamberKind>>(&["kind", "name"])
            .called("ChamberBody")
            .example(json!({ "kind": "other_city", "name": "示例商会", "phone": "12000000102" }))
            .answers::<ChamberView>(201)
            .versioned()
            .located(),
        get("/api/v1/chambers/export", "chamber-export")
            .query([
                words::<ChamberKind>("kind"),
                texts("region"),
                words::<SourceStatus>("status"),
                flag("expiring"),
                text("q"),
                text("reason").required(),
            ])
            .sample("reason=%E6%8A%A5%E9%80%81")
            .answers_with(200, Content::Xlsx),
        one(get("/api/v1/chambers/{id}", "chamber-read")),
        one(patch("/api/v1/chambers/{id}", "chamber-update"))
            .patches::<RecordBody<ChamberKind>>()
            .called("ChamberBody")
            .example(json!({ "status": "active" })),
        delete("/api/v1/chambers/{id}", "chamber-delete").needs_version().answers_nothing().fails(&[409]),
        one(post("/api/v1/chambers/{id}/merger", "chamber-merge"))
            .honours_version()
            .takes::<Merger>()
            .example(json!({ "into": "SH-0007" })),
        post("/api/v1/chambers/{id}/disclosures", "chamber-disclose")
            .takes::<Disclosure>()
            .example(json!({ "field": "phone", "reason": "约访" }))
            .answers::<Disclosed>(200)
            .fails(&[429]),
        get("/api/v1/chambers/{id}/entries", "chamber-entry-list")
            .query([words::<ChamberEntryKind>("kind"), sort_by(ORDER.field)])
            .query(page())
            .sample("kind=officer&count=true")
            .lists::<EntryView>(),
        post("/api/v1/chambers/{id}/entries", "chamber-entry-add")
            .honours_version()
            .takes_with::<EntryBody>(&["kind", "name"])
            .example(json!({
                "kind": "officer",
                "word": "president",
                "name": "示例会长",
                "phone": "12000000102",
                "from_on": "2024-05-18",
                "to_on": "2029-05-17",
            }))
            .answers::<EntryView>(201)
            .versioned()
            .located(),
        patch("/api/v1/chambers/{id}/entries/{entry}", "chamber-entry-update")
            .patches::<EntryBody>()
            .example(json!({ "to_on": "2026-08-01" }))
            .answers::<EntryView>(200)
            .versioned(),
        delete("/api/v1/chambers/{id}/entries/{entry}", "chamber-entry-remove")
            .needs_version()
            .answers_nothing()
            .fails(&[409]),
        post("/api/v1/chambers/{id}/entries/{entry}/disclosures", "chamber-entry-disclose")
            .takes::<Disclosure>()
            .example(json!({ "field": "phone", "reason": "约访" }))
            .answers::<Disclosed>(200)
            .fails(&[429]),
    ]
}
