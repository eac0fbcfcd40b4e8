//! The steps that there are, each with who takes it and what it needs: the table of domain/award-facts.md, "An
//! application's way", as data.

use super::model::ApplicationStatus::{self, *};
use crate::accounts::Role;
use crate::text_enum;

text_enum! {
    /// A duty of which nobody takes two in one application.
    pub enum Duty {
        Creator = "creator",
        CountyReviewer = "county_reviewer",
        BureauReviewer = "bureau_reviewer",
        FinanceReviewer = "finance_reviewer",
        Approver = "approver",
        /// Who confirmed the leading role (主要推动作用) for county or bureau.
        Confirmer = "confirmer",
    }
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Role(Role),
    /// Who drafted it; when he left, another officer of the county in his place (`rules::stands_in`).
    Creator,
    /// Anybody signed in.
    Anyone,
}

/// What a step needs beside who takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Reason,
    /// The frozen result is eligible, by itself or by a ruling.
    Eligible,
    /// Of a referral: investor, county and bureau confirmed the leading role.
    Confirmed,
    /// Where 引荐 and 以企招商 meet, the head decided that this one is paid.
    OverlapDecided,
    /// The overlap was decided against it.
    OverlapRefused,
    /// The notice hangs: its last day is not over.
    NoticeRunning,
    /// The working days of the notice are over.
    NoticeOver,
    /// The treasuries' parts are known.
    Funding,
    Voucher,
    /// The rule is neither suspended nor repealed on this day, by its version or one that took its place.
    InForce,
    /// The rule may be paid on this day.
    Payable,
}

/// A step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub from: ApplicationStatus,
    pub to: ApplicationStatus,
    pub who: Who,
    pub duty: Option<Duty>,
    pub needs: &'static [Need],
}

const fn way(
    from: ApplicationStatus,
    to: ApplicationStatus,
    who: Who,
    duty: Option<Duty>,
    needs: &'static [Need],
) -> Way {
    Way { from, to, who, duty, needs }
}

const COUNTY: Who = Who::Role(Role::CountyOfficer);
const OFFICER: Who = Who::Role(Role::BureauOfficer);
const HEAD: Who = Who::Role(Role::BureauHead);
const FINANCE: Who = Who::Role(Role::FinanceReviewer);
const REASON: &[Need] = &[Need::Reason];

/// Every step; of one status the way on comes first.
pub const WAYS: &[Way] = &[
    way(Draft, Submitted, COUNTY, Some(Duty::Creator), &[]),
    way(Draft, Withdrawn, Who::Creator, None, &[]),
    way(Returned, Submitted, COUNTY, Some(Duty::Creator), &[]),
    way(Returned, Withdrawn, Who::Creator, None, &[]),
    way(Submitted, CountyReviewed, COUNTY, Some(Duty::CountyReviewer), &[]),
    way(Submitted, Returned, COUNTY, Some(Duty::CountyReviewer), REASON),
    way(Submitted, Refused, COUNTY, Some(Duty::CountyReviewer), REASON),
    way(Submitted, Withdrawn, Who::Creator, None, &[]),
    way(
        CountyReviewed,
        BureauReviewed,
        OFFICER,
        Some(Duty::BureauReviewer),
        &[Need::Eligible, Need::Confirmed],
    ),
    way(CountyReviewed, Returned, OFFICER, Some(Duty::BureauReviewer), REASON),
    way(CountyReviewed, Refused, OFFICER, Some(Duty::BureauReviewer), REASON),
    way(BureauReviewed, FinanceReviewed, FINANCE, Some(Duty::FinanceReviewer), &[Need::Eligible]),
    way(BureauReviewed, Returned, FINANCE, Some(Duty::FinanceReviewer), REASON),
    way(BureauReviewed, Refused, FINANCE, Some(Duty::FinanceReviewer), REASON),
    way(FinanceReviewed, InNotice, OFFICER, None, &[]),
    way(
        InNotice,
        Approved,
        HEAD,
        Some(Duty::Approver),
        &[Need::NoticeOver, Need::Eligible, Need::OverlapDecided, Need::InForce],
    ),
    way(InNotice, Objected, Who::Anyone, None, &[Need::NoticeRunning, Need::Reason]),
    // Of two awards of one enterprise the head decided to pay the other: this one ends, with nobody objecting.
    way(InNotice, Refused, HEAD, None, &[Need::OverlapRefused, Need::Reason]),
    way(Objected, InNotice, HEAD, None, &[]),
    way(Objected, Refused, HEAD, None, REASON),
    way(
        Approved,
        Paid,
        FINANCE,
        Some(Duty::FinanceReviewer),
        &[Need::Eligible, Need::Funding, Need::Payable, Need::Voucher],
    ),
    way(Paid, Archived, OFFICER, None, &[]),
    way(Paid, Recovered, HEAD, None, REASON),
];

/// The step from one status to another.
pub fn find(from: ApplicationStatus, to: ApplicationStatus) -> Option<&'static Way> {
    WAYS.iter().find(|way| (way.from, way.to) == (from, to))
}

/// The duty of who took a step; whoever drafted it is its creator.
pub fn duty_of(from: Option<ApplicationStatus>, to: ApplicationStatus) -> Option<Duty> {
    match from {
        None => Some(Duty::Creator),
        Some(from) => find(from, to)?.duty,
    }
}

/// The statuses of an application that nothing comes in the way of, in their order.
pub const TRACK: &[ApplicationStatus] =
    &[Draft, Submitted, CountyReviewed, BureauReviewed, FinanceReviewed, InNotice, Approved, Paid, Archived];
