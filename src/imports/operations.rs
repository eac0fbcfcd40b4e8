//! Imports over the API.

use crate::api::parameter::{page, sort_by, word};
use crate::api::shape::{Shape, Way};
use crate::api::{Operation, delete, get, operation::Content, post};
use crate::imports::handlers::ImportView;
use crate::imports::handlers::application::Application;
use crate::imports::kinds::chambers::ChamberLine;
use crate::imports::kinds::projects::ProjectLine;
use crate::imports::ledger::ReportLine;
use crate::imports::model::{ImportKind, RowOutcome};
use serde_json::json;

/// A row's line: of the ledger that the import is of.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[schema(as = ImportLine)]
#[expect(dead_code, reason = "only its shape is wanted: the document describes all")]
#[serde(untagged)]
enum RowLine {
    Lead(ReportLine),
    Project(ProjectLine),
    Chamber(ChamberLine),
}

/// Every operation on imports.
pub fn all() -> Vec<Operation> {
    let import = || Content::One(Shape::of::<ImportView>(Way::Out));
    let upload = json!({
        "type": "object",
        "required": ["file"],
        "properties": {
            "kind": { "type": "string", "enum": <ImportKind as crate::db::types::Words>::WORDS },
            "file": { "type": "string", "format": "binary", "description": ".xlsx, .xls, .ods, .csv, .jsonl" },
        },
    });
    vec![
        get("/api/v1/imports", "import-list")
            .query([sort_by("created_at")])
            .query(page())
            .lists::<ImportView>(),
        post("/api/v1/imports", "import-create")
            .takes_form(upload)
            .example(json!({ "kind": "leads", "file": "@ledger.xlsx" }))
            .answers_with(201, import())
            .answers_with(202, import())
            .located(),
        get("/api/v1/imports/{id}", "import-read").answers_with(200, import()),
        delete("/api/v1/imports/{id}", "import-discard").answers_nothing().fails(&[409]),
        get("/api/v1/imports/{id}/rows", "import-rows")
            .query([word::<RowOutcome>("outcome"), sort_by("position")])
            .query(page())
            .answers_with(
                200,
                Content::List(
                    Shape::of::<RowLine>(Way::Out)
                        .beside::<ReportLine>()
                        .beside::<ProjectLine>()
                        .beside::<ChamberLine>(),
                ),
            ),
        get("/api/v1/imports/{id}/rejected", "import-rejected").answers_with(200, Content::Xlsx),
        post("/api/v1/imports/{id}/application", "import-apply")
            .may_take::<Application>()
            .called("ImportApplication")
            .example(json!({ "accept_duplicates": "两期项目" }))
            .answers_with(200, import())
            .answers_with(202, import()),
    ]
}
