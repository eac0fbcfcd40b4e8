//! Who is paid: as entered, as agreed at the project, or the enterprise itself; never who works on awards.

use super::facts::Missing;
use super::model::{ApplicationStatus, Payee};
use super::policy;
use super::queries::filed;
use crate::accounts::{Actor, Role};
use crate::awards::shared;
use crate::db::{AnyConn, Id};
use crate::error::{AppError, FieldErrors};
use crate::fields;
use crate::policies::awards::{AwardRule, Rounding};
use crate::projects::model::Project;
use crate::reference::Reference;
use crate::referrers;
use crate::referrers::model::ReferrerKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// The whole, in basis points.
const WHOLE_BP: i64 = 10_000;
/// Why a team is not submitted.
pub const NO_MEMBERS: &str = "award-payee-no-members";
/// Payees of one application at most.
const MOST: usize = 50;

/// A payee as entered: a referrer of the register, or an organisation by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AwardPayeeEntry)]
pub struct PayeeBody {
    /// Id or code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referrer_id: Option<String>,
    /// In the place of `referrer_id`, never beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub organisation: Option<String>,
    /// Basis points; all together 10,000.
    #[schema(minimum = 1, maximum = 10000)]
    pub share_bp: i64,
}

/// The payees of an application. Left out, they are those whose shares were agreed at the project, or the enterprise
/// itself where the award is its own.
///
/// # Errors
/// 422 by payee; 422 at `payees` when the shares do not make the whole, or are others than those agreed.
pub fn resolve(
    conn: &mut AnyConn,
    reference: &Reference,
    actor: &Actor,
    application: &Id,
    project: &Project,
    rule: AwardRule,
    given: Option<Vec<PayeeBody>>,
) -> Result<Vec<Payee>, AppError> {
    let agreed = if rule == AwardRule::Referral { filed::shares_of(conn, &project.id)? } else { Vec::new() };
    let payee = |referrer_id: Option<Id>, organisation: Option<String>, share_bp: i64| Payee {
        application_id: application.clone(),
        position: 0,
        referrer_id,
        organisation,
        share_bp,
        payout_fen: None,
    };
    let mut payees = match given.filter(|given| !given.is_empty()) {
        Some(given) => entered(conn, actor, rule, given, payee)?,
        None if !agreed.is_empty() => {
            agreed.iter().map(|(id, share)| payee(Some(id.clone()), None, *share)).collect()
        }
        None => own(project, rule, reference)
            .map(|name| vec![payee(None, Some(name), WHOLE_BP)])
            .unwrap_or_default(),
    };
    if !agreed.is_empty() {
        let of = |payees: &[Payee]| -> BTreeSet<(Option<Id>, i64)> {
            payees.iter().map(|payee| (payee.referrer_id.clone(), payee.share_bp)).collect()
        };
        let wanted = agreed.iter().map(|(id, share)| (Some(id.clone()), *share)).collect();
        if of(&payees) != wanted {
            return Err(AppError::invalid("payees", "award-payees-differ"));
        }
        let place = |payee: &Payee| agreed.iter().position(|(id, _)| Some(id) == payee.referrer_id.as_ref());
        payees.sort_by_key(place);
    } else if rule == AwardRule::Referral {
        let filings = filed::of_project(conn, project)?;
        let place = |payee: &Payee| {
            let first = filings.iter().position(|one| Some(&one.referrer_id) == payee.referrer_id.as_ref());
            first.unwrap_or(usize::MAX)
        };
        payees.sort_by_key(place);
    }
    for (at, payee) in payees.iter_mut().enumerate() {
        payee.position = i64::try_from(at).unwrap_or(i64::MAX);
    }
    refuse(&faults(conn, rule, &payees, ApplicationStatus::Draft)?)?;
    Ok(payees)
}

/// Who would be paid if a project were applied for now: as agreed, the one who filed alone, or the enterprise itself.
pub fn assumed(
    project: &Project,
    rule: AwardRule,
    reference: &Reference,
    agreed: &[(Id, i64)],
    filings: &[filed::Filing],
) -> Vec<Payee> {
    let payee = |at: usize, referrer_id: Option<Id>, organisation: Option<String>, share_bp: i64| Payee {
        application_id: project.id.clone(),
        position: i64::try_from(at).unwrap_or(i64::MAX),
        referrer_id,
        organisation,
        share_bp,
        payout_fen: None,
    };
    if rule == AwardRule::Referral {
        return match filings {
            // A referrer has two filings where two leads that he brought were merged.
            [one, more @ ..]
                if agreed.is_empty() && more.iter().all(|other| other.referrer_id == one.referrer_id) =>
            {
                vec![payee(0, Some(one.referrer_id.clone()), None, WHOLE_BP)]
            }
            _ => agreed
                .iter()
                .enumerate()
                .map(|(at, (id, share))| payee(at, Some(id.clone()), None, *share))
                .collect(),
        };
    }
    own(project, rule, reference).map(|name| vec![payee(0, None, Some(name), WHOLE_BP)]).unwrap_or_default()
}

