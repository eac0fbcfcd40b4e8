//! Whether a step may be taken, and what follows for money and notice: pure, with the day passed in.

use super::model::ApplicationStatus;
use super::ways::{Duty, Need, WAYS, Way, Who, duty_of, find};
use crate::accounts::Role;
use crate::db::Id;
use crate::policies::awards::Compliance;
use crate::reference::Calendar;
use chrono::{Days, NaiveDate};

/// Working days that a public notice lasts, after the day on which it was put up.
pub const NOTICE_WORKING_DAYS: u32 = 5;
/// Calendar days after its end at which a notice comes down.
const SHOWN_AFTER_DAYS: u64 = 30;

/// What an overlap of 引荐 and 以企招商 came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    None,
    Undecided,
    Accepted,
    Refused,
}

/// What is known of an application when somebody wants to take a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    pub status: ApplicationStatus,
    pub county: String,
    pub created_by: Id,
    /// Its creator's account is disabled, or no longer that of an officer of the county.
    pub creator_left: bool,
    /// Who took which duty so far, confirmers among them.
    pub taken: Vec<(Id, Duty)>,
    /// Users who are payees themselves.
    pub own: Vec<Id>,
    pub eligible: bool,
    pub confirmed: bool,
    pub overlap: Overlap,
    pub funded: bool,
    pub payable: bool,
    /// The rule is suspended or repealed: nothing of it is approved or paid.
    pub stopped: bool,
    pub notice_until: Option<NaiveDate>,
}

/// Who wants to take it.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    pub id: &'a Id,
    pub role: Role,
    pub region: Option<&'a str>,
}

/// What he says with it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub reason: bool,
    pub voucher: bool,
    pub today: NaiveDate,
}

/// Why a step is not to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The role takes no step to there.
    Role,
    /// It does, but from where it stands now others do.
    OfOthers,
    /// Somebody took it already.
    Done,
    /// Not from where it stands.
    Impossible,
    NotCreator,
    /// He has another duty in it already.
    TwoDuties(Duty),
    /// He would be paid by it.
    OwnAward,
    ReasonMissing,
    VoucherMissing,
    NotEligible,
    NotConfirmed,
    OverlapUndecided,
    OverlapRefused,
    NoticeRuns,
    NoticeOver,
    FundingMissing,
    NotPayable,
    Stopped,
}

impl Denied {
    /// Names the message `fault-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Denied::Role => "role",
            Denied::OfOthers => "award-step-of-others",
            Denied::Done => "award-step-done",
            Denied::Impossible => "award-step-impossible",
            Denied::NotCreator => "award-not-creator",
            Denied::TwoDuties(_) => "award-two-duties",
            Denied::OwnAward => "award-own",
            Denied::ReasonMissing => "reason-required",
            Denied::VoucherMissing => "required",
            Denied::NotEligible => "award-not-eligible",
            Denied::NotConfirmed => "award-not-confirmed",
            Denied::OverlapUndecided => "award-overlap-undecided",
            Denied::OverlapRefused => "award-overlap-refused",
            Denied::NoticeRuns => "award-notice-runs",
            Denied::NoticeOver => "award-notice-over",
            Denied::FundingMissing => "award-funding-missing",
            Denied::NotPayable => "award-not-payable",
            Denied::Stopped => "award-rule-stopped",
        }
    }
}

/// Whether the step may be taken: who he is first, then where the application stands, then what it needs.
///
/// # Errors
/// The first reason against it.
pub fn check(
    case: &Case,
    asker: Asker<'_>,
    to: ApplicationStatus,
    said: Said,
) -> Result<&'static Way, Denied> {
    let mine = |way: &&Way| match way.who {
        Who::Role(role) => role == asker.role,
        // Only county officers draft.
        Who::Creator => asker.role == Role::CountyOfficer,
        Who::Anyone => true,
    };
    if !WAYS.iter().filter(|way| way.to == to).any(|way| mine(&way)) {
        return Err(Denied::Role);
    }
    if case.status == to {
        return Err(Denied::Done);
    }
    let way = find(case.status, to).ok_or(Denied::Impossible)?;
    if !mine(&way) {
        return Err(Denied::OfOthers);
    }
    if asker.role == Role::CountyOfficer && way.who != Who::Anyone && asker.region != Some(&case.county) {
        return Err(Denied::Role);
    }
    if way.who == Who::Creator && *asker.id != case.created_by {
        if !stands_in(case) {
            return Err(Denied::NotCreator);
        }
        fulfilled(case, Need::Reason, said)?;
    }
    if let Some(duty) = way.duty {
        separate(case, asker.id, duty)?;
    }
    for need in way.needs {
        fulfilled(case, *need, said)?;
    }
    Ok(way)
}

