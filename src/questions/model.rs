//! A question as stored.

use crate::db::Id;
use crate::error::FieldErrors;
use crate::schema::questions;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// The longest question or answer, in characters.
const MAX_TEXT: usize = 2000;

/// What a lead's chamber was asked.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = questions)]
pub struct Question {
    pub id: Id,
    pub lead_id: Id,
    /// The lead's chamber when it was asked.
    pub chamber_id: Id,
    pub text: String,
    /// The day by which it is to be answered, by working days.
    pub due_on: NaiveDate,
    pub by_user: Id,
    pub at: NaiveDateTime,
    pub answer: Option<String>,
    pub answered_by: Option<Id>,
    pub answered_at: Option<NaiveDateTime>,
}

impl Question {
    /// Days past its day, negative when that is ahead; `None` once it is answered.
    pub fn due_days(&self, today: NaiveDate) -> Option<i64> {
        self.answered_at.is_none().then(|| (today - self.due_on).num_days())
    }
}

/// What was typed as a question or an answer, or its fault at `text`.
pub fn checked(text: &str) -> Result<String, FieldErrors> {
    let text = text.trim();
    let mut errors = FieldErrors::default();
    if text.is_empty() {
        errors.add("text", "required");
    }
    if text.chars().count() > MAX_TEXT {
        errors.add_with("text", "too-long", vec![("max", MAX_TEXT.to_string())]);
    }
    if errors.is_empty() { Ok(text.to_owned()) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn a_question_is_due_until_it_is_answered() {
        let today = clock::today();
        let mut question = Question {
            id: Id::generate(),
            lead_id: Id::generate(),
            chamber_id: Id::generate(),
            text: "？".into(),
            due_on: today - chrono::Duration::days(2),
            by_user: Id::generate(),
            at: clock::now(),
            answer: None,
            answered_by: None,
            answered_at: None,
        };
        assert_eq!(question.due_days(today), Some(2));
        question.answered_at = Some(clock::now());
        assert_eq!(question.due_days(today), None);
    }

    #[test]
    fn a_text_has_a_beginning_and_an_end() {
        assert_eq!(checked("  要多少地？ ").ok().as_deref(), Some("要多少地？"));
        assert!(checked(" \n").is_err());
        assert!(checked(&"长".repeat(2000)).is_ok());
        assert!(checked(&"长".repeat(2001)).is_err());
    }
}
