//! Each finding on both sides, the steps of a referral, and shares in any order.

use super::*;
use crate::companies::uscc::Uscc;
use crate::reference::Reference;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn company(name: &str, uscc: Option<&str>) -> Identity {
    let reference = Reference::load(None).unwrap();
    Identity::new(name, uscc.map(|code| Uscc::parse(code).unwrap()), &reference)
}

fn referrer(name: &str) -> ReferrerFacts {
    ReferrerFacts {
        id: Id::generate(),
        code: format!("YJ-{name}"),
        name: name.to_owned(),
        kind: ReferrerKind::Person,
        identity: company(name, None),
        numbers: Numbers::default(),
        phone: None,
        public_employee: Some(false),
        official_tie: None,
        is_chamber: false,
        user_role: None,
        agreement: None,
        members: Vec::new(),
    }
}

fn member(name: &str, is_payee: bool, public_employee: Option<bool>) -> MemberFacts {
    MemberFacts {
        id: Id::generate(),
        name: name.to_owned(),
        is_payee,
        public_employee,
        official_tie: None,
        numbers: Numbers::default(),
        identity: company(name, None),
    }
}

fn facts(referrer: &ReferrerFacts) -> Facts<'_> {
    Facts {
        referrer,
        others: Vec::new(),
        investors: vec![company("示例玩具有限公司", None)],
        officials: &[],
        filed_on: day("2024-03-04"),
        received_on: day("2024-03-04"),
        signed_on: Some(day("2024-09-01")),
        lacks_letter: false,
        chamber_contests: false,
    }
}

fn codes(facts: &Facts<'_>) -> Vec<Finding> {
    findings(facts).into_iter().map(|found| found.finding).collect()
}

#[test]
fn nothing_is_found_about_a_declared_person_who_filed_in_time() {
    assert_eq!(codes(&facts(&referrer("韦示例"))), []);
}

#[test]
fn who_is_close_to_public_office_is_looked_at_and_not_kept_out() {
    for (tie, finding) in [
        (OfficialTie::StateEnterprise, Finding::StateEnterprise),
        (OfficialTie::RetiredCadre, Finding::RetiredCadre),
        (OfficialTie::Relative, Finding::Relative),
    ] {
        let mut team = referrer("示例团队");
        team.official_tie = Some(tie);
        let mut paid = member("甲示例", true, Some(false));
        paid.official_tie = Some(tie);
        let unpaid = MemberFacts { is_payee: false, ..paid.clone() };
        team.members = vec![paid, unpaid];
        let found = findings(&facts(&team));
        let about: Vec<_> = found.iter().map(|one| (one.finding, one.who.as_deref())).collect();
        assert_eq!(about, [(finding, None), (finding, Some("甲示例"))]);
        assert_eq!(finding.weight(), Weight::Warning);
    }
}

#[test]
fn a_public_employee_blocks_and_so_does_silence() {
    let mut person = referrer("韦示例");
    person.public_employee = Some(true);
    assert_eq!(codes(&facts(&person)), [Finding::PublicEmployee]);
    person.public_employee = None;
    assert_eq!(codes(&facts(&person)), [Finding::Undeclared]);
    let mut team = ReferrerFacts { kind: ReferrerKind::Team, ..referrer("示例团队") };
    team.members = vec![
        member("甲", true, Some(true)),
        member("乙", true, None),
        // Whoever is not paid may be anything.
        member("丙", false, Some(true)),
        member("丁", true, Some(false)),
    ];
    let found = findings(&facts(&team));
    let told: Vec<_> = found.iter().map(|one| (one.finding, one.who.as_deref())).collect();
    assert_eq!(told, [(Finding::PayeePublicEmployee, Some("甲")), (Finding::PayeeUndeclared, Some("乙"))]);
    assert!(found.iter().all(|one| one.finding.weight() == Weight::Blocks));
}

#[test]
fn the_investor_himself_needs_a_ruling() {
    for (name, uscc, is) in [
        ("示例玩具有限公司", None, true),
        ("示例木业有限公司", Some("91440300MACADR683J"), true),
        ("示例木业有限公司", None, false),
    ] {
        let enterprise = ReferrerFacts { identity: company(name, uscc), ..referrer(name) };
        let mut known = facts(&enterprise);
        known.investors.push(company("示例木业控股公司", Some("91440300MACADR683J")));
        assert_eq!(codes(&known).contains(&Finding::InvestorHimself), is, "{name} {uscc:?}");
    }
    assert_eq!(Finding::InvestorHimself.weight(), Weight::Ruling);
}

