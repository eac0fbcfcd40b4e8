//! The way of an application by itself: random walks of many people, and the single rules.

use super::model::ApplicationStatus::{self, *};
use super::rules::{Asker, Case, Denied, Overlap, Said, check, duties, is_payable, notice, shown_since};
use super::ways::{Duty, TRACK, WAYS, Who};
use crate::accounts::Role;
use crate::db::Id;
use crate::policies::awards::Compliance;
use crate::reference::Reference;
use chrono::{Days, NaiveDate};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::sync::LazyLock;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Two people of each role that takes part, the second county officer of the county, too, and one of another county.
fn people() -> Vec<(Id, Role, Option<&'static str>)> {
    use Role::*;
    let of = |role, region| (Id::generate(), role, region);
    vec![
        of(CountyOfficer, Some("450721")),
        of(CountyOfficer, Some("450721")),
        of(CountyOfficer, Some("450721")),
        of(CountyOfficer, Some("450722")),
        of(BureauOfficer, None),
        of(BureauOfficer, None),
        of(BureauHead, None),
        of(BureauHead, None),
        of(FinanceReviewer, None),
        of(FinanceReviewer, None),
        of(ChamberLiaison, None),
        of(Admin, None),
    ]
}

/// A draft of the first person, in which everything that a step may need is there.
fn case(people: &[(Id, Role, Option<&'static str>)]) -> Case {
    Case {
        status: Draft,
        county: "450721".to_owned(),
        created_by: people[0].0.clone(),
        creator_left: false,
        taken: vec![(people[0].0.clone(), Duty::Creator)],
        own: Vec::new(),
        eligible: true,
        confirmed: true,
        overlap: Overlap::None,
        funded: true,
        payable: true,
        stopped: false,
        notice_until: None,
    }
}

fn asker<'a>(person: &'a (Id, Role, Option<&'static str>)) -> Asker<'a> {
    Asker { id: &person.0, role: person.1, region: person.2 }
}

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::load(None).unwrap());

const SAID: Said = Said { reason: true, voucher: true, today: NaiveDate::MIN };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever anybody tries in whatever order: nobody has two duties, nothing is skipped, and what nobody may leave
    /// is not left.
    #[test]
    fn no_walk_breaks_separation_or_skips_a_step(
        confirmer in 0_usize..12,
        tries in vec((0_usize..12, select(ApplicationStatus::ALL), 0_u64..4), 1..120),
    ) {
        let people = people();
        let reference = &*REFERENCE;
        let mut case = case(&people);
        let mut today = day("2026-09-28");
        let confirmers = if confirmer == 0 { None } else { Some((people[confirmer].0.clone(), Duty::Confirmer)) };
        let mut steps = vec![(None, Draft, people[0].0.clone())];
        let mut since_submission: Vec<ApplicationStatus> = Vec::new();
        for (who, to, days) in tries {
            today = today.checked_add_days(Days::new(days)).unwrap();
            case.taken = duties(steps.iter().map(|(from, to, by)| (*from, *to, by)));
            case.taken.extend(confirmers.clone());
            let from = case.status;
            let Ok(way) = check(&case, asker(&people[who]), to, Said { today, ..SAID }) else { continue };
            prop_assert_eq!((way.from, way.to), (from, to));
            if to == Submitted {
                since_submission.clear();
            }
            since_submission.push(to);
            if (from, to) == (FinanceReviewed, InNotice) {
                case.notice_until = Some(notice(reference.calendar(), today).1);
            }
            if to == Approved {
                let until = case.notice_until.unwrap();
                prop_assert!(today > until, "approved on {today}, while the notice runs until {until}");
            }
            steps.push((Some(from), to, people[who].0.clone()));
            case.status = to;
            // What lies on the track before it was reached since the last submission, in this order.
            if let Some(at) = TRACK.iter().position(|status| *status == to) {
                let walked: Vec<ApplicationStatus> = since_submission
                    .iter()
                    .copied()
                    .filter(|status| TRACK.contains(status))
                    .fold(Vec::new(), |mut walked, status| {
                        if !walked.contains(&status) {
                            walked.push(status);
                        }
                        walked
                    });
                prop_assert_eq!(walked.as_slice(), &TRACK[1..=at]);
            }
        }
        let mut taken = duties(steps.iter().map(|(from, to, by)| (*from, *to, by)));
        taken.extend(confirmers);
        for (id, ..) in &people {
            let of: BTreeSet<Duty> =
                taken.iter().filter(|(by, _)| by == id).map(|(_, duty)| *duty).collect();
            prop_assert!(of.len() <= 1, "{of:?} of one person");
        }
    }
}

#[test]
fn the_whole_way_can_be_walked() {
    let people = people();
    let mut case = case(&people);
    let way = [
        (0, Submitted),
        (1, CountyReviewed),
        (4, BureauReviewed),
        (8, FinanceReviewed),
        // Publishing and paying are no duties: who reviewed does them, too.
        (4, InNotice),
        (6, Approved),
        (8, Paid),
        (4, Archived),
    ];
    case.notice_until = Some(day("2026-10-13"));
    let said = Said { today: day("2026-10-14"), ..SAID };
    for (who, to) in way {
        let taken = check(&case, asker(&people[who]), to, said).unwrap_or_else(|why| panic!("{to}: {why:?}"));
        case.taken.extend(taken.duty.map(|duty| (people[who].0.clone(), duty)));
        case.status = to;
    }
}

#[test]
fn each_refusal_says_why() {
    let people = people();
    let case = Case { notice_until: Some(day("2026-10-13")), ..case(&people) };
    let at = |status| Case { status, ..case.clone() };
    let denied = |case: &Case, who: usize, to, said| check(case, asker(&people[who]), to, said).err();
    let late = Said { today: day("2026-10-14"), ..SAID };
    let two = |duty| Some(Denied::TwoDuties(duty));
    assert_eq!(
        denied(&at(Draft), 4, Submitted, late),
        Some(Denied::Role),
        "an officer of the bureau drafts none"
    );
    assert_eq!(denied(&at(Draft), 3, Submitted, late), Some(Denied::Role), "another county's");
    assert_eq!(denied(&at(Draft), 1, Withdrawn, late), Some(Denied::NotCreator));
    let left = |status| Case { creator_left: true, ..at(status) };
    for status in [Draft, Returned] {
        assert_eq!(denied(&left(status), 1, Withdrawn, late), None, "in the place of who left");
        let silent = Said { reason: false, ..late };
        assert_eq!(denied(&left(status), 1, Withdrawn, silent), Some(Denied::ReasonMissing));
        assert_eq!(denied(&left(status), 3, Withdrawn, late), Some(Denied::Role), "another county's");
        assert_eq!(denied(&left(status), 4, Withdrawn, late), Some(Denied::Role), "the bureau's");
    }
    assert_eq!(
        denied(&left(Submitted), 1, Withdrawn, late),
        Some(Denied::NotCreator),
        "who reviews it can refuse it"
    );
    assert_eq!(denied(&at(Draft), 8, Paid, late), Some(Denied::Impossible));
    assert_eq!(denied(&at(Submitted), 0, CountyReviewed, late), two(Duty::Creator));
    assert_eq!(
        denied(&at(Submitted), 1, Returned, Said { reason: false, ..late }),
        Some(Denied::ReasonMissing)
    );
    let reviewed = Case { taken: vec![(people[4].0.clone(), Duty::Confirmer)], ..at(CountyReviewed) };
    assert_eq!(denied(&reviewed, 4, BureauReviewed, late), two(Duty::Confirmer));
    assert_eq!(denied(&reviewed, 5, BureauReviewed, late), None);
    let unruled = Case { eligible: false, ..at(CountyReviewed) };
    assert_eq!(denied(&unruled, 5, BureauReviewed, late), Some(Denied::NotEligible));
    assert_eq!(denied(&unruled, 5, Refused, late), None, "what is not eligible can be refused");
    let unconfirmed = Case { confirmed: false, ..at(CountyReviewed) };
    assert_eq!(denied(&unconfirmed, 5, BureauReviewed, late), Some(Denied::NotConfirmed));
    let own = Case { own: vec![people[5].0.clone()], ..at(CountyReviewed) };
    assert_eq!(denied(&own, 5, BureauReviewed, late), Some(Denied::OwnAward));
    let last_day = Said { today: day("2026-10-13"), ..late };
    assert_eq!(
        denied(&at(InNotice), 6, Approved, last_day),
        Some(Denied::NoticeRuns),
        "the last day belongs to it"
    );
    assert_eq!(denied(&at(InNotice), 6, Approved, late), None);
    assert_eq!(denied(&at(InNotice), 6, Objected, last_day), None);
    assert_eq!(
        denied(&at(InNotice), 6, Objected, late),
        Some(Denied::NoticeOver),
        "nobody objects to it later"
    );
    for (overlap, why) in [
        (Overlap::Undecided, Some(Denied::OverlapUndecided)),
        (Overlap::Refused, Some(Denied::OverlapRefused)),
        (Overlap::Accepted, None),
    ] {
        assert_eq!(denied(&Case { overlap, ..at(InNotice) }, 6, Approved, late), why);
    }
    let paying = |case: Case, said, why| assert_eq!(denied(&case, 8, Paid, said), why);
    paying(Case { funded: false, ..at(Approved) }, late, Some(Denied::FundingMissing));
    paying(Case { payable: false, ..at(Approved) }, late, Some(Denied::NotPayable));
    let stopped = |status| Case { payable: false, stopped: true, ..at(status) };
    paying(stopped(Approved), late, Some(Denied::Stopped));
    assert_eq!(denied(&stopped(InNotice), 6, Approved, late), Some(Denied::Stopped));
    paying(at(Approved), Said { voucher: false, ..late }, Some(Denied::VoucherMissing));
    paying(at(Approved), late, None);
    for who in 0..people.len() {
        assert_eq!(denied(&at(InNotice), who, Objected, last_day), None, "anybody objects");
    }
}

#[test]
fn a_notice_lasts_five_working_days_by_the_calendar() {
    let calendar = REFERENCE.calendar();
    let (from, until) = notice(calendar, day("2026-11-23"));
    assert_eq!((from, until), (day("2026-11-23"), day("2026-11-30")), "a Monday, and the Monday after");
    // Over the holiday of October.
    let until = notice(calendar, day("2025-09-30")).1;
    assert_eq!(calendar.between(day("2025-09-30"), until), 5);
    assert!(until > day("2025-10-09"), "{until}");
    assert_eq!(shown_since(day("2026-12-30")), day("2026-11-30"), "30 days after its end");
}

#[test]
fn under_review_is_payable_with_an_accepted_review_only() {
    for (compliance, review, payable) in [
        (Some(Compliance::InForce), None, true),
        (Some(Compliance::InForce), Some(false), false),
        (Some(Compliance::UnderReview), None, false),
        (Some(Compliance::UnderReview), Some(false), false),
        (Some(Compliance::UnderReview), Some(true), true),
        (Some(Compliance::Suspended), Some(true), false),
        (Some(Compliance::Repealed), Some(true), false),
        (None, Some(true), false),
    ] {
        assert_eq!(is_payable(compliance, review), payable, "{compliance:?} {review:?}");
    }
}

#[test]
fn the_table_has_each_step_once_and_every_end_is_meant() {
    let steps: BTreeSet<_> = WAYS.iter().map(|way| (way.from, way.to)).collect();
    assert_eq!(steps.len(), WAYS.len());
    let ends: Vec<_> =
        ApplicationStatus::ALL.iter().filter(|status| WAYS.iter().all(|way| way.from != **status)).collect();
    assert_eq!(ends, [&Archived, &Refused, &Withdrawn, &Recovered]);
    let anyone: Vec<_> = WAYS.iter().filter(|way| way.who == Who::Anyone).map(|way| way.to).collect();
    assert_eq!(anyone, [Objected]);
}