/// Kinds of referrers whom a rule pays by the plan's words: whoever brought the project or found the workers, the county
/// itself, or an enterprise.
fn kinds(rule: AwardRule) -> &'static [ReferrerKind] {
    match rule {
        AwardRule::Referral | AwardRule::JobAgency => ReferrerKind::ALL,
        AwardRule::Enclave | AwardRule::ParkInfrastructure => &[],
        _ => &[ReferrerKind::Enterprise, ReferrerKind::Agency],
    }
}

/// The enterprise of the project, an enclave's county, or the county whose parks are subsidised: whose award it is by the
/// plan's words.
fn own(project: &Project, rule: AwardRule, reference: &Reference) -> Option<String> {
    match rule {
        AwardRule::Referral | AwardRule::EnterpriseReferral => None,
        AwardRule::Enclave => {
            project.enclave_county.as_deref().map(|county| reference.region_name(county, "zh-CN").to_owned())
        }
        AwardRule::ParkInfrastructure => Some(reference.region_name(&project.county, "zh-CN").to_owned()),
        _ => Some(project.project_company.clone().unwrap_or_else(|| project.investor_name.clone())),
    }
}

fn entered(
    conn: &mut AnyConn,
    actor: &Actor,
    rule: AwardRule,
    given: Vec<PayeeBody>,
    payee: impl Fn(Option<Id>, Option<String>, i64) -> Payee,
) -> Result<Vec<Payee>, AppError> {
    let mut errors = FieldErrors::default();
    if given.len() > MOST {
        errors.add_with("payees", "award-payees-too-many", vec![("max", MOST.to_string())]);
        errors.into_result()?;
        return Ok(Vec::new());
    }
    let mut payees: Vec<Payee> = Vec::new();
    for (at, one) in given.into_iter().enumerate() {
        let field = format!("payees[{at}].referrer_id");
        if !(1..=WHOLE_BP).contains(&one.share_bp) {
            errors.add(format!("payees[{at}].share_bp"), "award-share-out-of-range");
        }
        let mut found = None;
        let organisation = fields::line(&mut errors, "payees", one.organisation);
        if one.referrer_id.is_some() && organisation.is_some() {
            errors.add(format!("payees[{at}].organisation"), "award-payee-both");
        }
        match &one.referrer_id {
            Some(named) => {
                found = referrers::queries::find_visible(conn, actor, named.trim())?.map(|known| known.id);
                if found.is_none() {
                    errors.add(field.clone(), "unknown-referrer");
                }
            }
            // 引荐 is paid to who filed: one of the register.
            None if organisation.is_none() || rule == AwardRule::Referral => {
                errors.add(field.clone(), "required");
            }
            None => {}
        }
        if found.is_some() && payees.iter().any(|other| other.referrer_id == found) {
            errors.add(field, "award-payee-twice");
        }
        payees.push(payee(found, organisation, one.share_bp));
    }
    let sum: i64 = payees.iter().map(|payee| payee.share_bp).fold(0, i64::saturating_add);
    if errors.is_empty() && sum != WHOLE_BP {
        errors.add_with("payees", "shares-not-whole", vec![("sum", sum.to_string())]);
    }
    errors.into_result()?;
    Ok(payees)
}

/// Why several payees of a referral cannot share it: they agree at the project, by a signed agreement (domain/rules.md,
/// R1, "several referrers"), and an application decides nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unshared {
    /// They have yet to agree.
    ToAgree,
    /// They agreed on nothing before the project landed, and nobody agrees any more.
    NeverAgreed,
    /// Others agreed, or on other shares.
    Differ,
}

