//! Attachments over the API.

use super::model::{AttachmentKind, OwnerKind};
use super::sniff::TAKEN;
use super::view::AttachmentView;
use crate::api::operation::Content;
use crate::api::parameter::{id, page, word};
use crate::api::shape::{Shape, Way};
use crate::api::{Operation, delete, get, post};
use crate::db::types::Words;
use crate::milestones::model::MilestoneKind;
use serde_json::json;

/// Every operation on attachments.
pub fn all() -> Vec<Operation> {
    let paper = || Content::One(Shape::of::<AttachmentView>(Way::Out));
    let file = || Content::Files(TAKEN.iter().map(|media| media.name).collect());
    let extensions: Vec<&str> = TAKEN.iter().flat_map(|media| media.extensions).copied().collect();
    let form = json!({
        "type": "object",
        "required": ["owner_kind", "owner_id", "kind", "file"],
        "properties": {
            "owner_kind": { "type": "string", "enum": <OwnerKind as Words>::WORDS },
            "owner_id": { "type": "string", "format": "uuid" },
            "milestone": { "type": "string", "enum": <MilestoneKind as Words>::WORDS },
            "kind": { "type": "string", "enum": <AttachmentKind as Words>::WORDS },
            "file": { "type": "string", "format": "binary", "description": extensions.join(", ") },
        },
    });
    vec![
        get("/api/v1/attachments", "attachment-list")
            .query([
                word::<OwnerKind>("owner_kind").required(),
                id("owner_id").required(),
                word::<MilestoneKind>("milestone"),
            ])
            .query(page())
            .sample("owner_kind=lead&owner_id=$ID")
            .lists::<AttachmentView>()
            .fails(&[404]),
        post("/api/v1/attachments", "attachment-add")
            .takes_form(form)
            .example(json!({
                "owner_kind": "lead",
                "owner_id": "$ID",
                "kind": "contract",
                "file": "@contract.pdf",
            }))
            .answers_with(201, paper())
            .located()
            .fails(&[404, 503]),
        get("/api/v1/attachments/{id}", "attachment-read").answers_with(200, paper()),
        delete("/api/v1/attachments/{id}", "attachment-remove").answers_nothing().fails(&[409]),
        get("/api/v1/attachments/{id}/content", "attachment-content")
            .answers_with(200, file())
            .answers_with(206, file())
            .fails(&[416, 503]),
    ]
}
