//! Where in a text a pattern stands: for highlights.

use super::language::Language;
use super::readings::Readings;
use super::units::{Unit, units};
use super::words::{Pattern, UnitPattern};

/// A text made ready for matching.
#[derive(Debug)]
pub struct Matcher<'a> {
    language: &'a Language,
    units: Vec<Unit>,
    readings: Vec<Readings>,
}

impl<'a> Matcher<'a> {
    pub fn new(text: &str, language: &'a Language) -> Matcher<'a> {
        let units = units(text, language);
        let readings = language.readings(&units);
        Matcher { language, units, readings }
    }

    /// The text of a code: it has no pauses.
    pub fn of_code(text: &str, language: &'a Language) -> Matcher<'a> {
        let mut units = units(text, language);
        (0..).zip(&mut units).for_each(|(position, unit)| unit.position = position);
        Matcher { language, readings: vec![Readings::default(); units.len()], units }
    }

    /// Where the pattern stands, as bytes of the text; occurrences may overlap.
    pub fn find(&self, pattern: &Pattern) -> Vec<std::ops::Range<usize>> {
        let length = pattern.units.len();
        let at = |start: usize| {
            let places = self.units[start..start + length].iter().zip(&self.readings[start..]);
            let first = self.units[start].position;
            (0..).zip(places.zip(&pattern.units)).all(|(place, ((unit, readings), want))| {
                unit.position == first + pattern.offset(place) && self.fits(unit, *readings, want)
            })
        };
        match (self.units.len() + 1).checked_sub(length.max(1)) {
            Some(starts) if length > 0 => (0..starts)
                .filter(|start| at(*start))
                .map(|start| self.units[start].start..self.units[start + length - 1].end)
                .collect(),
            _ => Vec::new(),
        }
    }

    fn fits(&self, unit: &Unit, readings: Readings, want: &UnitPattern) -> bool {
        match want {
            UnitPattern::Char(c) => unit.ch == *c,
            UnitPattern::Sound(sounds) => sounds.iter().any(|sound| readings.contains(*sound)),
            UnitPattern::Initial(c) if readings.is_empty() => unit.ch == *c,
            UnitPattern::Initial(c) => {
                readings.iter().any(|sound| self.language.syllables().letters(sound).starts_with(*c))
            }
        }
    }
}
