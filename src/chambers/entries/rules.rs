//! What is told of each kind of entry, and how an entry stands on a day.

use super::model::ChamberEntryKind;
use crate::text_enum;
use chrono::NaiveDate;

/// A field of an entry, and whether it must be filled.
pub type Asked = (&'static str, bool);

/// The fields of a kind, in the order in which a form asks for them.
pub fn fields(kind: ChamberEntryKind) -> &'static [Asked] {
    match kind {
        ChamberEntryKind::Term => &[("name", true), ("from_on", true), ("to_on", true), ("note", false)],
        ChamberEntryKind::Officer => &[
            ("word", true),
            ("name", true),
            ("phone", false),
            ("from_on", true),
            ("to_on", false),
            ("note", false),
        ],
        ChamberEntryKind::Member => &[
            ("word", true),
            ("name", true),
            ("uscc", false),
            ("contact_person", false),
            ("phone", false),
            ("from_on", false),
            ("to_on", false),
            ("note", false),
        ],
        ChamberEntryKind::Agreement => &[
            ("word", true),
            ("name", true),
            ("party", false),
            ("from_on", true),
            ("to_on", false),
            ("note", false),
        ],
        ChamberEntryKind::Recognition => {
            &[("word", true), ("name", true), ("from_on", true), ("to_on", true), ("note", false)]
        }
        ChamberEntryKind::ServicePoint => &[
            ("name", true),
            ("region", false),
            ("address", true),
            ("contact_person", true),
            ("phone", false),
            ("from_on", false),
            ("to_on", false),
            ("note", false),
        ],
    }
}

/// Whether a kind has this field.
pub fn has(kind: ChamberEntryKind, field: &str) -> bool {
    fields(kind).iter().any(|(name, _)| *name == field)
}

/// Whether somebody has to act before an entry of this kind ends: elect, sign or apply anew.
pub fn expires(kind: ChamberEntryKind) -> bool {
    !matches!(kind, ChamberEntryKind::Member | ChamberEntryKind::ServicePoint)
}

text_enum! {
    /// How an entry stands on a day.
    pub enum EntryStanding {
        Holds = "holds",
        /// It ends soon, and somebody has to act before.
        Expiring = "expiring",
        /// Its last day is over.
        Ended = "ended",
    }
}

/// How an entry stands today; `ahead`: days before its end from which on it is marked.
pub fn standing(
    kind: ChamberEntryKind,
    to_on: Option<NaiveDate>,
    today: NaiveDate,
    ahead: u32,
) -> EntryStanding {
    match to_on {
        Some(last) if last < today => EntryStanding::Ended,
        Some(last) if expires(kind) && (last - today).num_days() <= i64::from(ahead) => {
            EntryStanding::Expiring
        }
        _ => EntryStanding::Holds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_ends_within_ninety_days_is_marked_and_a_member_who_leaves_is_not() {
        let agreement =
            |to: &str| standing(ChamberEntryKind::Agreement, Some(day(to)), day("2026-01-01"), 90);
        assert_eq!(agreement("2025-12-31"), EntryStanding::Ended);
        assert_eq!(agreement("2026-01-01"), EntryStanding::Expiring, "the last day still holds");
        assert_eq!(agreement("2026-04-01"), EntryStanding::Expiring);
        assert_eq!(agreement("2026-04-02"), EntryStanding::Holds);
        let member = standing(ChamberEntryKind::Member, Some(day("2026-01-31")), day("2026-01-01"), 90);
        assert_eq!(member, EntryStanding::Holds);
        let open = standing(ChamberEntryKind::Officer, None, day("2026-01-01"), 90);
        assert_eq!(open, EntryStanding::Holds);
    }

    #[test]
    fn every_kind_is_asked_for_a_name_and_its_days() {
        for kind in ChamberEntryKind::ALL {
            assert!(has(*kind, "name") && has(*kind, "from_on") && has(*kind, "to_on"), "{kind}");
        }
        assert!(!has(ChamberEntryKind::Term, "word"));
    }
}