/// Whether another officer of the county withdraws in its creator's place, with a reason: the creator left, and nobody has
/// it to review, who could refuse it. It is no duty: what is withdrawn pays nobody.
fn stands_in(case: &Case) -> bool {
    case.creator_left && matches!(case.status, ApplicationStatus::Draft | ApplicationStatus::Returned)
}

/// Whether he may take a duty: none of it is his own award, and he has no other in it (不相容岗位分离).
///
/// # Errors
/// `OwnAward` or `TwoDuties`.
pub fn separate(case: &Case, user: &Id, duty: Duty) -> Result<(), Denied> {
    if case.own.contains(user) {
        return Err(Denied::OwnAward);
    }
    match case.taken.iter().find(|(by, taken)| by == user && *taken != duty) {
        Some((_, taken)) => Err(Denied::TwoDuties(*taken)),
        None => Ok(()),
    }
}

fn fulfilled(case: &Case, need: Need, said: Said) -> Result<(), Denied> {
    let (is, denied) = match need {
        Need::Reason => (said.reason, Denied::ReasonMissing),
        Need::Voucher => (said.voucher, Denied::VoucherMissing),
        Need::Eligible => (case.eligible, Denied::NotEligible),
        Need::Confirmed => (case.confirmed, Denied::NotConfirmed),
        Need::OverlapDecided => match case.overlap {
            Overlap::None | Overlap::Accepted => (true, Denied::OverlapUndecided),
            Overlap::Undecided => (false, Denied::OverlapUndecided),
            Overlap::Refused => (false, Denied::OverlapRefused),
        },
        Need::OverlapRefused => (case.overlap == Overlap::Refused, Denied::Impossible),
        // The last day of the notice belongs to it.
        Need::NoticeRunning => {
            (case.notice_until.is_none_or(|until| said.today <= until), Denied::NoticeOver)
        }
        Need::NoticeOver => (case.notice_until.is_some_and(|until| said.today > until), Denied::NoticeRuns),
        Need::Funding => (case.funded, Denied::FundingMissing),
        Need::InForce => (!case.stopped, Denied::Stopped),
        Need::Payable if case.stopped => (false, Denied::Stopped),
        Need::Payable => (case.payable, Denied::NotPayable),
    };
    if is { Ok(()) } else { Err(denied) }
}

/// Who took which duty, by the steps that were taken.
pub fn duties<'a>(
    steps: impl Iterator<Item = (Option<ApplicationStatus>, ApplicationStatus, &'a Id)>,
) -> Vec<(Id, Duty)> {
    steps.filter_map(|(from, to, by)| Some((by.clone(), duty_of(from, to)?))).collect()
}

/// First and last day of a notice that is put up on a day.
pub fn notice(calendar: &Calendar, from: NaiveDate) -> (NaiveDate, NaiveDate) {
    (from, calendar.add(from, NOTICE_WORKING_DAYS))
}

/// The last day of the oldest notices that still hang: each comes down 30 days after it ended.
pub fn shown_since(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(SHOWN_AFTER_DAYS)).unwrap_or(today)
}

/// Whether a rule of this status on a day may be paid; under review only with an accepted review on record.
pub fn is_payable(compliance: Option<Compliance>, review_accepted: Option<bool>) -> bool {
    match compliance {
        Some(Compliance::InForce) => review_accepted != Some(false),
        Some(Compliance::UnderReview) => review_accepted == Some(true),
        Some(Compliance::Suspended | Compliance::Repealed) | None => false,
    }
}