#[test]
fn users_with_an_official_role_are_not_paid_and_a_liaison_only_as_his_chamber() {
    for role in Role::ALL {
        let person = ReferrerFacts { user_role: Some(*role), ..referrer("韦示例") };
        let found = codes(&facts(&person));
        assert_eq!(found.contains(&Finding::Official), is_official(*role), "{role}");
        assert_eq!(found.contains(&Finding::Liaison), *role == Role::ChamberLiaison, "{role}");
        let oversees = !is_official(*role) && *role != Role::ChamberLiaison;
        assert_eq!(found.contains(&Finding::OfficialRole), oversees, "{role}");
        let chamber = ReferrerFacts { is_chamber: true, ..person };
        assert_eq!(codes(&facts(&chamber)), [], "{role}");
    }
    let officials = [Official { name: "韦示例".into(), phone: Some("12000000101".into()) }];
    let known = |person: &ReferrerFacts| {
        let known = Facts { officials: &officials, ..facts(person) };
        codes(&known)
    };
    assert_eq!(known(&referrer("韦示例")), [Finding::PossiblyOfficial]);
    assert_eq!(known(&referrer("莫样本")), []);
    let phone = ReferrerFacts { phone: Some("12000000101".into()), ..referrer("莫样本") };
    assert_eq!(known(&phone), [Finding::PossiblyOfficial]);
}

#[test]
fn a_day_after_the_signing_is_never_silent() {
    let person = referrer("韦示例");
    for (filed_on, received_on, expected) in [
        ("2024-09-01", "2024-09-01", vec![]),
        ("2024-09-02", "2024-09-02", vec![Finding::AfterSigning]),
        ("2024-09-02", "2024-09-05", vec![Finding::AfterSigning, Finding::EnteredLater]),
        ("2024-08-30", "2024-09-01", vec![Finding::EnteredLater]),
        ("2024-08-30", "2024-09-02", vec![Finding::EnteredAfterSigning, Finding::EnteredLater]),
    ] {
        let known = Facts { filed_on: day(filed_on), received_on: day(received_on), ..facts(&person) };
        assert_eq!(codes(&known), expected, "{filed_on} {received_on}");
    }
    let known = Facts { received_on: day("2024-03-09"), signed_on: None, ..facts(&person) };
    assert_eq!(findings(&known)[0].days, Some(5));
}

#[test]
fn one_person_who_comes_twice_is_named() {
    let numbers = |hash: &str| Numbers { identity_hash: Some(hash.to_owned()), ..Numbers::default() };
    let person = ReferrerFacts { numbers: numbers("a"), ..referrer("韦示例") };
    let mut team = ReferrerFacts { kind: ReferrerKind::Team, ..referrer("示例团队") };
    team.members = vec![
        MemberFacts { numbers: numbers("a"), ..member("甲", true, Some(false)) },
        MemberFacts { numbers: numbers("a"), ..member("乙", true, Some(false)) },
    ];
    let stranger = ReferrerFacts { numbers: numbers("b"), ..referrer("莫样本") };
    let known = Facts { others: vec![&person, &stranger, &team], ..facts(&team) };
    let who: Vec<_> = findings(&known).into_iter().map(|found| found.who.unwrap()).collect();
    assert_eq!(who, ["乙", "YJ-韦示例"]);
}

#[test]
fn an_agency_needs_an_agreement_that_covers_the_day() {
    let agency =
        |agreement| ReferrerFacts { kind: ReferrerKind::Agency, agreement, ..referrer("示例机构") };
    for (agreement, lacks) in [
        (None, true),
        (Some((None, None)), false),
        (Some((Some(day("2024-03-04")), Some(day("2024-03-04")))), false),
        (Some((Some(day("2024-03-05")), None)), true),
        (Some((None, Some(day("2024-03-03")))), true),
    ] {
        let agency = agency(agreement);
        assert_eq!(codes(&facts(&agency)).contains(&Finding::NoAgreement), lacks, "{agreement:?}");
    }
}

