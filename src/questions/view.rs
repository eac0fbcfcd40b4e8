//! A question as the API shows it.

use crate::clock;
use crate::db::{AnyConn, Id};
use crate::leads::view::{Person, people};
use crate::questions::model::Question;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::QueryResult;
use serde::Serialize;
use utoipa::ToSchema;

/// What the bureau or a county asked the chamber that a lead came from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = LeadQuestion)]
pub struct QuestionView {
    pub id: Id,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    pub by: Option<Person>,
    pub text: String,
    /// The day by which the chamber is to answer.
    pub due_on: NaiveDate,
    /// Days past that day; null when it is not late, or answered.
    pub late_days: Option<i64>,
    /// Null while it waits.
    pub answer: Option<QuestionAnswer>,
}

/// What the chamber answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct QuestionAnswer {
    pub text: String,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    pub by: Option<Person>,
}

/// Questions as shown, names looked up once for all.
pub fn list(conn: &mut AnyConn, questions: Vec<Question>) -> QueryResult<Vec<QuestionView>> {
    let ids: Vec<Id> = questions
        .iter()
        .flat_map(|question| std::iter::once(&question.by_user).chain(&question.answered_by))
        .cloned()
        .collect();
    let people = people(conn, &ids)?;
    let today = clock::today();
    let shown = |question: Question| QuestionView {
        late_days: question.due_days(today).filter(|days| *days > 0),
        by: people.get(&question.by_user).cloned(),
        answer: question.answer.zip(question.answered_at).map(|(text, at)| QuestionAnswer {
            text,
            at,
            by: question.answered_by.as_ref().and_then(|id| people.get(id).cloned()),
        }),
        id: question.id,
        at: question.at,
        text: question.text,
        due_on: question.due_on,
    };
    Ok(questions.into_iter().map(shown).collect())
}

/// One question as shown.
pub fn one(conn: &mut AnyConn, question: Question) -> QueryResult<QuestionView> {
    list(conn, vec![question])?.pop().ok_or(diesel::result::Error::NotFound)
}
