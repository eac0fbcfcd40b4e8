//! All SQL of notices. They are public: the scope is which of them hang, and not who looks.

use crate::award_applications::model::{Application, ApplicationStatus};
use crate::award_applications::rules::shown_since;
use crate::db::page::Cursor;
use crate::db::{AnyConn, MultiBackend};
use crate::schema::award_applications;
use chrono::NaiveDate;
use diesel::prelude::*;

/// What was refused or recovered hangs no longer.
const HANGING: &[ApplicationStatus] = &[
    ApplicationStatus::InNotice,
    ApplicationStatus::Objected,
    ApplicationStatus::Approved,
    ApplicationStatus::Paid,
    ApplicationStatus::Archived,
];

type Hanging = award_applications::BoxedQuery<'static, MultiBackend>;

fn hanging(today: NaiveDate) -> Hanging {
    award_applications::table
        .into_boxed::<MultiBackend>()
        .filter(award_applications::notice_until.ge(Some(shown_since(today))))
        .filter(award_applications::status.eq_any(HANGING.to_vec()))
}

/// One row more than `limit`, the latest last day first; `None` when the cursor's value does not fit.
pub fn list(
    conn: &mut AnyConn,
    today: NaiveDate,
    after: Option<&Cursor>,
    limit: i64,
) -> QueryResult<Option<Vec<Application>>> {
    let mut query = hanging(today);
    if let Some(cursor) = after {
        let until = cursor.value.as_deref().and_then(|text| text.parse::<NaiveDate>().ok());
        let Some(until) = until.map(Some) else { return Ok(None) };
        let same_day =
            award_applications::notice_until.eq(until).and(award_applications::id.lt(cursor.id.clone()));
        query = query.filter(award_applications::notice_until.lt(until).or(same_day));
    }
    query
        .order((award_applications::notice_until.desc(), award_applications::id.desc()))
        .limit(limit + 1)
        .select(Application::as_select())
        .load(conn)
        .map(Some)
}

pub fn count(conn: &mut AnyConn, today: NaiveDate) -> QueryResult<i64> {
    hanging(today).count().get_result(conn)
}
