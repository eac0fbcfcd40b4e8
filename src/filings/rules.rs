//! What is to be said of a filing (domain/rules.md, R1; domain/award-facts.md): pure, over facts.

use crate::accounts::Role;
use crate::companies::identity::{Identity, Match, same_company};
use crate::db::Id;
use crate::filings::model::{FilingDecision, Party};
use crate::projects::rules::{LandingFacts, landed_on};
use crate::referrers::model::{OfficialTie, ReferrerKind};
use crate::text_enum;
use chrono::NaiveDate;

text_enum! {
    /// What was found about a filing.
    pub enum Finding {
        /// The referrer is the investor.
        InvestorHimself = "investor_himself",
        /// He declared that a payee is a public employee (机关事业单位公职人员).
        PublicEmployee = "public_employee",
        /// A member who is paid is one.
        PayeePublicEmployee = "payee_public_employee",
        /// Nobody declared yet that no payee is one.
        Undeclared = "undeclared",
        /// A member who is paid did not declare it.
        PayeeUndeclared = "payee_undeclared",
        /// A user with an official role, in person.
        Official = "official",
        /// Of the same name or phone as one.
        PossiblyOfficial = "possibly_official",
        /// A user who oversees or approves: the federation, the auditor, the leading group, the approvals office.
        OfficialRole = "official_role",
        /// A chamber's liaison, in person; his chamber could be paid.
        Liaison = "liaison",
        /// Another filing of the case, or another member, has the same number.
        SamePerson = "same_person",
        /// Filed after the formal contract was signed.
        AfterSigning = "after_signing",
        /// Of a day before the signing, but entered after it.
        EnteredAfterSigning = "entered_after_signing",
        /// Entered days after the day that it names.
        EnteredLater = "entered_later",
        /// An agency whose agreement is missing, or does not cover the day of filing.
        NoAgreement = "no_agreement",
        /// The investor's confirmation was entered, and no paper of it.
        NoLetter = "no_letter",
        /// He is, or a member who is paid is, of a state enterprise, a retired cadre, or a public employee's relative.
        StateEnterprise = "state_enterprise",
        RetiredCadre = "retired_cadre",
        Relative = "relative",
        /// The chamber that brought the lead says otherwise.
        ChamberContests = "chamber_contests",
    }
}

text_enum! {
    /// What follows of a finding.
    pub enum Weight {
        /// Nothing is paid while it stands.
        Blocks = "blocks",
        /// Somebody has to rule on it (待裁定) before anything is paid.
        Ruling = "ruling",
        /// Whoever reviews should know.
        Warning = "warning",
    }
}

impl Finding {
    pub fn weight(self) -> Weight {
        use Finding::*;
        match self {
            PublicEmployee | PayeePublicEmployee | Undeclared | PayeeUndeclared | Official | Liaison => {
                Weight::Blocks
            }
            InvestorHimself | AfterSigning | OfficialRole => Weight::Ruling,
            PossiblyOfficial | SamePerson | EnteredAfterSigning | EnteredLater | NoAgreement | NoLetter
            | StateEnterprise | RetiredCadre | Relative | ChamberContests => Weight::Warning,
        }
    }
}

impl From<OfficialTie> for Finding {
    fn from(tie: OfficialTie) -> Self {
        match tie {
            OfficialTie::StateEnterprise => Finding::StateEnterprise,
            OfficialTie::RetiredCadre => Finding::RetiredCadre,
            OfficialTie::Relative => Finding::Relative,
        }
    }
}

/// A finding, whom it is about, and how many days it is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub finding: Finding,
    pub who: Option<String>,
    pub days: Option<i64>,
}

/// What tells a person or firm apart: hashes of numbers, never the numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    pub identity_hash: Option<String>,
    pub account_hash: Option<String>,
    pub uscc: Option<String>,
}

impl Numbers {
    fn has_one_of(&self, other: &Numbers) -> bool {
        let same = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        same(&self.identity_hash, &other.identity_hash)
            || same(&self.account_hash, &other.account_hash)
            || same(&self.uscc, &other.uscc)
    }
}

/// A member who has not left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberFacts {
    pub id: Id,
    pub name: String,
    pub is_payee: bool,
    pub public_employee: Option<bool>,
    pub official_tie: Option<OfficialTie>,
    pub numbers: Numbers,
    /// As a company is told apart: an investor may be a person.
    pub identity: Identity,
}

/// A referrer as far as conflicts go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferrerFacts {
    pub id: Id,
    pub code: String,
    pub name: String,
    pub kind: ReferrerKind,
    /// As a company is told apart.
    pub identity: Identity,
    pub numbers: Numbers,
    /// Digits.
    pub phone: Option<String>,
    pub public_employee: Option<bool>,
    pub official_tie: Option<OfficialTie>,
    /// Whether it is a chamber, as an organisation.
    pub is_chamber: bool,
    /// The role of the user that it is.
    pub user_role: Option<Role>,
    /// The agreement's days, where there is one; open at an end that is not said.
    pub agreement: Option<(Option<NaiveDate>, Option<NaiveDate>)>,
    pub members: Vec<MemberFacts>,
}

