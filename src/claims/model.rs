//! A later claim and its words.

use crate::confidential::Keyring;
use crate::db::Id;
use crate::error::AppError;
use crate::schema::later_claims;
use crate::text_enum;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

text_enum! {
    /// What the bureau answered.
    pub enum Decision {
        /// 认可，共享: the chamber shares the credit
        Shared = "shared",
        /// 认可，移交: the chamber goes on with the investor
        HandedOn = "handed_on",
        /// 不认可
        Declined = "declined",
    }
}

text_enum! {
    /// Whether a claim still waits for its answer.
    pub enum ClaimState {
        Waiting = "waiting",
        /// It waits, and its promised day is over.
        Late = "late",
        Answered = "answered",
    }
}

/// A claim as stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = later_claims)]
pub struct Claim {
    pub id: Id,
    pub lead_id: Id,
    pub chamber_id: Id,
    /// The report's body, sealed: it names people.
    pub report_encrypted: String,
    /// The promised day, by working days.
    pub answer_due_on: NaiveDate,
    pub by_user: Id,
    pub at: NaiveDateTime,
    pub decision: Option<Decision>,
    pub answer: Option<String>,
    pub answered_by: Option<Id>,
    pub answered_at: Option<NaiveDateTime>,
}

impl Claim {
    /// Days past the promised day, negative when it is ahead; `None` once it is answered.
    pub fn due_days(&self, today: NaiveDate) -> Option<i64> {
        self.answered_at.is_none().then(|| (today - self.answer_due_on).num_days())
    }

    /// Where its report is sealed: a ciphertext moved elsewhere does not open.
    pub fn report_context(id: &Id) -> String {
        format!("later_claims:{id}")
    }

    /// The report as it came, a lead's body of the API.
    pub fn report(&self, keys: &Keyring) -> Result<Value, AppError> {
        let text = keys.decrypt(&Self::report_context(&self.id), &self.report_encrypted)?;
        serde_json::from_str(&text).map_err(|error| AppError::Internal(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;

    #[test]
    fn only_what_is_not_answered_is_due() {
        let now = clock::now();
        let today = clock::china_date(now);
        let mut claim = Claim {
            id: Id::generate(),
            lead_id: Id::generate(),
            chamber_id: Id::generate(),
            report_encrypted: String::new(),
            answer_due_on: today,
            by_user: Id::generate(),
            at: now,
            decision: None,
            answer: None,
            answered_by: None,
            answered_at: None,
        };
        assert_eq!(claim.due_days(today), Some(0));
        assert_eq!(claim.due_days(today + chrono::Duration::days(2)), Some(2));
        assert_eq!(claim.due_days(today - chrono::Duration::days(3)), Some(-3));
        claim.answered_at = Some(now);
        assert_eq!(claim.due_days(today + chrono::Duration::days(2)), None);
    }
}
