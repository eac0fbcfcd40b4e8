//! Pages of questions.

use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;

use crate::db::Id;
use crate::leads::pages::LeadHead;
use crate::questions::Question;
use crate::web::filled::Filled;
use crate::web::templates::Page;

/// `GET /leads/{id}/questions/new`; posts to `/leads/{id}/questions`. Field: `text`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Form {
    pub lead: LeadHead,
    /// Who is asked.
    pub chamber: String,
    pub form: Filled,
}

impl Page for Form {
    const TEMPLATE: &'static str = "questions/form.html";
}

/// `GET|POST /leads/{id}/questions/{question}/answer`. Field: `text`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    pub lead: LeadHead,
    pub question: Row,
    pub form: Filled,
}

impl Page for Answer {
    const TEMPLATE: &'static str = "questions/answer.html";
}

/// A question as pages show it: where it waits, and on the page of its answer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    pub id: String,
    pub lead_id: String,
    pub text: String,
    /// UTC
    pub at: Option<NaiveDateTime>,
    pub due_on: Option<NaiveDate>,
    /// Days past that day, negative when it is ahead; `None` once it is answered.
    pub due_days: Option<i64>,
    /// What was answered.
    pub answer: Option<String>,
}

impl Row {
    pub fn of(question: Question, today: NaiveDate) -> Self {
        let text = |id: &Id| id.to_string();
        Row {
            due_days: question.due_days(today),
            id: text(&question.id),
            lead_id: text(&question.lead_id),
            text: question.text,
            at: Some(question.at),
            due_on: Some(question.due_on),
            answer: question.answer,
        }
    }
}
