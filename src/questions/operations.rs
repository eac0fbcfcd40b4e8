//! Questions over the API.

use crate::api::parameter::{page, sort_by};
use crate::api::{Operation, get, post};
use crate::questions::answering::QuestionAnswerBody;
use crate::questions::asking::QuestionBody;
use crate::questions::handlers::list::ORDER;
use crate::questions::view::QuestionView;
use serde_json::json;

/// Every operation on questions.
pub fn all() -> Vec<Operation> {
    vec![
        get("/api/v1/leads/{id}/questions", "question-list")
            .query([sort_by(ORDER.field)])
            .query(page())
            .lists::<QuestionView>(),
        post("/api/v1/leads/{id}/questions", "question-ask")
            .honours_version()
            .takes::<QuestionBody>()
            .example(json!({ "text": "企业打算租厂房还是拿地？" }))
            .answers::<QuestionView>(201)
            .versioned(),
        post("/api/v1/leads/{id}/questions/{question}/answer", "question-answer")
            .honours_version()
            .takes::<QuestionAnswerBody>()
            .example(json!({ "text": "先租两万平方米标准厂房。" }))
            .answers::<QuestionView>(200)
            .versioned(),
    ]
}
