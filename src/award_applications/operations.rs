//! Applications for awards over the API.

use super::checklist::Asked;
use super::editing::{ApplicationBody, ApplicationChange};
use super::funding::FundingBody;
use super::handlers::list::ORDER;
use super::model::ApplicationStatus;
use super::overview::Overview;
use super::queries::Treasury;
use super::rulings::{ReviewBody, RulingBody};
use super::steps::StepBody;
use super::view::ApplicationView;
use super::what_if::WhatIf;
use crate::api::operation::Content;
use crate::api::parameter::{flag, id, page, sort_by, texts, word, words, year};
use crate::api::{Operation, get, patch, post, put};
use crate::policies::awards::{AwardRule, BaseReading, Payer};
use serde_json::json;

/// Every operation on them.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<ApplicationView>(200).versioned();
    vec![
        get("/api/v1/award-applications", "award-application-list")
            .query([words::<ApplicationStatus>("status"), words::<AwardRule>("rule"), texts("county")])
            .query([year("year"), id("project"), word::<Treasury>("treasury"), word::<Payer>("payer")])
            .query([flag("payable"), sort_by(ORDER.field)])
            .query(page())
            .sample("status=in_notice&county=450721&count=true")
            .lists::<ApplicationView>(),
        get("/api/v1/award-applications/overview", "award-application-overview")
            .query([year("year")])
            .sample("year=2026")
            .answers::<Overview>(200),
        get("/api/v1/award-applications/what-if", "award-application-what-if")
            .query([word::<AwardRule>("rule"), word::<BaseReading>("reading"), year("year")])
            .sample("reading=all_years")
            .answers::<WhatIf>(200),
        post("/api/v1/award-applications", "award-application-create")
            .takes_with::<ApplicationBody>(&["project_id", "rule"])
            .example(json!({
                "project_id": "0197a7e2-0000-7000-8000-000000000001",
                "rule": "referral",
                "payees": [{ "referrer_id": "YJ-0007", "share_bp": 10000 }],
            }))
            .answers::<ApplicationView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/award-applications/{id}", "award-application-read")),
        one(patch("/api/v1/award-applications/{id}", "award-application-update"))
            .patches::<ApplicationChange>()
            .example(json!({ "facts": { "industrial": true } }))
            .fails(&[409]),
        one(post("/api/v1/award-applications/{id}/transitions", "award-application-transition"))
            .answers_nothing()
            .for_everybody()
            .honours_version()
            .takes::<StepBody>()
            .example(json!({ "to": "returned", "reason": "缺少合同分年度计划" }))
            .fails(&[403]),
        one(put("/api/v1/award-applications/{id}/funding", "award-application-funding"))
            .takes::<FundingBody>()
            .example(json!({ "parts": [
                { "level": "county", "share_bp": 6000 }, { "level": "city", "share_bp": 4000 },
            ] }))
            .fails(&[409]),
        one(post("/api/v1/award-applications/{id}/compliance-review", "award-application-review"))
            .honours_version()
            .takes_with::<ReviewBody>(&["document", "result"])
            .example(json!({ "document": "公平竞争审查表 2026-7 号(示例)", "result": "不影响公平竞争" })),
        one(post("/api/v1/award-applications/{id}/rulings", "award-application-ruling"))
            .honours_version()
            .takes::<RulingBody>()
            .example(json!({ "kind": "overlap", "decision": "accepted", "reason": "就高不重复" })),
        get("/api/v1/award-applications/{id}/checklist", "award-application-checklist")
            .query(page())
            .lists::<Asked>(),
        get("/api/v1/award-applications/{id}/archive", "award-application-archive")
            .answers_with(200, Content::Files(vec!["application/zip"]))
            .fails(&[409, 503]),
        get("/api/v1/award-applications/{id}/papers/{paper}.pdf", "award-application-paper")
            .answers_with(200, Content::Files(vec!["application/pdf"]))
            .fails(&[409, 429]),
        get("/api/v1/award-applications/{id}/papers/{paper}.xlsx", "award-application-sheet")
            .answers_with(200, Content::Xlsx)
            .fails(&[409, 429]),
    ]
}
