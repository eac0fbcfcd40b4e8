//! How the referrers of a project share its award (domain/rules.md, R1, "several referrers"): agreed on by all of them,
//! whole, and frozen when the project has landed.

use crate::accounts::Actor;
use crate::audit::Differences;
use crate::clock;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::filings::forms::SharesBody;
use crate::filings::model::Share;
use crate::filings::view::ReferrerName;
use crate::filings::{queries, rules};
use crate::projects::editing::save;
use crate::projects::model::Project;
use crate::projects::queries::has_landed_once;
use crate::{award_applications, referrers};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// How a project's award is shared.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ReferralShares)]
pub struct SharesView {
    /// The day of the agreement; null while there is none.
    pub agreed_on: Option<NaiveDate>,
    /// In the order of filing.
    pub shares: Vec<ShareView>,
    /// The project has landed once, or its award is applied for: nothing of this changes any more.
    pub frozen: bool,
}

/// A referrer's part.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ReferralShare)]
pub struct ShareView {
    pub referrer: ReferrerName,
    /// Basis points.
    pub share_bp: i64,
}

/// The shares of a project.
pub fn of_project(conn: &mut AnyConn, project: &Project) -> Result<SharesView, AppError> {
    let rows = queries::shares_of(conn, &project.id)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.referrer_id.clone()).collect();
    let names = referrers::queries::of_ids(conn, &ids)?;
    let agreed_on = rows.first().map(|row| row.agreed_on);
    let share = |row: Share| {
        let named = names.iter().find(|one| one.id == row.referrer_id)?;
        let (id, code, name) = (named.id.clone(), named.code.clone(), named.name.clone());
        Some(ShareView { referrer: ReferrerName { id, code, name }, share_bp: row.share_bp })
    };
    Ok(SharesView {
        agreed_on,
        shares: rows.into_iter().filter_map(share).collect(),
        frozen: are_frozen(conn, &project.id)?,
    })
}

/// Whether the shares of a project are settled: it has landed, be its days changed since, or an application is made of them.
fn are_frozen(conn: &mut AnyConn, project: &Id) -> diesel::QueryResult<bool> {
    Ok(has_landed_once(conn, project)? || award_applications::queries::relies_on_filings(conn, project)?)
}

/// Puts an agreement in place of what was there.
///
/// # Errors
/// 409 once they are frozen; 422 at `shares` for what is no whole allocation among those with an open filing, at
/// `agreed_on` for a day in the future.
pub fn put(
    conn: &mut AnyConn,
    actor: &Actor,
    project: Project,
    body: SharesBody,
) -> Result<Project, AppError> {
    if are_frozen(conn, &project.id)? {
        return Err(AppError::Conflict("shares-frozen"));
    }
    let (now, mut errors) = (clock::now(), FieldErrors::default());
    errors.check_day("agreed_on", Some(body.agreed_on));
    if body.agreed_on > clock::china_date(now) && clock::is_credible(body.agreed_on) {
        errors.add("agreed_on", "date-in-future");
    }
    let filings = queries::of_project(conn, &project)?;
    let open = filings.into_iter().filter(|filing| filing.withdrawn_on.is_none());
    let filed: Vec<Id> = open.map(|filing| filing.referrer_id).collect();
    let known = referrers::queries::of_ids(conn, &filed)?;
    let id_of = |named: &str| {
        known.iter().find(|one| one.id.as_str() == named || one.code == named).map(|one| one.id.clone())
    };
    let named: Option<Vec<(Id, i64)>> =
        body.shares.iter().map(|share| Some((id_of(share.referrer_id.trim())?, share.share_bp))).collect();
    let placed =
        named.ok_or(rules::ShareFault::NotFiled).and_then(|shares| rules::allocation(&shares, &filed));
    let placed = placed.unwrap_or_else(|fault| {
        let sum = body.shares.iter().fold(0_i64, |sum, share| sum.saturating_add(share.share_bp));
        errors.add_with("shares", fault.code(), vec![("sum", sum.to_string())]);
        Vec::new()
    });
    errors.into_result()?;
    let before = queries::shares_of(conn, &project.id)?;
    let row = |(referrer_id, share_bp, position): (Id, i64, i64)| Share {
        project_id: project.id.clone(),
        referrer_id,
        position,
        share_bp,
        agreed_on: body.agreed_on,
        by_user: actor.user_id.clone(),
        at: now,
    };
    let shares: Vec<Share> = placed.into_iter().map(row).collect();
    queries::put_shares(conn, &project.id, &shares)?;
    let told = |shares: &[Share]| -> Vec<String> {
        let name = |share: &Share| {
            let code = known.iter().find(|one| one.id == share.referrer_id).map(|one| one.code.as_str());
            format!("{} {}", code.unwrap_or(share.referrer_id.as_str()), percent(share.share_bp))
        };
        shares.iter().map(name).collect()
    };
    let agreed = before.first().map(|share| share.agreed_on);
    let differences = Differences::default().field("referral_shares", &told(&before), &told(&shares)).field(
        "agreed_on",
        &agreed,
        &Some(body.agreed_on),
    );
    save(conn, actor, project, "project.referral_shares", differences, None)
}

/// Basis points as a person reads them: `60%`, `33.34%`.
pub fn percent(share_bp: i64) -> String {
    match (share_bp / 100, share_bp % 100) {
        (whole, 0) => format!("{whole}%"),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}%", part / 10),
        (whole, part) => format!("{whole}.{part:02}%"),
    }
}

/// Basis points from a percentage as a person types it.
pub fn share_bp(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().trim_end_matches(['%', '％']).split_once('.').unwrap_or((text, "0"));
    let whole: i64 = whole.trim().trim_end_matches(['%', '％']).parse().ok()?;
    let part = part.trim();
    let digits = part.len() <= 2 && !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let hundredths: i64 = if digits { format!("{part:0<2}").parse().ok()? } else { return None };
    (0..=100).contains(&whole).then_some(whole * 100 + hundredths)
}

#[cfg(test)]
mod tests {
    use super::{percent, share_bp};

    #[test]
    fn percentages_are_basis_points_both_ways() {
        for (text, bp) in [("60%", 6000), ("33.34%", 3334), ("0.5%", 50), ("100%", 10_000), ("7.05%", 705)] {
            assert_eq!(percent(bp), text);
            assert_eq!(share_bp(text), Some(bp), "{text}");
        }
        assert_eq!(share_bp(" 60 "), Some(6000));
        for wrong in ["", "x", "1.234", "101", "-1", "5.", "60,5"] {
            assert_eq!(share_bp(wrong), None, "{wrong}");
        }
    }
}