/// A user with an official role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    pub name: String,
    pub phone: Option<String>,
}

/// What is known of a filing and its case.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    pub referrer: &'a ReferrerFacts,
    /// Other referrers with an open filing of the case.
    pub others: Vec<&'a ReferrerFacts>,
    /// The investor, and the project's company.
    pub investors: Vec<Identity>,
    pub officials: &'a [Official],
    pub filed_on: NaiveDate,
    pub received_on: NaiveDate,
    /// Of the formal contract.
    pub signed_on: Option<NaiveDate>,
    /// The investor's confirmation is entered, and no paper of the filing proves it.
    pub lacks_letter: bool,
    pub chamber_contests: bool,
}

/// Roles whose users cannot be paid (domain/award-facts.md: bureau, county, finance, admin).
pub fn is_official(role: Role) -> bool {
    role.is_bureau()
        || matches!(role, Role::CountyOfficer | Role::CountyLeader | Role::FinanceReviewer | Role::Admin)
}

/// Everything that speaks against a payment, or that whoever reviews should know; the gravest first.
pub fn findings(facts: &Facts<'_>) -> Vec<Found> {
    let referrer = facts.referrer;
    let mut found = Vec::new();
    let mut add = |finding, who: Option<&str>, days| {
        found.push(Found { finding, who: who.map(str::to_owned), days });
    };
    let payees = || referrer.members.iter().filter(|member| member.is_payee);
    match referrer.public_employee {
        Some(true) => add(Finding::PublicEmployee, None, None),
        None => add(Finding::Undeclared, None, None),
        Some(false) => {}
    }
    for member in payees() {
        match member.public_employee {
            Some(true) => add(Finding::PayeePublicEmployee, Some(&member.name), None),
            None => add(Finding::PayeeUndeclared, Some(&member.name), None),
            Some(false) => {}
        }
    }
    if let Some(tie) = referrer.official_tie {
        add(tie.into(), None, None);
    }
    for member in payees() {
        if let Some(tie) = member.official_tie {
            add(tie.into(), Some(&member.name), None);
        }
    }
    let is_in_person = !referrer.is_chamber;
    if is_in_person && referrer.user_role.is_some_and(is_official) {
        add(Finding::Official, None, None);
    } else if is_in_person && referrer.user_role.is_some_and(|role| role != Role::ChamberLiaison) {
        // Whoever oversees or approves is not barred by the rules, and has an official role all the same.
        add(Finding::OfficialRole, None, None);
    } else if is_in_person {
        let named = |name: &str| facts.officials.iter().any(|official| official.name == name);
        let phoned = |phone: &str| facts.officials.iter().any(|one| one.phone.as_deref() == Some(phone));
        if named(&referrer.name) || referrer.phone.as_deref().is_some_and(phoned) {
            add(Finding::PossiblyOfficial, None, None);
        }
        for member in payees().filter(|member| named(&member.name)) {
            add(Finding::PossiblyOfficial, Some(&member.name), None);
        }
    }
    if is_in_person && referrer.user_role == Some(Role::ChamberLiaison) {
        add(Finding::Liaison, None, None);
    }
    let is_investor = |one: &Identity| {
        facts.investors.iter().any(|investor| same_company(one, investor) != Match::Different)
    };
    if is_investor(&referrer.identity) {
        add(Finding::InvestorHimself, None, None);
    }
    for member in payees().filter(|member| is_investor(&member.identity)) {
        add(Finding::InvestorHimself, Some(&member.name), None);
    }
    if facts.signed_on.is_some_and(|signed_on| facts.filed_on > signed_on) {
        add(Finding::AfterSigning, None, None);
    } else if facts.signed_on.is_some_and(|signed_on| facts.received_on > signed_on) {
        add(Finding::EnteredAfterSigning, None, None);
    }
    if facts.received_on > facts.filed_on {
        add(Finding::EnteredLater, None, Some((facts.received_on - facts.filed_on).num_days()));
    }
    for code in same_persons(referrer, &facts.others) {
        add(Finding::SamePerson, Some(&code), None);
    }
    if referrer.kind == ReferrerKind::Agency && !is_covered(referrer, facts.filed_on) {
        add(Finding::NoAgreement, None, None);
    }
    if facts.lacks_letter {
        add(Finding::NoLetter, None, None);
    }
    if facts.chamber_contests {
        add(Finding::ChamberContests, None, None);
    }
    found.sort_by_key(|found| found.finding.weight());
    found
}

