//! Places of GB/T 2260 and countries of ISO 3166, and finding their names in texts.

use std::collections::HashMap;

use serde::Deserialize;

use super::fold::folded;
use super::source::{Files, ReferenceError};

/// One place or country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// GB/T 2260 (six digits), the bureau's own for a zone (`QZ-FTZ`), or ISO 3166-1 alpha-2.
    pub code: String,
    pub zh: String,
    pub en: String,
    pub kind: RegionKind,
    /// The code of the place it lies in.
    pub parent: Option<String>,
    /// The Chinese name without 省, 市, 县, 区 and the like.
    pub short: String,
}

crate::text_enum! {
    /// What sort of place it is.
    pub enum RegionKind {
        Province = "province",
        Prefecture = "prefecture",
        County = "county",
        /// A county given up since 2021: old ledgers and company names still use it.
        Former = "former",
        /// A functional zone of the bureau's without a code of its own in GB/T 2260.
        Zone = "zone",
        Country = "country",
    }
}

/// All places and countries.
#[derive(Debug, Default)]
pub struct Regions {
    all: Vec<Region>,
    by_code: HashMap<String, usize>,
    /// Places by folded name, with and without 省/市/县/区. One name may be of several places.
    by_name: HashMap<String, Vec<usize>>,
    /// Letters of the longest name: no prefix beyond it need be tried.
    longest: usize,
}

#[derive(Deserialize)]
struct PlaceRow {
    code: String,
    zh: String,
    short: String,
    en: String,
    kind: RegionKind,
    parent: Option<String>,
}

#[derive(Deserialize)]
struct CountryRow {
    code: String,
    zh: String,
    en: String,
}

impl Region {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") && !self.en.is_empty() { &self.en } else { &self.zh }
    }
}

impl Regions {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let mut regions = Self::default();
        let file = files.read("regions.csv")?;
        for (line, row) in file.csv::<PlaceRow>()? {
            let PlaceRow { code, zh, short, en, kind, parent } = row;
            let parent = parent.filter(|parent| !parent.is_empty());
            if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(
                    file.fault(format!("line {line}"), format!("a code of six digits is wanted, not {code}"))
                );
            }
            if !regions.add(Region { code, zh, en, kind, parent, short }) {
                return Err(file.fault(format!("line {line}"), "this code stands here twice"));
            }
        }
        if let Some(orphan) =
            regions.all.iter().find(|r| r.parent.as_deref().is_some_and(|p| regions.get(p).is_none()))
        {
            return Err(file.fault(&orphan.code, "its parent is no place of this file"));
        }
        let file = files.read("countries.csv")?;
        for (line, CountryRow { code, zh, en }) in file.csv()? {
            let short = zh.clone();
            if !regions.add(Region { code, zh, en, kind: RegionKind::Country, parent: None, short }) {
                return Err(file.fault(format!("line {line}"), "this code stands here twice"));
            }
        }
        Ok(regions)
    }

    /// Adds a place; `false` when its code is taken.
    pub(super) fn add(&mut self, region: Region) -> bool {
        let at = self.all.len();
        if self.by_code.insert(region.code.clone(), at).is_some() {
            return false;
        }
        // Countries and zones begin no company name that GB/T 2260 knows of, so names find places only.
        if !matches!(region.kind, RegionKind::Country | RegionKind::Zone) {
            let (name, short) = (folded(&region.zh), folded(&region.short));
            self.longest = self.longest.max(name.chars().count());
            if short != name {
                self.by_name.entry(short).or_default().push(at);
            }
            self.by_name.entry(name).or_default().push(at);
        }
        self.all.push(region);
        true
    }

    /// A region by its code.
    pub fn get(&self, code: &str) -> Option<&Region> {
        self.by_code.get(code).map(|&at| &self.all[at])
    }

    /// All of them, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.all.iter()
    }

    /// The places whose name, with or without 省/市/县/区, is this folded text.
    pub fn named(&self, folded: &str) -> impl Iterator<Item = &Region> {
        self.by_name.get(folded).into_iter().flatten().map(|&at| &self.all[at])
    }

    /// The longest place name of at least two letters that a folded text begins with, in bytes.
    pub fn longest_name_at_start(&self, folded: &str) -> Option<usize> {
        let ends: Vec<usize> =
            folded.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest).collect();
        ends.into_iter().skip(1).rev().find(|&end| self.by_name.contains_key(&folded[..end]))
    }

    /// Whether the first region is the second or lies in it.
    pub fn is_within(&self, code: &str, outer: &str) -> bool {
        let mut here = Some(code);
        while let Some(code) = here {
            if code == outer {
                return true;
            }
            here = self.get(code).and_then(|region| region.parent.as_deref());
        }
        false
    }

    /// The places that a row of names such as 广西南宁市 can mean: the last name's places, those outside the
    /// names before it left out. `None` when the text is anything else.
    pub fn read_address(&self, text: &str) -> Option<Vec<&Region>> {
        let folded = folded(text);
        let mut rest = folded.as_str();
        let mut found: Vec<&Region> = Vec::new();
        while !rest.is_empty() {
            let end = self.longest_name_at_start(rest)?;
            let within = |region: &&Region| {
                found.is_empty() || found.iter().any(|outer| self.is_within(&region.code, &outer.code))
            };
            let next: Vec<&Region> = self.named(&rest[..end]).filter(within).collect();
            if next.is_empty() {
                return None;
            }
            found = next;
            rest = &rest[end..];
        }
        (!found.is_empty()).then_some(found)
    }

    /// The one code that a ledger's origin means: a place (the widest where names coincide, as 海南), a
    /// country, or a code. `None` for any other text, which is then kept as written.
    pub fn origin_code(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        if let Some(region) = self.get(text) {
            return Some(&region.code);
        }
        if let Some(country) = self.all.iter().find(|r| r.kind == RegionKind::Country && r.zh == text) {
            return Some(&country.code);
        }
        let found = self.read_address(text)?;
        let rank = |region: &Region| match region.kind {
            RegionKind::Province => 0,
            RegionKind::Prefecture => 1,
            RegionKind::Former => 3,
            _ => 2,
        };
        let widest = found.iter().map(|region| rank(region)).min()?;
        let mut of_that_rank = found.iter().filter(|region| rank(region) == widest);
        let first = of_that_rank.next()?;
        of_that_rank.next().is_none().then_some(first.code.as_str())
    }
}
