//! Reports of the demonstration's liaison: one that is late, one that he is asked about, one that he answered.

use super::people::People;
use super::rows;
use crate::app::Ground;
use crate::clock;
use crate::db::AnyConn;
use crate::error::AppError;
use crate::leads::forms::{ContactBody, LeadBody, LeadInput};
use crate::leads::queries;
use crate::leads::registration::{FromLedger, register};
use crate::questions::answering::{QuestionAnswerBody, answer};
use crate::questions::asking::{QuestionBody, ask};
use crate::web::precondition::IfMatch;
use chrono::{Duration, NaiveDate};
use serde::Deserialize;

#[derive(Deserialize)]
struct ReportRow {
    title: String,
    investor: String,
    county: String,
    industry: String,
    content: String,
    contact: String,
    phone: String,
    days_ago: i64,
    question: String,
    answer: String,
}

pub(super) fn add(
    conn: &mut AnyConn,
    ground: &Ground,
    people: &People,
    today: NaiveDate,
) -> Result<(), AppError> {
    let liaison = people.staff.get("liaison").ok_or_else(|| anyhow::anyhow!("no liaison"))?;
    for row in rows::<ReportRow>("reports.csv")? {
        let body = LeadBody {
            title: Some(row.title),
            investor_name: Some(row.investor),
            county: Some(row.county),
            industry: Some(row.industry),
            content: Some(row.content),
            contact: Some(ContactBody {
                name: Some(row.contact),
                phone: Some(row.phone),
                ..ContactBody::default()
            }),
            ..LeadBody::default()
        };
        let input = LeadInput::check(body, liaison, &ground.reference, today)?;
        let mut lead = register(conn, ground.tools(), liaison, input, FromLedger::default())?;
        lead.received_at = clock::now() - Duration::days(row.days_ago);
        lead.registered_on = today - Duration::days(row.days_ago);
        let lead = queries::update(conn, lead, clock::now())?.ok_or(AppError::NotFound)?;
        if row.question.is_empty() {
            continue;
        }
        let body = QuestionBody { text: row.question };
        let (question, _) =
            ask(conn, ground.tools(), &people.officer, lead.id.as_str(), IfMatch::Missing, &body)?;
        if !row.answer.is_empty() {
            let body = QuestionAnswerBody { text: row.answer };
            answer(conn, liaison, lead.id.as_str(), question.id.as_str(), IfMatch::Missing, &body)?;
        }
    }
    Ok(())
}
