//! What an attribution must be, and whose word a change needs. Pure.

use crate::attributions::model::AttributionShare;
use crate::db::Id;
use crate::error::FieldErrors;
use crate::filings::rules::WHOLE;
use crate::leads::model::Lead;

/// Chambers that can share one lead.
pub const MOST: usize = 10;

/// The faults of what was entered, all at `shares`: between one and ten chambers, each once, each with a part, all of
/// them together whole.
pub fn faults(shares: &[(Id, i64)]) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let twice = |at: usize, id: &Id| shares.iter().take(at).any(|(other, _)| other == id);
    let sum = shares.iter().fold(0_i64, |sum, (_, share)| sum.saturating_add(*share));
    if shares.is_empty() || shares.len() > MOST {
        errors.add_with("shares", "attribution-count", vec![("max", MOST.to_string())]);
    } else if shares.iter().any(|(_, share)| !(1..=WHOLE).contains(share)) {
        errors.add("shares", "share-out-of-range");
    } else if shares.iter().enumerate().any(|(at, (id, _))| twice(at, id)) {
        errors.add("shares", "attribution-twice");
    } else if sum != WHOLE {
        errors.add_with("shares", "shares-not-whole", vec![("sum", sum.to_string())]);
    }
    errors
}

/// The chambers that gain or lose, each once.
pub fn concerned(before: &[AttributionShare], after: &[AttributionShare]) -> Vec<Id> {
    let part = |shares: &[AttributionShare], id: &Id| {
        shares.iter().find(|share| share.chamber_id == *id).map_or(0, |share| share.share_bp)
    };
    let mut ids: Vec<Id> = Vec::new();
    for share in before.iter().chain(after) {
        let id = &share.chamber_id;
        if !ids.contains(id) && part(before, id) != part(after, id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// Whether a change holds only by the bureau's decision: where no chamber had the credit there is none that could lose
/// it, and the word of those who gain is not enough (a referrer, an enterprise or an event may have brought the lead).
pub fn needs_bureau(before: &[AttributionShare]) -> bool {
    before.is_empty()
}

/// Whether a referrer, an enterprise or an event is told to have brought the lead.
pub fn is_somebodys(lead: &Lead) -> bool {
    lead.source_referrer_id.is_some() || lead.source_enterprise_id.is_some() || lead.source_event_id.is_some()
}

/// What a merger does to the credit for the lead that goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merged {
    /// Every chamber of it has a part of the lead that stays.
    Settled,
    /// Nobody has the credit for the lead that stays, which takes it.
    Taken,
    /// Somebody else has the credit for the lead that stays.
    Disputed,
}

/// The credit for a lead that goes against that for the one that stays, which may be `somebodys` without a chamber.
pub fn merged(going: &[AttributionShare], staying: &[AttributionShare], somebodys: bool) -> Merged {
    let has_part =
        |share: &AttributionShare| staying.iter().any(|other| other.chamber_id == share.chamber_id);
    if going.iter().all(has_part) {
        Merged::Settled
    } else if staying.is_empty() && !somebodys {
        Merged::Taken
    } else {
        Merged::Disputed
    }
}

/// The chamber that the lead is told to come from: the one that it came from while that has a part, else the one with
/// the largest, the first named of equal ones.
pub fn source_of(after: &[AttributionShare], known: Option<&Id>) -> Option<Id> {
    if let Some(known) = known.filter(|known| after.iter().any(|share| share.chamber_id == **known)) {
        return Some(known.clone());
    }
    let largest = after.iter().map(|share| share.share_bp).max()?;
    after.iter().find(|share| share.share_bp == largest).map(|share| share.chamber_id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(parts: &[(&Id, i64)]) -> Vec<AttributionShare> {
        let share = |(id, bp): &(&Id, i64)| AttributionShare {
            chamber_id: (*id).clone(),
            name: String::new(),
            share_bp: *bp,
        };
        parts.iter().map(share).collect()
    }

    #[test]
    fn parts_are_whole_and_each_chamber_has_one() {
        let [a, b] = [Id::generate(), Id::generate()];
        let code = |parts: &[(&Id, i64)]| {
            let parts: Vec<(Id, i64)> = parts.iter().map(|(id, bp)| ((*id).clone(), *bp)).collect();
            faults(&parts).0.first().map(|fault| fault.code)
        };
        assert_eq!(code(&[(&a, 10_000)]), None);
        assert_eq!(code(&[(&a, 6_000), (&b, 4_000)]), None);
        assert_eq!(code(&[]), Some("attribution-count"));
        assert_eq!(code(&[(&a, 6_000), (&b, 3_999)]), Some("shares-not-whole"));
        assert_eq!(code(&[(&a, 10_000), (&b, 0)]), Some("share-out-of-range"));
        assert_eq!(code(&[(&a, 12_000), (&b, -2_000)]), Some("share-out-of-range"));
        assert_eq!(code(&[(&a, 6_000), (&a, 4_000)]), Some("attribution-twice"));
    }

    #[test]
    fn who_gains_or_loses_is_asked_and_nobody_else() {
        let [a, b, c] = [Id::generate(), Id::generate(), Id::generate()];
        let before = shares(&[(&a, 6_000), (&b, 4_000)]);
        assert_eq!(
            concerned(&before, &shares(&[(&a, 3_000), (&b, 4_000), (&c, 3_000)])),
            [a.clone(), c.clone()]
        );
        assert_eq!(concerned(&before, &before), [] as [Id; 0]);
        assert_eq!(concerned(&before, &shares(&[(&c, 10_000)])), [a.clone(), b, c]);
    }

    #[test]
    fn the_source_stays_while_it_has_a_part() {
        let [a, b, c] = [Id::generate(), Id::generate(), Id::generate()];
        let after = shares(&[(&a, 2_000), (&b, 4_000), (&c, 4_000)]);
        assert_eq!(source_of(&after, Some(&a)), Some(a));
        assert_eq!(source_of(&after, Some(&Id::generate())), Some(b.clone()));
        assert_eq!(source_of(&after, None), Some(b));
    }

    #[test]
    fn a_merger_disputes_what_it_would_take_from_somebody() {
        let [a, b] = [Id::generate(), Id::generate()];
        let (of_a, of_b) = (shares(&[(&a, 10_000)]), shares(&[(&b, 10_000)]));
        let both = shares(&[(&a, 4_000), (&b, 6_000)]);
        assert_eq!(merged(&[], &of_b, false), Merged::Settled);
        assert_eq!(merged(&of_a, &of_a, true), Merged::Settled);
        assert_eq!(merged(&of_a, &both, false), Merged::Settled);
        assert_eq!(merged(&of_a, &[], false), Merged::Taken);
        assert_eq!(merged(&of_a, &[], true), Merged::Disputed);
        assert_eq!(merged(&of_a, &of_b, false), Merged::Disputed);
        assert_eq!(merged(&both, &of_b, false), Merged::Disputed);
    }
}
