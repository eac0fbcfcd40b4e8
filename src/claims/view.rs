//! A later claim as the API shows it: to a liaison his own report and the answer, never the other lead.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Role};
use crate::app::Tools;
use crate::claims::model::{Claim, Decision};
use crate::claims::queries;
use crate::clock;
use crate::contacts::model::mask_phone;
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::merging::LeadName;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A later claim: a report of what was already registered, and the bureau's answer to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Claim)]
pub struct ClaimView {
    pub id: Id,
    /// When it was reported.
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// The promised day.
    pub answer_due_on: NaiveDate,
    /// Days past that day; null when it is not late, or answered.
    pub late_days: Option<i64>,
    pub report: ReportView,
    /// Null while it waits.
    pub answer: Option<AnswerView>,
    /// What it is about and who claims: not for the liaison.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    #[serde(skip)]
    pub due_days: Option<i64>,
}

/// What was reported; the contact's phone masked.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ClaimReport)]
pub struct ReportView {
    pub title: Option<String>,
    pub investor_name: Option<String>,
    /// A code of `/regions`.
    pub county: Option<String>,
    pub content: Option<String>,
    pub contact_name: Option<String>,
    /// Masked.
    pub contact_phone: Option<String>,
}

/// What the bureau answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Answer)]
pub struct AnswerView {
    pub decision: Decision,
    pub text: String,
    #[serde(with = "clock::rfc3339")]
    pub at: NaiveDateTime,
    /// Who answered; not for the liaison, who hears the bureau.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub by: Option<String>,
}

/// What a claim is about, and who claims.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ClaimAbout)]
pub struct About {
    /// The chamber that claims, by name.
    pub chamber: String,
    /// Without an id when the lead was deleted.
    pub lead: LeadName,
    #[serde(skip)]
    pub lead_title: String,
}

/// Claims as their reader sees them, names looked up once for all.
pub fn list(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    claims: &[Claim],
) -> Result<Vec<ClaimView>, AppError> {
    let own = actor.role == Role::ChamberLiaison;
    let (leads, chambers) = if own {
        Default::default()
    } else {
        (queries::leads_of(conn, claims)?, queries::chambers_of(conn, claims)?)
    };
    let by: Vec<Id> = claims.iter().filter_map(|claim| claim.answered_by.clone()).collect();
    let people = users::names(conn, &by)?;
    let today = clock::today();
    claims
        .iter()
        .map(|claim| {
            let answered = claim.decision.zip(claim.answer.clone()).zip(claim.answered_at);
            let by = people.iter().find(|(id, ..)| Some(id) == claim.answered_by.as_ref());
            let due_days = claim.due_days(today);
            Ok(ClaimView {
                id: claim.id.clone(),
                at: claim.at,
                answer_due_on: claim.answer_due_on,
                late_days: due_days.filter(|days| *days > 0),
                due_days,
                report: report(&claim.report(tools.keys)?),
                answer: answered.map(|((decision, text), at)| AnswerView {
                    decision,
                    text,
                    at,
                    by: by.filter(|_| !own).map(|(_, _, name)| name.clone()),
                }),
                about: leads.get(&claim.lead_id).map(|(code, title, is_there)| About {
                    chamber: chambers.get(&claim.chamber_id).cloned().unwrap_or_default(),
                    lead: LeadName { id: is_there.then(|| claim.lead_id.clone()), code: code.clone() },
                    lead_title: title.clone(),
                }),
            })
        })
        .collect()
}

/// One claim as its reader sees it.
pub fn detail(
    conn: &mut AnyConn,
    tools: Tools<'_>,
    actor: &Actor,
    claim: Claim,
) -> Result<ClaimView, AppError> {
    list(conn, tools, actor, &[claim])?.pop().ok_or(AppError::NotFound)
}

fn report(body: &Value) -> ReportView {
    let text = |path: &str| body.pointer(path).and_then(Value::as_str).map(str::to_owned);
    ReportView {
        title: text("/title"),
        investor_name: text("/investor_name"),
        county: text("/county"),
        content: text("/content"),
        contact_name: text("/contact/name"),
        contact_phone: text("/contact/phone").map(|phone| mask_phone(&phone)),
    }
}
