//! The syllables of pinyin, and the ways in which letters can be cut into them.

use std::collections::HashSet;

/// Letters can be cut in many ways; past this many the rest is not looked for.
const MOST_CUTS: usize = 48;

/// Every syllable that some character has, by number.
#[derive(Debug)]
pub struct Syllables {
    /// Sorted.
    all: Vec<String>,
    longest: usize,
}

/// What stands at one place of a cut: one syllable, or for an unfinished one all that begin so.
pub type Sounds = Vec<u16>;

impl Syllables {
    /// From every reading that occurs, in any order.
    pub fn new(sounds: impl Iterator<Item = String>) -> Syllables {
        let mut all: Vec<String> = sounds.collect::<HashSet<_>>().into_iter().collect();
        all.sort();
        let longest = all.iter().map(String::len).max().unwrap_or(0);
        Syllables { all, longest }
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The syllable's letters.
    pub fn letters(&self, number: u16) -> &str {
        self.all.get(usize::from(number)).map_or("", String::as_str)
    }

    /// The number of what was typed; `lue` and `nue` are typed for `lve` and `nve`.
    pub fn number(&self, typed: &str) -> Option<u16> {
        let typed = match typed {
            "lue" => "lve",
            "nue" => "nve",
            other => other,
        };
        let index = self.all.binary_search_by(|known| known.as_str().cmp(typed)).ok()?;
        u16::try_from(index).ok()
    }

    /// The syllables that begin with these letters and go on.
    fn unfinished(&self, letters: &str) -> Sounds {
        let from = self.all.partition_point(|known| known.as_str() <= letters);
        let going_on = self.all[from..].iter().take_while(|known| known.starts_with(letters));
        (from..from + going_on.count()).filter_map(|i| u16::try_from(i).ok()).collect()
    }

    /// All ways to cut lower-case letters into syllables, longest syllables first. `breaks` are places where
    /// a syllable must end (an apostrophe was typed). `unfinished` lets the last syllable be a beginning.
    /// `follows` says whether two syllables follow one another anywhere: other cuts are left out.
    pub fn cuts(
        &self,
        letters: &str,
        breaks: &[usize],
        unfinished: bool,
        follows: &mut dyn FnMut(u16, u16) -> bool,
    ) -> Vec<Vec<Sounds>> {
        if !letters.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let mut search = Cutting {
            known: self,
            letters,
            breaks,
            unfinished,
            follows,
            found: Vec::new(),
            dead: HashSet::new(),
        };
        search.from(0, &mut Vec::new());
        search.found
    }
}

struct Cutting<'a> {
    known: &'a Syllables,
    letters: &'a str,
    breaks: &'a [usize],
    unfinished: bool,
    follows: &'a mut dyn FnMut(u16, u16) -> bool,
    found: Vec<Vec<Sounds>>,
    /// (place, syllable before it) from which no cut reaches the end.
    dead: HashSet<(usize, Option<u16>)>,
}

impl Cutting<'_> {
    fn from(&mut self, start: usize, cut: &mut Vec<Sounds>) {
        if start == self.letters.len() {
            if !cut.is_empty() {
                self.found.push(cut.clone());
            }
            return;
        }
        let before = cut.last().and_then(|sounds| sounds.first().copied());
        if self.found.len() >= MOST_CUTS || self.dead.contains(&(start, before)) {
            return;
        }
        let found = self.found.len();
        let next_break = self.breaks.iter().copied().find(|b| *b > start).unwrap_or(self.letters.len());
        let furthest = (start + self.known.longest).min(next_break).min(self.letters.len());
        for end in (start + 1..=furthest).rev() {
            let letters = &self.letters[start..end];
            if let Some(syllable) = self.known.number(letters)
                && before.is_none_or(|before| (self.follows)(before, syllable))
            {
                cut.push(vec![syllable]);
                self.from(end, cut);
                cut.pop();
            }
            if self.unfinished && end == self.letters.len() {
                self.last(letters, before, cut);
            }
        }
        if self.found.len() == found {
            self.dead.insert((start, before));
        }
    }

    fn last(&mut self, letters: &str, before: Option<u16>, cut: &mut Vec<Sounds>) {
        let mut sounds = self.known.unfinished(letters);
        if let Some(before) = before {
            sounds.retain(|sound| (self.follows)(before, *sound));
        }
        if !sounds.is_empty() {
            cut.push(sounds);
            self.found.push(cut.clone());
            cut.pop();
        }
    }
}