impl Unshared {
    /// The code of the fault, at `payees`.
    pub fn code(self) -> &'static str {
        match self {
            Unshared::ToAgree => "award-shares-to-agree",
            Unshared::NeverAgreed => "award-shares-not-agreed",
            Unshared::Differ => "award-payees-differ",
        }
    }

    /// What there is to do, and on which page. `own`: that of the application.
    pub fn missing(self, project: &Id, own: &str) -> Missing {
        let (fact, href) = match self {
            Unshared::ToAgree => ("referral_shares", format!("/projects/{project}/referral-shares")),
            Unshared::NeverAgreed => ("one_payee", own.to_owned()),
            Unshared::Differ => ("payees_as_agreed", own.to_owned()),
        };
        Missing { fact: fact.to_owned(), href }
    }
}

/// Whether the payees of a referral share it as they agreed. `has_landed`: whether the project has at any time.
pub fn unshared(payees: &[Payee], agreed: &[(Id, i64)], has_landed: bool) -> Option<Unshared> {
    let named: BTreeSet<(Option<&Id>, i64)> =
        payees.iter().map(|payee| (payee.referrer_id.as_ref(), payee.share_bp)).collect();
    if !agreed.is_empty() {
        let is_agreed = named == agreed.iter().map(|(id, share)| (Some(id), *share)).collect();
        return (!is_agreed && !payees.is_empty()).then_some(Unshared::Differ);
    }
    (payees.len() > 1).then_some(if has_landed { Unshared::NeverAgreed } else { Unshared::ToAgree })
}

/// Why a payee is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayeeFault {
    /// His place among the payees.
    pub at: usize,
    pub code: &'static str,
}

/// What stands against a step with these payees: nobody is paid who works on awards, and no liaison in person. A team has
/// members before it is submitted. When a referral comes nearer to its money, no public employee is among them and nobody
/// who has yet to declare it (domain/rules.md, R1): what was declared at the submission may have changed since.
pub fn faults(
    conn: &mut AnyConn,
    rule: AwardRule,
    payees: &[Payee],
    to: ApplicationStatus,
) -> Result<Vec<PayeeFault>, AppError> {
    use ApplicationStatus::*;
    let is_nearer =
        matches!(to, CountyReviewed | BureauReviewed | FinanceReviewed | InNotice | Approved | Paid);
    let ids: Vec<Id> = payees.iter().filter_map(|payee| payee.referrer_id.clone()).collect();
    let known = filed::referrers_of(conn, &ids)?;
    let users: Vec<Id> = known.values().filter_map(|known| known.user_id.clone()).collect();
    let roles = filed::roles_of(conn, &users)?;
    let mut found = Vec::new();
    for (at, payee) in payees.iter().enumerate() {
        let Some(referrer) = payee.referrer_id.as_ref().and_then(|id| known.get(id)) else { continue };
        let mut add = |code| found.push(PayeeFault { at, code });
        let role = referrer.user_id.as_ref().and_then(|id| roles.get(id));
        // A chamber is paid as an organisation, whoever of it is a user.
        let is_liaison = role == Some(&Role::ChamberLiaison) && referrer.is_chamber;
        if role.is_some_and(|role| policy::is_never_paid(*role)) && !is_liaison {
            add("award-payee-never");
        }
        if !kinds(rule).contains(&referrer.kind) {
            add("award-payee-kind");
        }
        if referrer.lacks_members && to == Submitted {
            add(NO_MEMBERS);
        }
        match referrer.public_employee {
            Some(true) if rule == AwardRule::Referral && is_nearer => add("award-payee-public-employee"),
            None if rule == AwardRule::Referral && is_nearer => add("award-payee-undeclared"),
            _ => {}
        }
    }
    Ok(found)
}

/// That there is nothing of it.
///
/// # Errors
/// 422 by payee.
pub fn refuse(faults: &[PayeeFault]) -> Result<(), AppError> {
    let mut errors = FieldErrors::default();
    for fault in faults {
        errors.add(format!("payees[{}].referrer_id", fault.at), fault.code);
    }
    errors.into_result()
}

/// The payees with what each gets: as the engine shared it out, or by their shares.
pub fn paid(payees: Vec<Payee>, amount: i64, shared_out: Option<&[i64]>) -> Vec<Payee> {
    let shares: Vec<i64> = payees.iter().map(|payee| payee.share_bp).collect();
    let parts = match shared_out {
        Some(parts) if parts.len() == payees.len() => parts.to_vec(),
        _ => shared(amount, &shares, 0, Rounding::Yuan),
    };
    let part = |(payee, fen): (Payee, i64)| Payee { payout_fen: Some(fen), ..payee };
    payees.into_iter().zip(parts).map(part).collect()
}
