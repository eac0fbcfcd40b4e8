//! What goes together in an event, when one signs up and checks in, and whom a guest at the door is.

use crate::error::FieldErrors;
use crate::events::model::EventStatus;
use crate::reference::folded;
use crate::search::tokens::simplified;
use crate::text_enum;
use chrono::NaiveDate;

/// The most people whom staff and liaisons put on an event's list.
pub const MOST_ATTENDEES: i64 = 2_000;

/// The most guests who enter themselves: beyond it somebody plays with the code at the door. They take no place from
/// those whom the organiser enters.
pub const MOST_GUESTS: i64 = 1_800;

/// The most new guests of an event within a minute.
pub const GUESTS_A_MINUTE: i64 = 120;

/// The most of them from one address: a hall shares one.
pub const GUESTS_A_MINUTE_FROM_ONE: i64 = 30;

/// Whether one more guest who is not on the list has to wait, after so many within a minute.
pub fn has_to_wait(of_event: i64, from_address: i64) -> bool {
    of_event >= GUESTS_A_MINUTE || from_address >= GUESTS_A_MINUTE_FROM_ONE
}

/// When an event is, and how it stands.
#[derive(Debug, Clone, Copy)]
pub struct Course {
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub status: EventStatus,
    pub has_reason: bool,
}

/// Faults by field: it ends no earlier than it begins, is held only once it has begun, and is cancelled with a reason.
pub fn check(course: Course, today: NaiveDate, errors: &mut FieldErrors) {
    if course.to_on < course.from_on {
        errors.add("to_on", "ends-before-it-begins");
    }
    match (course.status, course.has_reason) {
        (EventStatus::Cancelled, false) => errors.add("cancellation_reason", "reason-required"),
        (EventStatus::Planned | EventStatus::Held, true) => {
            errors.add("cancellation_reason", "event-not-cancelled");
        }
        _ => {}
    }
    if course.status == EventStatus::Held && course.from_on > today {
        errors.add("status", "event-not-begun");
    }
}

text_enum! {
    /// Whether a guest can check in today.
    pub enum Door {
        Open = "open",
        /// The first day lies ahead.
        Early = "early",
        /// The last day is over.
        Over = "over",
        Cancelled = "cancelled",
    }
}

impl Door {
    /// On the event's days only, as the calendar in China has them.
    pub fn on(today: NaiveDate, from_on: NaiveDate, to_on: NaiveDate, status: EventStatus) -> Self {
        match status {
            EventStatus::Cancelled => Door::Cancelled,
            _ if today < from_on => Door::Early,
            _ if today > to_on => Door::Over,
            _ => Door::Open,
        }
    }
}

/// Whether a liaison still signs members up, or withdraws them: while it is planned, through its last day.
pub fn takes_sign_ups(today: NaiveDate, to_on: NaiveDate, status: EventStatus) -> bool {
    status == EventStatus::Planned && today <= to_on
}

/// Somebody on the list, as far as a guest is known by it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    pub name: &'a str,
    pub company: Option<&'a str>,
    pub attended: bool,
}

