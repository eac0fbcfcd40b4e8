//! Notices over the API.

use crate::api::parameter::{page, sort_by, text, word};
use crate::api::{Operation, delete, get, patch, post};
use crate::notices::forms::NoticeBody;
use crate::notices::queries::{ORDER, READING_ORDER};
use crate::notices::rules::NoticeStanding;
use crate::notices::view::{NoticeReading, NoticeView};
use serde_json::json;

/// Every operation on notices.
pub fn all() -> Vec<Operation> {
    let one = |operation: Operation| operation.answers::<NoticeView>(200).versioned();
    vec![
        get("/api/v1/notices", "notice-list")
            .query([word::<NoticeStanding>("standing"), text("q"), sort_by(ORDER.field)])
            .query(page())
            .sample("standing=current&count=true")
            .lists::<NoticeView>(),
        post("/api/v1/notices", "notice-create")
            .takes_with::<NoticeBody>(&["title", "text", "audience"])
            .example(json!({
                "title": "请报送 12 月活动计划",
                "text": "请各商会于 11 月 30 日前报送。",
                "audience": "kinds",
                "kinds": ["other_city", "abroad"],
                "until_on": "2031-11-30",
            }))
            .answers::<NoticeView>(201)
            .versioned()
            .located(),
        one(get("/api/v1/notices/{id}", "notice-read")),
        one(patch("/api/v1/notices/{id}", "notice-update"))
            .patches::<NoticeBody>()
            .example(json!({ "text": "改到 12 月 5 日前。", "read_again": true }))
            .fails(&[409]),
        one(delete("/api/v1/notices/{id}", "notice-retract"))
            .query([text("reason").required()])
            .sample("reason=test")
            .needs_version()
            .fails(&[409]),
        get("/api/v1/notices/{id}/reading", "notice-reading-list")
            .query([sort_by(READING_ORDER.field)])
            .query(page())
            .lists::<NoticeReading>(),
        one(post("/api/v1/notices/{id}/reading", "notice-mark")),
    ]
}