/// Names of members, and codes of other referrers, with a number that this referrer or another member has.
fn same_persons(referrer: &ReferrerFacts, others: &[&ReferrerFacts]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, member) in referrer.members.iter().enumerate() {
        let before = referrer.members.iter().take(at).map(|other| &other.numbers);
        if before.chain([&referrer.numbers]).any(|numbers| member.numbers.has_one_of(numbers)) {
            found.push(member.name.clone());
        }
    }
    let all = |one: &ReferrerFacts| {
        let members = one.members.iter().map(|member| member.numbers.clone());
        members.chain([one.numbers.clone()]).collect::<Vec<_>>()
    };
    let own = all(referrer);
    for other in others.iter().filter(|other| other.id != referrer.id) {
        if all(other).iter().any(|numbers| own.iter().any(|one| one.has_one_of(numbers))) {
            found.push(other.code.clone());
        }
    }
    found
}

fn is_covered(referrer: &ReferrerFacts, on: NaiveDate) -> bool {
    referrer
        .agreement
        .is_some_and(|(from, to)| from.is_none_or(|day| day <= on) && to.is_none_or(|day| on <= day))
}

text_enum! {
    /// How far a referral has come.
    pub enum ReferralStep {
        /// 已备案
        Filed = "filed",
        /// By investor, county and bureau.
        Confirmed = "confirmed",
        /// By one of them.
        Refused = "refused",
        /// The formal contract.
        Signed = "signed",
        /// 落地
        Landed = "landed",
        Withdrawn = "withdrawn",
    }
}

/// How far a referral has come, and since when.
pub fn step(
    filed_on: NaiveDate,
    withdrawn_on: Option<NaiveDate>,
    confirmations: &[(Party, FilingDecision, NaiveDate)],
    landing: &LandingFacts,
) -> (ReferralStep, NaiveDate) {
    if let Some(day) = withdrawn_on {
        return (ReferralStep::Withdrawn, day);
    }
    let asked = || confirmations.iter().filter(|(party, ..)| Party::ASKED.contains(party));
    let refusals = asked().filter(|(_, decision, _)| *decision == FilingDecision::Refused);
    if let Some(day) = refusals.map(|(_, _, day)| *day).max() {
        return (ReferralStep::Refused, day);
    }
    if let Some(day) = landed_on(landing) {
        return (ReferralStep::Landed, day);
    }
    if let Some(day) = landing.signed_on {
        return (ReferralStep::Signed, day);
    }
    let all = Party::ASKED.iter().all(|party| asked().any(|(one, ..)| one == party));
    match asked().map(|(_, _, day)| *day).max().filter(|_| all) {
        Some(day) => (ReferralStep::Confirmed, day),
        None => (ReferralStep::Filed, filed_on),
    }
}

/// Basis points of the whole.
pub const WHOLE: i64 = 10_000;

/// Why shares cannot be agreed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareFault {
    /// They do not add to 10,000.
    NotWhole,
    /// One is not between 1 and 10,000.
    OutOfRange,
    /// A referrer has two.
    Twice,
    /// A referrer has no open filing of the project.
    NotFiled,
}

impl ShareFault {
    /// The code of the fault.
    pub fn code(self) -> &'static str {
        match self {
            ShareFault::NotWhole => "shares-not-whole",
            ShareFault::OutOfRange => "share-out-of-range",
            ShareFault::Twice => "share-twice",
            ShareFault::NotFiled => "share-without-filing",
        }
    }
}

/// Whether shares can be agreed on among the referrers who are filed, in the order of filing: then they come in that
/// order, each with its place from 1.
pub fn allocation(shares: &[(Id, i64)], filed: &[Id]) -> Result<Vec<(Id, i64, i64)>, ShareFault> {
    if shares.iter().any(|(_, share)| !(1..=WHOLE).contains(share)) {
        return Err(ShareFault::OutOfRange);
    }
    if shares.iter().enumerate().any(|(at, (id, _))| shares.iter().take(at).any(|(other, _)| other == id)) {
        return Err(ShareFault::Twice);
    }
    if shares.iter().any(|(id, _)| !filed.contains(id)) {
        return Err(ShareFault::NotFiled);
    }
    if shares.iter().map(|(_, share)| share).sum::<i64>() != WHOLE {
        return Err(ShareFault::NotWhole);
    }
    let mut order: Vec<&Id> = Vec::new();
    for id in filed {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    let of = |id: &Id| shares.iter().find(|(one, _)| one == id).map(|(_, share)| *share);
    let placed = order.into_iter().filter_map(|id| Some((id.clone(), of(id)?)));
    Ok(placed.zip(1..).map(|((id, share), place)| (id, share, place)).collect())
}

#[cfg(test)]
mod tests;