#[test]
fn a_referral_goes_from_filing_to_landing() {
    use FilingDecision::{Confirmed, Refused};
    let filed_on = day("2024-03-04");
    let on = |text: &str| day(text);
    let all = [
        (Party::Investor, Confirmed, on("2024-04-01")),
        (Party::County, Confirmed, on("2024-04-05")),
        (Party::Bureau, Confirmed, on("2024-04-03")),
    ];
    let none = LandingFacts::default();
    let signed = LandingFacts { signed_on: Some(on("2024-05-01")), ..none };
    let landed =
        LandingFacts { registered_on: Some(on("2024-06-01")), started_on: Some(on("2024-07-01")), ..signed };
    assert_eq!(step(filed_on, None, &[], &none), (ReferralStep::Filed, filed_on));
    assert_eq!(step(filed_on, None, &all[..2], &none), (ReferralStep::Filed, filed_on));
    assert_eq!(step(filed_on, None, &all, &none), (ReferralStep::Confirmed, on("2024-04-05")));
    assert_eq!(step(filed_on, None, &all, &signed), (ReferralStep::Signed, on("2024-05-01")));
    assert_eq!(step(filed_on, None, &all, &landed), (ReferralStep::Landed, on("2024-07-01")));
    let refused = [(Party::County, Refused, on("2024-04-09"))];
    assert_eq!(step(filed_on, None, &refused, &landed), (ReferralStep::Refused, on("2024-04-09")));
    let day = on("2024-05-05");
    assert_eq!(step(filed_on, Some(day), &refused, &landed), (ReferralStep::Withdrawn, day));
}

#[test]
fn shares_are_refused_for_the_right_reason() {
    let ids: Vec<Id> = (0..3).map(|_| Id::generate()).collect();
    let of = |shares: &[(usize, i64)]| {
        let shares: Vec<(Id, i64)> = shares.iter().map(|(at, bp)| (ids[*at].clone(), *bp)).collect();
        allocation(&shares, &ids[..2]).map(|placed| placed.into_iter().map(|(_, bp, at)| (bp, at)).collect())
    };
    assert_eq!(of(&[(1, 4000), (0, 6000)]), Ok(vec![(6000, 1), (4000, 2)]), "in the order of filing");
    assert_eq!(of(&[(0, 10_000)]), Ok(vec![(10_000, 1)]));
    assert_eq!(of(&[(0, 6000), (1, 3999)]), Err(ShareFault::NotWhole));
    assert_eq!(of(&[]), Err(ShareFault::NotWhole));
    assert_eq!(of(&[(0, 10_000), (1, 0)]), Err(ShareFault::OutOfRange));
    assert_eq!(of(&[(0, i64::MAX), (1, i64::MAX)]), Err(ShareFault::OutOfRange));
    assert_eq!(of(&[(0, 5000), (0, 5000)]), Err(ShareFault::Twice));
    assert_eq!(of(&[(0, 5000), (2, 5000)]), Err(ShareFault::NotFiled));
}

proptest! {
    /// Whatever the order in which shares are entered, the agreement is the same, and it is whole.
    #[test]
    fn the_order_of_entry_changes_nothing(cuts in proptest::collection::btree_set(1_i64..10_000, 0..6), seed in 0_usize..720) {
        let mut last = 0;
        let mut parts: Vec<i64> = cuts.into_iter().map(|cut| { let part = cut - last; last = cut; part }).collect();
        parts.push(WHOLE - last);
        let shares: Vec<(Id, i64)> = parts.iter().map(|part| (Id::generate(), *part)).collect();
        let filed: Vec<Id> = shares.iter().map(|(id, _)| id.clone()).collect();
        let mut shuffled = shares.clone();
        let length = shuffled.len();
        for at in 0..length {
            shuffled.swap(at, (seed / (at + 1)) % length);
        }
        let placed = allocation(&shuffled, &filed).unwrap();
        prop_assert_eq!(placed.iter().map(|(_, share, _)| share).sum::<i64>(), WHOLE);
        let expected: Vec<(Id, i64, i64)> =
            shares.iter().cloned().zip(1..).map(|((id, share), place)| (id, share, place)).collect();
        prop_assert_eq!(placed, expected);
        // One basis point more or less is no agreement.
        let (id, share) = shuffled[0].clone();
        shuffled[0] = (id, share - 1);
        prop_assert!(allocation(&shuffled, &filed).is_err());
    }
}
