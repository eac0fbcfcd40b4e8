//! What is known of Chinese: the simple form of a character and how it is read.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use serde::Deserialize;

use super::readings::Readings;
use super::syllables::Syllables;
use super::units::Unit;
use crate::search::error::SearchError;

const TRADITIONAL: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/traditional.tsv"));
const READINGS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/search/readings.toml"));

/// The characters that have a reading here: CJK extension A up to the end of the unified block.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;

/// The tables of search/ in the form that indexing and searching use. Built once.
#[derive(Debug)]
pub struct Language {
    /// By code point from `FIRST` on: the simplified form.
    simple: Vec<char>,
    syllables: Syllables,
    /// By code point from `FIRST` on: the readings outside any listed word.
    characters: Vec<Readings>,
    /// By code point from `FIRST` on: whether a listed word begins so.
    begins_word: Vec<bool>,
    /// By first character: words that fix the readings of theirs.
    words: HashMap<char, Vec<FixedWord>>,
    /// By syllable: every character that can be read so, in a listed word or outside.
    sounding: Vec<Vec<char>>,
}

#[derive(Debug)]
struct FixedWord {
    characters: Vec<char>,
    readings: Vec<Readings>,
}

#[derive(Deserialize)]
struct ReadingsFile {
    words: HashMap<String, String>,
    surnames: HashMap<char, String>,
    characters: HashMap<char, String>,
}

impl Language {
    /// The tables that the program was built with.
    pub fn builtin() -> Result<Language, SearchError> {
        let file: ReadingsFile =
            toml::from_str(READINGS).map_err(|e| wrong("readings.toml", e.to_string()))?;
        let simple = traditional()?;
        let usual: Vec<Option<String>> =
            (FIRST..=LAST).map(|code| char::from_u32(code).and_then(usual)).collect();
        let listed = file.words.values().flat_map(|sounds| sounds.split([' ', '/']));
        let extra =
            file.surnames.values().chain(file.characters.values()).flat_map(|sounds| sounds.split(' '));
        let all = usual.iter().flatten().map(String::as_str).chain(listed).chain(extra);
        let syllables = Syllables::new(all.map(str::to_owned));

        let mut characters = vec![Readings::default(); usual.len()];
        for (place, sound) in characters.iter_mut().zip(&usual) {
            place.add_all(&syllables, sound.iter().map(String::as_str));
        }
        for (character, sounds) in file.surnames.iter().chain(&file.characters) {
            let place = slot(*character).and_then(|i| characters.get_mut(i));
            let place =
                place.ok_or_else(|| wrong("readings.toml", format!("{character} is no Han character")))?;
            place.add_all(&syllables, sounds.split(' '));
        }
        let words = fixed_words(&file.words, &syllables)?;
        let mut begins_word = vec![false; characters.len()];
        for place in words.keys().filter_map(|first| slot(*first)) {
            begins_word.get_mut(place).into_iter().for_each(|begins| *begins = true);
        }
        let sounding = sounding(&characters, &words, syllables.len());
        Ok(Language { simple, syllables, characters, begins_word, words, sounding })
    }

    /// The simplified form of a traditional character, any other as it is.
    pub fn simple(&self, character: char) -> char {
        slot(character).and_then(|place| self.simple.get(place)).copied().unwrap_or(character)
    }

    /// The known syllables.
    pub fn syllables(&self) -> &Syllables {
        &self.syllables
    }

    /// Every character that can be read as this syllable.
    pub fn sounding(&self, syllable: u16) -> &[char] {
        self.sounding.get(usize::from(syllable)).map_or(&[], Vec::as_slice)
    }

    /// The readings of each unit of a text, in its context; units that are no Han characters have none.
    pub fn readings(&self, units: &[Unit]) -> Vec<Readings> {
        let mut readings = vec![Readings::default(); units.len()];
        for (start, unit) in units.iter().enumerate() {
            if !slot(unit.ch).and_then(|place| self.begins_word.get(place)).is_some_and(|begins| *begins) {
                continue;
            }
            for word in self.words.get(&unit.ch).map_or(&[][..], Vec::as_slice) {
                if stands_at(&word.characters, units, start) {
                    for (place, fixed) in readings.iter_mut().skip(start).zip(&word.readings) {
                        place.merge(*fixed);
                    }
                }
            }
        }
        for (place, unit) in readings.iter_mut().zip(units) {
            if place.is_empty() {
                *place = self.outside_words(unit);
            }
        }
        readings
    }

