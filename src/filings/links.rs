//! The private link of a filing: whoever has it sees number, step and day of the referral, without signing in. It holds
//! for 90 days and can be revoked; only a hash of its secret is kept, and neither log nor trail has more.

use crate::accounts::Actor;
use crate::audit::Differences;
use crate::clock;
use crate::confidential::{random_secret, secret_hash};
use crate::db::AnyConn;
use crate::error::AppError;
use crate::filings::editing::{case_of, tell};
use crate::filings::model::{Filing, FilingDecision, Party};
use crate::filings::queries::{self, Link};
use crate::filings::rules::{self, ReferralStep};
use chrono::{Duration, NaiveDate, NaiveDateTime};

/// Days for which a link holds.
pub const DAYS: i64 = 90;

/// Makes a link in place of those that were there; its secret, which is shown this once.
///
/// # Errors
/// 409 for a withdrawn filing.
pub fn make(conn: &mut AnyConn, actor: &Actor, filing: &Filing) -> Result<(String, NaiveDateTime), AppError> {
    if filing.withdrawn_on.is_some() {
        return Err(AppError::Conflict("filing-withdrawn"));
    }
    let (now, secret) = (clock::now(), random_secret());
    let expires_at = now + Duration::days(DAYS);
    queries::revoke_links(conn, &filing.id, now)?;
    let link = Link {
        token_hash: secret_hash(&secret),
        filing_id: filing.id.clone(),
        by_user: actor.user_id.clone(),
        created_at: now,
        expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    queries::insert_link(conn, &link)?;
    let differences = Differences::default().set("expires_on", &clock::china_date(expires_at));
    tell(conn, actor, filing, "filing.link", differences, None)?;
    Ok((secret, expires_at))
}

/// Revokes what opens a filing.
///
/// # Errors
/// 409 when nothing does.
pub fn revoke(conn: &mut AnyConn, actor: &Actor, filing: &Filing) -> Result<(), AppError> {
    if queries::revoke_links(conn, &filing.id, clock::now())? == 0 {
        return Err(AppError::Conflict("no-link"));
    }
    Ok(tell(conn, actor, filing, "filing.unlink", Differences::default(), None)?)
}

/// What a referrer sees of his referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub code: String,
    pub step: ReferralStep,
    pub step_on: NaiveDate,
}

/// What a secret opens, and whether its use is to be noted: nothing for one that never was, is over or was revoked.
pub fn opened(
    conn: &mut AnyConn,
    secret: &str,
    now: NaiveDateTime,
) -> Result<Option<(Progress, bool)>, AppError> {
    let Some(link) = queries::find_live(conn, &secret_hash(secret), now)? else { return Ok(None) };
    let Some(filing) = queries::find(conn, &link.filing_id)? else { return Ok(None) };
    let case = case_of(conn, &filing)?;
    let said = queries::confirmations_of(conn, std::slice::from_ref(&filing.id))?;
    let said: Vec<(Party, FilingDecision, NaiveDate)> =
        said.iter().map(|one| (one.party, one.decision, clock::china_date(one.at))).collect();
    let (step, step_on) = rules::step(filing.filed_on, filing.withdrawn_on, &said, &case.landing);
    let is_due = link.last_used_at.is_none_or(|last| now - last >= Duration::minutes(1));
    Ok(Some((Progress { code: filing.code, step, step_on }, is_due)))
}
