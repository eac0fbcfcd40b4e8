//! The readings of one character in its context.

use super::syllables::Syllables;

/// Up to four syllables, by number; none for what is no Han character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings {
    syllables: [u16; 4],
    len: u8,
}

impl Readings {
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    pub fn iter(self) -> impl Iterator<Item = u16> {
        self.syllables.into_iter().take(usize::from(self.len))
    }

    pub fn contains(self, syllable: u16) -> bool {
        self.iter().any(|known| known == syllable)
    }

    /// Takes a reading in; a fifth is dropped, as no character has five that are typed.
    pub fn add(&mut self, syllable: u16) {
        if !self.contains(syllable)
            && let Some(place) = self.syllables.get_mut(usize::from(self.len))
        {
            *place = syllable;
            self.len += 1;
        }
    }

    pub fn merge(&mut self, other: Readings) {
        other.iter().for_each(|syllable| self.add(syllable));
    }

    /// Takes in those of `sounds` that are known syllables.
    pub fn add_all<'a>(&mut self, syllables: &Syllables, sounds: impl Iterator<Item = &'a str>) {
        sounds.filter_map(|sound| syllables.number(sound)).for_each(|syllable| self.add(syllable));
    }
}
