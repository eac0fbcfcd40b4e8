//! How stable a team is.

use crate::reference::TeamTerms;
use crate::text_enum;
use chrono::{Days, Months, NaiveDate};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// From when to when somebody is in a team, both days included; open while he is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The same for all terms of one person.
    pub who: String,
    pub from_on: NaiveDate,
    pub to_on: Option<NaiveDate>,
}

text_enum! {
    /// How stable a team is, in a word.
    pub enum TeamStability {
        /// Nobody has been in it so long.
        New = "new",
        Steady = "steady",
        Shifting = "shifting",
        Unsteady = "unsteady",
    }
}

/// How stable a team is (plan clause 三(四)2(7): 增强招商团队人员稳定性).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TeamStabilityFigures)]
pub struct Stability {
    pub word: TeamStability,
    /// People who were in it `months` of seeds/reference/teams.toml ago.
    pub began: i64,
    /// Those of them who stayed in it since without a gap.
    pub stayed: i64,
    /// `stayed` of `began` in basis points, rounded down; null where nobody was in it.
    pub share_bp: Option<i64>,
    /// The day on which somebody last came or went, and how long ago that is.
    pub changed_on: Option<NaiveDate>,
    pub days_since_change: Option<i64>,
}

/// The share of members who stayed through the last months, and the days since the last change. Terms of one person that
/// follow each other without a day between are one.
pub fn stability(stays: &[Stay], today: NaiveDate, terms: TeamTerms) -> Stability {
    let first = today.checked_sub_months(Months::new(terms.months)).unwrap_or(today);
    let spans: Vec<(NaiveDate, Option<NaiveDate>)> = spans(stays, today);
    let is_in = |span: &(NaiveDate, Option<NaiveDate>), day: NaiveDate| {
        span.0 <= day && span.1.is_none_or(|to| day <= to)
    };
    let began = spans.iter().filter(|span| is_in(span, first));
    let stayed = began.clone().filter(|span| is_in(span, today)).count();
    let (began, stayed) = (began.count() as i64, stayed as i64);
    let share_bp = (began > 0).then(|| stayed * 10_000 / began);
    let went = |to: NaiveDate| to.checked_add_days(Days::new(1)).filter(|day| *day <= today);
    let changes = spans.iter().flat_map(|(from, to)| [Some(*from), to.and_then(went)]);
    let changed_on = changes.flatten().max();
    Stability {
        word: match share_bp {
            None => TeamStability::New,
            Some(share) if share >= terms.steady_bp => TeamStability::Steady,
            Some(share) if share >= terms.shifting_bp => TeamStability::Shifting,
            Some(_) => TeamStability::Unsteady,
        },
        began,
        stayed,
        share_bp,
        changed_on,
        days_since_change: changed_on.map(|day| (today - day).num_days()),
    }
}

/// The unbroken terms that have begun.
fn spans(stays: &[Stay], today: NaiveDate) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let mut by_person: BTreeMap<&str, Vec<(NaiveDate, Option<NaiveDate>)>> = BTreeMap::new();
    for stay in stays.iter().filter(|stay| stay.from_on <= today) {
        by_person.entry(&stay.who).or_default().push((stay.from_on, stay.to_on));
    }
    let mut spans = Vec::new();
    for mut terms in by_person.into_values() {
        terms.sort();
        let mut open: Option<(NaiveDate, Option<NaiveDate>)> = None;
        for (from, to) in terms {
            let follows =
                |end: NaiveDate| end.checked_add_days(Days::new(1)).is_some_and(|next| from <= next);
            open = Some(match open {
                // Whoever is in it still cannot come again.
                Some((begun, None)) => (begun, None),
                Some((begun, Some(end))) if follows(end) => (begun, to.map(|to| to.max(end))),
                ended => {
                    spans.extend(ended);
                    (from, to)
                }
            });
        }
        spans.extend(open);
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: TeamTerms = TeamTerms { months: 12, steady_bp: 8000, shifting_bp: 5000 };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stay(who: &str, from: &str, to: &str) -> Stay {
        Stay { who: who.into(), from_on: day(from), to_on: (!to.is_empty()).then(|| day(to)) }
    }

    fn on(stays: &[Stay], today: &str) -> Stability {
        stability(stays, day(today), TERMS)
    }

    #[test]
    fn who_was_there_a_year_ago_and_still_is_has_stayed() {
        let stays = [
            stay("a", "2024-03-01", ""),
            stay("b", "2025-11-26", ""),
            stay("c", "2024-03-01", "2026-10-31"),
            // Came within the year: counts neither way.
            stay("d", "2026-01-05", ""),
            // Not there yet.
            stay("e", "2027-01-01", ""),
        ];
        let found = on(&stays, "2026-11-26");
        assert_eq!((found.began, found.stayed, found.share_bp), (3, 2, Some(6666)));
        assert_eq!(found.word, TeamStability::Shifting);
        assert_eq!((found.changed_on, found.days_since_change), (Some(day("2026-11-01")), Some(25)));
        let before = on(&stays, "2026-10-31");
        assert_eq!((before.began, before.stayed), (2, 2), "the last day counts, and b was not there yet");
        assert_eq!(before.changed_on, Some(day("2026-01-05")));
    }

    #[test]
    fn a_term_that_follows_without_a_day_between_is_no_change() {
        let renewed = [stay("a", "2024-01-01", "2025-12-31"), stay("a", "2026-01-01", "")];
        let found = on(&renewed, "2026-11-26");
        assert_eq!((found.began, found.stayed, found.changed_on), (1, 1, Some(day("2024-01-01"))));
        let away = [stay("a", "2024-01-01", "2025-12-31"), stay("a", "2026-01-02", "")];
        let found = on(&away, "2026-11-26");
        assert_eq!((found.began, found.stayed, found.changed_on), (1, 0, Some(day("2026-01-02"))));
        let within = [stay("a", "2024-01-01", "2027-01-01"), stay("a", "2024-02-01", "2024-03-01")];
        assert_eq!(on(&within, "2026-11-26").stayed, 1);
    }

    #[test]
    fn the_words_begin_at_their_shares_and_a_new_team_has_none() {
        let team = |gone: usize| {
            let to = |n: usize| if n < gone { "2026-06-30" } else { "" };
            (0..10).map(|n| stay(&n.to_string(), "2024-01-01", to(n))).collect::<Vec<_>>()
        };
        let word = |gone| on(&team(gone), "2026-11-26").word;
        assert_eq!([word(0), word(2), word(3), word(5), word(6)], {
            use TeamStability::*;
            [Steady, Steady, Shifting, Shifting, Unsteady]
        });
        let new = on(&[stay("a", "2026-06-01", "")], "2026-11-26");
        assert_eq!((new.word, new.share_bp, new.days_since_change), (TeamStability::New, None, Some(178)));
        let empty = on(&[], "2026-11-26");
        assert_eq!((empty.word, empty.changed_on, empty.days_since_change), (TeamStability::New, None, None));
    }
}
