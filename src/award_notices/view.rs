//! A notice as the API shows it: to everybody the same.

use crate::award_applications::model::{Application, ApplicationStatus, Payee};
use crate::award_applications::parties::{self, Party};
use crate::award_applications::queries::filed;
use crate::award_applications::queries::{payees_of, titles_of};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::policies::awards::AwardRule;
use crate::text_enum;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

text_enum! {
    /// How far a notice is.
    pub enum NoticeState {
        /// It runs.
        Running = "running",
        /// Somebody objected; the bureau head decides.
        Objected = "objected",
        /// Its last day is over.
        Over = "over",
    }
}

/// A public notice of an award.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AwardNotice)]
pub struct NoticeView {
    /// Of the application: it is objected to at its `/transitions`.
    pub id: Id,
    /// Of the application, such as `JL-2026-0001`.
    pub code: String,
    /// The project's title.
    pub project: String,
    /// A code of `/regions`.
    pub county: String,
    pub rule: AwardRule,
    pub payees: Vec<NoticePayee>,
    /// Of all payees together, in fen.
    pub amount_fen: i64,
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    pub state: NoticeState,
    /// Whether it can be objected to now.
    pub open: bool,
}

/// Who is to be paid.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoticePayee {
    pub name: String,
    /// Of a team, by name: those members who are paid, and nobody else.
    pub members: Vec<String>,
    /// In fen.
    pub amount_fen: i64,
}

/// Applications as notices, names looked up once for all.
pub fn list(
    conn: &mut AnyConn,
    today: NaiveDate,
    applications: Vec<Application>,
) -> Result<Vec<NoticeView>, AppError> {
    let titles = titles_of(conn, &applications)?;
    let ids: Vec<Id> = applications.iter().map(|one| one.id.clone()).collect();
    let mut payees = payees_of(conn, &ids)?;
    let referrers: Vec<Id> = payees.values().flatten().filter_map(|one| one.referrer_id.clone()).collect();
    let known = filed::referrers_of(conn, &referrers)?;
    let members = filed::paid_members_of(conn, &referrers)?;
    let named = |frozen: Option<&Party>, payee: Payee| {
        let amount_fen = payee.payout_fen.unwrap_or_default();
        if let Some(Party { name, members, .. }) = frozen.cloned() {
            return NoticePayee { name, members, amount_fen };
        }
        let of_register = payee.referrer_id.as_ref().and_then(|id| known.get(id)).map(|known| &known.name);
        NoticePayee {
            name: of_register.cloned().or(payee.organisation).unwrap_or_default(),
            members: payee.referrer_id.and_then(|id| members.get(&id).cloned()).unwrap_or_default(),
            amount_fen,
        }
    };
    let all_named = |one: &Application, payees: Vec<Payee>| {
        let frozen = one.frozen_parties().map(|parties| parties.payees.as_slice()).unwrap_or_default();
        payees.into_iter().enumerate().map(|(at, payee)| named(frozen.get(at), payee)).collect()
    };
    let view = |one: Application| NoticeView {
        project: parties::title(
            &one,
            titles.get(&one.project_id).map(|(_, title)| title.clone()).unwrap_or_default(),
        ),
        payees: all_named(&one, payees.remove(&one.id).unwrap_or_default()),
        state: state(&one, today),
        open: one.status == ApplicationStatus::InNotice && state(&one, today) == NoticeState::Running,
        id: one.id,
        code: one.code,
        county: one.county,
        rule: one.rule,
        amount_fen: one.amount_fen,
        from: one.notice_from,
        until: one.notice_until,
    };
    Ok(applications.into_iter().map(view).collect())
}

fn state(application: &Application, today: NaiveDate) -> NoticeState {
    match application.status {
        ApplicationStatus::Objected => NoticeState::Objected,
        _ if application.notice_until.is_some_and(|until| today <= until) => NoticeState::Running,
        _ => NoticeState::Over,
    }
}