    fn outside_words(&self, unit: &Unit) -> Readings {
        let of = |c: char| slot(c).and_then(|i| self.characters.get(i)).copied().unwrap_or_default();
        let mut readings = of(unit.ch);
        // A traditional form may stand for a word of another sound than its simple form: 乾 is read qian in names.
        if unit.original != unit.ch {
            readings.merge(of(unit.original));
        }
        readings
    }
}

/// The table of search/traditional.tsv alone. That it can be read `Language::builtin` sees to.
static SIMPLE: LazyLock<Vec<char>> = LazyLock::new(|| traditional().unwrap_or_default());

/// A text with its traditional characters in their simplified form.
pub fn simplified(text: &str) -> String {
    let simple = |letter: char| slot(letter).and_then(|place| SIMPLE.get(place)).copied().unwrap_or(letter);
    text.chars().map(simple).collect()
}

fn wrong(file: &'static str, reason: String) -> SearchError {
    SearchError::Data { file, reason }
}

fn slot(character: char) -> Option<usize> {
    u32::from(character).checked_sub(FIRST).map(|i| i as usize)
}

/// The most frequent reading, as it is typed: without tone, ü as v.
fn usual(character: char) -> Option<String> {
    let plain = character.to_pinyin()?.plain().replace('ü', "v");
    let typed =
        plain.bytes().all(|b| b.is_ascii_lowercase()) && plain.contains(['a', 'e', 'i', 'o', 'u', 'v']);
    typed.then_some(plain)
}

fn traditional() -> Result<Vec<char>, SearchError> {
    let mut simple: Vec<char> = (FIRST..=LAST).filter_map(char::from_u32).collect();
    for line in TRADITIONAL.lines() {
        let mut columns = line.split('\t').map(|c| (c.chars().next(), c.chars().count()));
        let pair = (columns.next(), columns.next(), columns.next());
        let (Some((Some(from), 1)), Some((Some(to), 1)), None) = pair else {
            return Err(wrong("traditional.tsv", format!("not two characters and a tab: {line}")));
        };
        match slot(from).and_then(|place| simple.get_mut(place)) {
            Some(place) => *place = to,
            None => return Err(wrong("traditional.tsv", format!("{from} is no Han character"))),
        }
    }
    Ok(simple)
}

fn fixed_words(
    listed: &HashMap<String, String>,
    syllables: &Syllables,
) -> Result<HashMap<char, Vec<FixedWord>>, SearchError> {
    let mut words: HashMap<char, Vec<FixedWord>> = HashMap::new();
    for (word, sounds) in listed {
        let characters: Vec<char> = word.chars().collect();
        let mut readings = vec![Readings::default(); characters.len()];
        let sounds: Vec<&str> = sounds.split(' ').collect();
        if sounds.len() != characters.len() {
            return Err(wrong("readings.toml", format!("{word} needs a reading for each character")));
        }
        for (place, sound) in readings.iter_mut().zip(sounds) {
            place.add_all(syllables, sound.split('/'));
        }
        if let Some(first) = characters.first() {
            words.entry(*first).or_default().push(FixedWord { characters, readings });
        }
    }
    Ok(words)
}

fn stands_at(word: &[char], units: &[Unit], start: usize) -> bool {
    let Some(here) = units.get(start..start + word.len()) else { return false };
    let first = units[start].position as usize;
    here.iter()
        .zip(word)
        .enumerate()
        .all(|(i, (unit, c))| unit.ch == *c && unit.position as usize == first + i)
}

fn sounding(
    characters: &[Readings],
    words: &HashMap<char, Vec<FixedWord>>,
    syllables: usize,
) -> Vec<Vec<char>> {
    let mut sounding = vec![Vec::new(); syllables];
    let alone = (FIRST..=LAST).filter_map(char::from_u32).zip(characters.iter().copied());
    let in_words =
        words.values().flatten().flat_map(|w| w.characters.iter().copied().zip(w.readings.iter().copied()));
    for (character, readings) in alone.chain(in_words) {
        for syllable in readings.iter() {
            if let Some(list) = sounding.get_mut(usize::from(syllable))
                && !list.contains(&character)
            {
                list.push(character);
            }
        }
    }
    sounding
}