/// Whom of the list a guest is who gave this name and company; nobody when he is to be entered as a new one.
///
/// 1. The name must be the same to the letter, but for white space, width and traditional characters.
/// 2. Where only one has it, that one is meant, unless somebody of another company came under it already.
/// 3. Of several with the name the company decides; of several of one company the one who came already, so that
///    checking in twice changes nothing.
pub fn guest(name: &str, company: Option<&str>, list: &[Listed<'_>]) -> Option<usize> {
    let (name, company) = (plain(name), company.map(plain));
    let same_company = |one: &Listed<'_>| one.company.map(plain) == company;
    let named: Vec<usize> = (0..list.len()).filter(|at| plain(list[*at].name) == name).collect();
    if let [only] = named.as_slice() {
        let one = &list[*only];
        let is_another = one.attended && one.company.is_some() && company.is_some() && !same_company(one);
        return (!is_another).then_some(*only);
    }
    let of_company = || named.iter().copied().filter(|at| same_company(&list[*at]));
    of_company().find(|at| list[*at].attended).or_else(|| of_company().next())
}

/// By which somebody stands on a list once: his name and company, as `plain`.
pub fn entered_as(name: &str, company: Option<&str>) -> (String, Option<String>) {
    (plain(name), company.map(plain))
}

/// A name without what two people write differently.
fn plain(text: &str) -> String {
    simplified(&folded(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn faults(from: &str, to: &str, status: EventStatus, has_reason: bool) -> Vec<(String, &'static str)> {
        let mut errors = FieldErrors::default();
        let course = Course { from_on: day(from), to_on: day(to), status, has_reason };
        check(course, day("2026-11-26"), &mut errors);
        errors.0.into_iter().map(|fault| (fault.field.into_owned(), fault.code)).collect()
    }

    #[test]
    fn an_event_is_held_once_it_began_and_cancelled_with_a_reason() {
        use EventStatus::*;
        assert!(faults("2026-11-26", "2026-11-26", Held, false).is_empty());
        assert!(faults("2026-12-01", "2026-12-02", Planned, false).is_empty());
        assert!(faults("2026-12-01", "2026-12-01", Cancelled, true).is_empty());
        let one = |field: &str, code: &'static str| [(field.to_owned(), code)];
        assert_eq!(faults("2026-11-27", "2026-11-27", Held, false), one("status", "event-not-begun"));
        assert_eq!(faults("2026-12-02", "2026-12-01", Planned, false), one("to_on", "ends-before-it-begins"));
        let reason = |code| one("cancellation_reason", code);
        assert_eq!(faults("2026-12-01", "2026-12-01", Cancelled, false), reason("reason-required"));
        assert_eq!(faults("2026-12-01", "2026-12-01", Planned, true), reason("event-not-cancelled"));
    }

    #[test]
    fn the_door_is_open_on_the_days_of_the_event() {
        let on = |today, status| Door::on(day(today), day("2026-11-26"), day("2026-11-27"), status);
        use EventStatus::*;
        assert_eq!(on("2026-11-25", Planned), Door::Early);
        assert_eq!(on("2026-11-26", Planned), Door::Open);
        assert_eq!(on("2026-11-27", Held), Door::Open);
        assert_eq!(on("2026-11-28", Held), Door::Over);
        assert_eq!(on("2026-11-26", Cancelled), Door::Cancelled);
        let takes = |today, status| takes_sign_ups(day(today), day("2026-11-27"), status);
        assert!(takes("2026-11-27", Planned));
        assert!(
            !takes("2026-11-28", Planned) && !takes("2026-11-26", Held) && !takes("2026-11-26", Cancelled)
        );
    }

    #[test]
    fn new_guests_come_at_the_pace_of_a_door() {
        assert!(!has_to_wait(119, 29));
        assert!(has_to_wait(120, 0) && has_to_wait(0, 30));
    }

    #[test]
    fn a_guest_is_known_by_name_and_by_company_where_two_have_it() {
        let listed = |name, company, attended| Listed { name, company, attended };
        let list = [
            listed("林示例", Some("示例玩具公司"), false),
            listed("王示例", Some("甲公司"), false),
            listed("王示例", Some("乙公司"), false),
        ];
        assert_eq!(guest(" 林 示例", None, &list), Some(0));
        assert_eq!(guest("林示例", Some("别的公司"), &list), Some(0), "one name, one guest");
        assert_eq!(guest("王示例", Some("乙 公司"), &list), Some(2));
        assert_eq!(guest("王示例", Some("丙公司"), &list), None);
        assert_eq!(guest("王示例", None, &list), None, "which of the two is not guessed");
        assert_eq!(guest("林示", None, &list), None);
        assert_eq!(
            guest("張三", Some("乙公司（虛構）"), &[listed("张三", Some("乙公司(虚构)"), false)]),
            Some(0)
        );
        assert_eq!(entered_as("張三", Some("乙公司")), entered_as(" 张三", Some("乙 公司")));
        assert_ne!(entered_as("张三", None), entered_as("张三", Some("乙公司")));
    }

    #[test]
    fn checking_in_twice_finds_the_same_guest_and_a_namesake_is_another() {
        let came = |company| Listed { name: "林示例", company: Some(company), attended: true };
        assert_eq!(guest("林示例", Some("甲公司"), &[came("甲公司")]), Some(0));
        assert_eq!(guest("林示例", None, &[came("甲公司")]), Some(0));
        assert_eq!(guest("林示例", Some("乙公司"), &[came("甲公司")]), None);
        let awaited = Listed { attended: false, ..came("甲公司") };
        assert_eq!(guest("林示例", Some("甲公司"), &[awaited, came("甲公司")]), Some(1));
    }
}
