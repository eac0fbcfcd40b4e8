//! The bureau's own places: the counties that a lead can belong to, and their parks.

use std::collections::HashMap;

use serde::Deserialize;

use super::fold::folded;
use super::industries::Industries;
use super::regions::{Region, RegionKind, Regions};
use super::source::{Files, ReferenceError};

/// An industrial park or platform.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Park {
    /// A short word that stays when the name changes.
    pub id: String,
    /// The code of its county.
    pub county: String,
    pub zh: String,
    pub en: String,
    /// The code of its main industry.
    pub industry: Option<String>,
    /// What ledgers write for it beside the name.
    #[serde(default)]
    pub aliases: Vec<String>,
}

impl Park {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") { &self.en } else { &self.zh }
    }
}

/// A county or park that a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At this position of `counties()`.
    County(usize),
    /// At this position of `parks()`.
    Park(usize),
}

/// Counties and parks, and the words for them.
#[derive(Debug)]
pub struct Places {
    city: String,
    counties: Vec<Region>,
    parks: Vec<Park>,
    by_word: HashMap<String, Place>,
    /// Words to look for inside a text, the longest first: where one holds another, the longer is meant.
    /// Aliases of two letters (片区) mean something only alone.
    words: Vec<(String, Place)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountiesFile {
    city: String,
    county: Vec<CountyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountyEntry {
    code: String,
    zh: String,
    en: String,
    #[serde(default)]
    zone: bool,
    #[serde(default)]
    aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParksFile {
    park: Vec<Park>,
}

impl Places {
    pub(super) fn load(
        files: &Files<'_>,
        regions: &mut Regions,
        industries: &Industries,
    ) -> Result<Self, ReferenceError> {
        let file = files.read("counties.toml")?;
        let CountiesFile { city, county } = file.toml()?;
        if regions.get(&city).is_none() {
            return Err(file.fault("city", format!("a code of regions.csv is wanted, not {city}")));
        }
        let mut places = Self {
            city,
            counties: Vec::new(),
            parks: Vec::new(),
            by_word: HashMap::new(),
            words: Vec::new(),
        };
        for entry in county {
            let region = match regions.get(&entry.code) {
                Some(region) => Region { zh: entry.zh, en: entry.en, ..region.clone() },
                None if entry.zone => {
                    let zone = Region {
                        code: entry.code.clone(),
                        short: entry.zh.clone(),
                        zh: entry.zh,
                        en: entry.en,
                        kind: RegionKind::Zone,
                        parent: Some(places.city.clone()),
                    };
                    regions.add(zone.clone());
                    zone
                }
                None => {
                    return Err(file.fault(&entry.code, "a code of regions.csv, or `zone = true`, is wanted"));
                }
            };
            let place = Place::County(places.counties.len());
            let own = [region.zh.clone(), region.en.clone(), region.short.clone(), region.code.clone()];
            for word in own.into_iter().chain(entry.aliases) {
                places.name(&word, place).map_err(|word| file.fault(&entry.code, two_meanings(&word)))?;
            }
            places.counties.push(region);
        }
        places.load_parks(files, industries)?;
        let names: Vec<String> = places.counties.iter().map(|county| folded(&county.short)).collect();
        let speaks = |word: &String| word.chars().count() > 2 || names.contains(word);
        places.words = places.by_word.iter().map(|(word, place)| (word.clone(), *place)).collect();
        places.words.retain(|(word, _)| speaks(word));
        places
            .words
            .sort_by(|a, b| b.0.chars().count().cmp(&a.0.chars().count()).then_with(|| a.0.cmp(&b.0)));
        Ok(places)
    }

    fn load_parks(&mut self, files: &Files<'_>, industries: &Industries) -> Result<(), ReferenceError> {
        let file = files.read("parks.toml")?;
        for park in file.toml::<ParksFile>()?.park {
            if !self.counties.iter().any(|county| county.code == park.county) {
                return Err(
                    file.fault(&park.id, format!("a county of counties.toml is wanted, not {}", park.county))
                );
            }
            if park.industry.as_ref().is_some_and(|code| !industries.all().iter().any(|i| i.code == *code)) {
                return Err(file.fault(&park.id, "an industry of industries.toml is wanted"));
            }
            if self.parks.iter().any(|other| other.id == park.id) {
                return Err(file.fault(&park.id, "this id stands here twice"));
            }
            let place = Place::Park(self.parks.len());
            for word in park.aliases.iter().chain([&park.zh, &park.en, &park.id]) {
                self.name(word, place).map_err(|word| file.fault(&park.id, two_meanings(&word)))?;
            }
            self.parks.push(park);
        }
        Ok(())
    }

    /// Lets a word mean a place; the word back when it means another already.
    fn name(&mut self, word: &str, place: Place) -> Result<(), String> {
        match self.by_word.insert(folded(word), place) {
            Some(other) if other != place => Err(word.to_owned()),
            _ => Ok(()),
        }
    }

    /// The code of the city.
    pub fn city(&self) -> &str {
        &self.city
    }

    /// The counties, in the bureau's order.
    pub fn counties(&self) -> &[Region] {
        &self.counties
    }

    /// The parks.
    pub fn parks(&self) -> &[Park] {
        &self.parks
    }

    /// The county or park that a folded text is a word for.
    pub fn of_word(&self, folded: &str) -> Option<Place> {
        self.by_word.get(folded).copied()
    }

    /// The county code that a place gives.
    pub fn county_of(&self, place: Place) -> &str {
        match place {
            Place::County(at) => &self.counties[at].code,
            Place::Park(at) => &self.parks[at].county,
        }
    }

    /// The park, when the place is one.
    pub fn park_of(&self, place: Place) -> Option<&Park> {
        match place {
            Place::County(_) => None,
            Place::Park(at) => Some(&self.parks[at]),
        }
    }

    /// The places that a folded text mentions, and what is left of it without them.
    pub fn mentions(&self, folded: &str) -> (Vec<Place>, String) {
        let mut left = folded.to_owned();
        let mut found = Vec::new();
        for (word, place) in &self.words {
            // A mark stays where a word was, so that what stood around it does not grow together.
            if left.contains(word.as_str()) {
                left = left.replace(word.as_str(), "\u{1f}");
                found.push(*place);
            }
        }
        (found, left)
    }
}

fn two_meanings(word: &str) -> String {
    format!("the word {word} already means another place")
}
