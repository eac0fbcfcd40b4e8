//! From a pattern to the terms that a field must have, each at its place.

use std::sync::Arc;

use crate::search::tokens::grams::{CODE_LENGTH, INITIALS, INITIALS_LENGTH, SOUND};
use crate::search::tokens::units::is_han;
use crate::search::tokens::{Language, MatchKind, Pattern, UnitPattern};

/// A field holds the pattern where it has a term of each slot, all at the same distance from their offsets.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Slot {
    pub(super) offset: u32,
    pub(super) wanted: Wanted,
}

/// Any of these terms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Wanted {
    Terms(Vec<String>),
    /// All terms that begin so.
    Beginning(String),
    /// A pair of this character and one that can be read as one of the sounds.
    Followed {
        by: Vec<char>,
        first: char,
    },
}

/// What a text field must have.
pub(super) enum Plan {
    /// One term of the single ones.
    Single(Wanted),
    /// Terms with positions.
    Positional(Arc<[Slot]>),
    /// All of these.
    All(Vec<Plan>),
}

/// The plan for a text field; none for the empty pattern.
pub(super) fn for_text(pattern: &Pattern, language: &Language) -> Option<Plan> {
    match pattern.units.as_slice() {
        [] => None,
        _ if !pattern.pauses.is_empty() => Some(Plan::All(with_pauses(pattern, language))),
        [only] => Some(Plan::Single(single(only, language))),
        several if pattern.kind == MatchKind::Initials => Some(Plan::Positional(initials(several).into())),
        several => Some(Plan::Positional(pairs(several, language).into())),
    }
}

/// The plan for a code: only characters as typed, and so many that they say something.
pub(super) fn for_code(pattern: &Pattern) -> Option<Plan> {
    let chars: Option<Vec<char>> = pattern
        .units
        .iter()
        .map(|unit| if let UnitPattern::Char(c) = unit { Some(*c) } else { None })
        .collect();
    let chars = chars.filter(|chars| chars.len() >= CODE_LENGTH)?;
    let slots = covering(chars.len(), CODE_LENGTH).map(|at| Slot {
        offset: at as u32,
        wanted: Wanted::Terms(vec![chars[at..at + CODE_LENGTH].iter().collect()]),
    });
    Some(Plan::Positional(slots.collect()))
}

/// The runs between the pauses, each at its distance from the first. A run of one character has no place in the index: it
/// only has to be there.
fn with_pauses(pattern: &Pattern, language: &Language) -> Vec<Plan> {
    let (mut plans, mut slots) = (Vec::new(), Vec::new());
    let starts = std::iter::once(0).chain(pattern.pauses.iter().copied());
    let ends = pattern.pauses.iter().copied().chain([pattern.units.len()]);
    for (start, end) in starts.zip(ends) {
        match &pattern.units[start..end] {
            [only] => plans.push(Plan::Single(single(only, language))),
            several => slots.extend(
                pairs(several, language)
                    .into_iter()
                    .map(|slot| Slot { offset: pattern.offset(start) + slot.offset, ..slot }),
            ),
        }
    }
    if !slots.is_empty() {
        plans.push(Plan::Positional(slots.into()));
    }
    plans
}

/// The places of the fewest windows of `width` that cover `length` places.
fn covering(length: usize, width: usize) -> impl Iterator<Item = usize> {
    let last = length.saturating_sub(width);
    (0..length.div_ceil(width)).map(move |i| (i * width).min(last))
}

fn single(unit: &UnitPattern, language: &Language) -> Wanted {
    match unit {
        UnitPattern::Char(c) => Wanted::Terms(vec![c.to_string()]),
        UnitPattern::Sound(sounds) => Wanted::Terms(
            sounds.iter().map(|sound| format!("{SOUND}{}", language.syllables().letters(*sound))).collect(),
        ),
        UnitPattern::Initial(c) => Wanted::Beginning(format!("{SOUND}{c}")),
    }
}

fn initials(units: &[UnitPattern]) -> Vec<Slot> {
    let letters: Vec<char> = units
        .iter()
        .filter_map(|unit| if let UnitPattern::Initial(c) = unit { Some(*c) } else { None })
        .collect();
    let term = |part: &[char]| std::iter::once(INITIALS).chain(part.iter().copied()).collect::<String>();
    if letters.len() < INITIALS_LENGTH {
        return vec![Slot { offset: 0, wanted: Wanted::Beginning(term(&letters)) }];
    }
    covering(letters.len(), INITIALS_LENGTH)
        .map(|at| {
            let wanted = Wanted::Terms(vec![term(&letters[at..at + INITIALS_LENGTH])]);
            Slot { offset: at as u32, wanted }
        })
        .collect()
}

fn pairs(units: &[UnitPattern], language: &Language) -> Vec<Slot> {
    covering(units.len(), 2)
        .map(|at| Slot { offset: at as u32, wanted: pair(&units[at], &units[at + 1], language) })
        .collect()
}

fn pair(first: &UnitPattern, second: &UnitPattern, language: &Language) -> Wanted {
    use UnitPattern::{Char, Sound};
    let characters =
        |sounds: &[u16]| sounds.iter().flat_map(|s| language.sounding(*s)).copied().collect::<Vec<char>>();
    match (first, second) {
        (Char(a), Char(b)) => Wanted::Terms(vec![[*a, *b].iter().collect()]),
        (Char(a), Sound(sounds)) if is_han(*a) => Wanted::Followed { first: *a, by: characters(sounds) },
        (Sound(sounds), Char(b)) if is_han(*b) => {
            Wanted::Terms(characters(sounds).into_iter().map(|a| [a, *b].iter().collect()).collect())
        }
        (a, b) => {
            let (a, b) = (sounds_of(a, language), sounds_of(b, language));
            let both = a.iter().flat_map(|a| b.iter().map(move |b| format!("{SOUND}{a} {b}")));
            Wanted::Terms(both.collect())
        }
    }
}

/// As in a pair of sounds: a letter or digit sounds like itself.
fn sounds_of(unit: &UnitPattern, language: &Language) -> Vec<String> {
    match unit {
        UnitPattern::Char(c) | UnitPattern::Initial(c) => vec![c.to_string()],
        UnitPattern::Sound(sounds) => {
            sounds.iter().map(|s| language.syllables().letters(*s).to_owned()).collect()
        }
    }
}
