//! Reference data (基础数据): regions, parks, industries, units, stages, days off, and the words of ledgers.
//!
//! All of it is files in seeds/reference, carried in the binary. A file of the same name in
//! `<data_dir>/reference` takes the place of the carried one, so that a bureau grows its own lists
//! without a new program. Nothing of it is in the database: a change is a change of a file and a restart.

mod about_to;
mod chamber_ledger;
mod chamber_words;
mod company_words;
mod fold;
pub mod handlers;
mod header_words;
mod industries;
pub mod operations;
mod places;
mod project_ledger;
mod recommendation_words;
mod regions;
mod source;
mod stages;
mod teams;
mod townsmen;
mod units;
mod value_words;
pub mod view;
mod working_days;

use std::path::Path;

pub use about_to::AboutTo;
pub use chamber_ledger::{ChamberColumn, ChamberLedger, ChamberLedgerColumn};
pub use chamber_words::{ChamberWord, ChamberWords};
pub use company_words::CompanyWords;
pub use fold::folded;
pub use header_words::{Column, HeaderWords};
pub use industries::{Industries, Industry, IndustryClass};
pub use places::{Park, Place, Places};
pub use project_ledger::{LedgerColumn, PlanWords, ProjectColumn, ProjectLedger};
pub use recommendation_words::{RecommendationWord, RecommendationWords, word as recommendation_word};
pub use regions::{Region, RegionKind, Regions};
pub use source::ReferenceError;
pub use stages::{Requirement, StageRequirements, Stages};
pub use teams::TeamTerms;
pub use townsmen::TownsmanTerms;
pub use units::Unit;
pub use value_words::{Measure, Money, StageWord, ValueWords};
pub use working_days::Calendar;

use source::Files;

/// Everything the program knows before it has a database. Loaded once, shared by reference.
#[derive(Debug)]
pub struct Reference {
    regions: Regions,
    places: Places,
    industries: Industries,
    units: Vec<Unit>,
    stages: Stages,
    calendar: Calendar,
    company_words: CompanyWords,
    headers: HeaderWords,
    values: ValueWords,
    about_to: AboutTo,
    chamber_words: ChamberWords,
    chamber_ledger: ChamberLedger,
    townsman_terms: TownsmanTerms,
    team_terms: TeamTerms,
    recommendation_words: RecommendationWords,
    project_ledger: ProjectLedger,
}

impl Reference {
    /// Reads all files, those in `overlay` first.
    ///
    /// # Errors
    /// The first file that cannot be read or contradicts itself or another, with the place in it and what
    /// is wanted there.
    pub fn load(overlay: Option<&Path>) -> Result<Self, ReferenceError> {
        let files = Files::new(overlay);
        let mut regions = Regions::load(&files)?;
        let industries = Industries::load(&files)?;
        let places = Places::load(&files, &mut regions, &industries)?;
        let chamber_words = ChamberWords::load(&files)?;
        Ok(Self {
            regions,
            places,
            industries,
            units: units::load(&files)?,
            stages: Stages::load(&files)?,
            calendar: Calendar::load(&files)?,
            company_words: CompanyWords::load(&files)?,
            headers: HeaderWords::load(&files)?,
            values: ValueWords::load(&files)?,
            about_to: about_to::load(&files)?,
            chamber_ledger: ChamberLedger::load(&files, &chamber_words)?,
            chamber_words,
            townsman_terms: townsmen::load(&files)?,
            team_terms: teams::load(&files)?,
            recommendation_words: recommendation_words::load(&files)?,
            project_ledger: ProjectLedger::load(&files)?,
        })
    }

    /// How far ahead the four about-to lists look.
    pub fn about_to(&self) -> &AboutTo {
        &self.about_to
    }

    /// Posts, labels and the like of what is entered of a chamber.
    pub fn chamber_words(&self) -> &ChamberWords {
        &self.chamber_words
    }

    /// The form of the ledger of chambers.
    pub fn chamber_ledger(&self) -> &ChamberLedger {
        &self.chamber_ledger
    }

    /// How long the consent of a townsman holds unasked.
    pub fn townsman_terms(&self) -> &TownsmanTerms {
        &self.townsman_terms
    }

    /// From which share of members who stayed on a team is called steady.
    pub fn team_terms(&self) -> &TeamTerms {
        &self.team_terms
    }

    /// Sizes, credit statuses and results of recommendations to banks.
    pub fn recommendation_words(&self) -> &RecommendationWords {
        &self.recommendation_words
    }

    /// The form of the ledger of projects.
    pub fn project_ledger(&self) -> &ProjectLedger {
        &self.project_ledger
    }

    /// A place of GB/T 2260, one of the bureau's zones, or a country of ISO 3166, by its code.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions.get(code)
    }

    /// All places and countries, for names in texts.
    pub fn regions(&self) -> &Regions {
        &self.regions
    }

    /// The name of a region in a language (`zh-CN`, `en`); the code itself when nothing has it.
    pub fn region_name<'a>(&'a self, code: &'a str, lang: &str) -> &'a str {
        self.region(code).map_or(code, |region| region.name(lang))
    }

    /// Where an investor comes from: the name of a code; any other text as it was written.
    pub fn origin_name<'a>(&'a self, text: &'a str, lang: &str) -> &'a str {
        self.region_name(text, lang)
    }

    /// The places of the bureau that a lead can belong to, in the bureau's own order.
    pub fn counties(&self) -> &[Region] {
        self.places.counties()
    }

    /// Whether leads can belong to this place.
    pub fn is_county(&self, code: &str) -> bool {
        self.counties().iter().any(|county| county.code == code)
    }

    /// Whether a place is a functional zone (片区), which counties register enclave projects in.
    pub fn is_zone(&self, code: &str) -> bool {
        self.region(code).is_some_and(|region| region.kind == RegionKind::Zone)
    }

    /// The code of the bureau's own city.
    pub fn city(&self) -> &str {
        self.places.city()
    }

    /// Counties and parks by the words that ledgers use for them.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// All parks.
    pub fn parks(&self) -> &[Park] {
        self.places.parks()
    }

    /// A park by its id.
    pub fn park(&self, id: &str) -> Option<&Park> {
        self.parks().iter().find(|park| park.id == id)
    }

    /// The parks of a county.
    pub fn parks_of(&self, county: &str) -> impl Iterator<Item = &Park> {
        self.parks().iter().filter(move |park| park.county == county)
    }

    /// All industries, `other` last.
    pub fn industries(&self) -> &[Industry] {
        self.industries.all()
    }

    /// An industry by its code.
    pub fn industry(&self, code: &str) -> Option<&Industry> {
        self.industries().iter().find(|industry| industry.code == code)
    }

    /// The name of an industry in a language; the code itself when nothing has it.
    pub fn industry_name<'a>(&'a self, code: &'a str, lang: &str) -> &'a str {
        self.industry(code).map_or(code, |industry| industry.name(lang))
    }

    /// The industry that a word of a ledger means.
    pub fn industry_of_word(&self, text: &str) -> Option<&Industry> {
        self.industries.of_word(text)
    }

    /// A class of GB/T 4754-2017 by its code.
    pub fn industry_class(&self, code: &str) -> Option<&IndustryClass> {
        self.industries().iter().flat_map(|industry| &industry.classes).find(|class| class.code == code)
    }

    /// Classes of GB/T 4754-2017 that a title or content speaks of, the likeliest first: a suggestion for
    /// a person to confirm.
    pub fn classes_for(&self, text: &str, industry: Option<&str>) -> Vec<&IndustryClass> {
        self.industries.classes_for(text, industry)
    }

    /// All units that the plan names, with the dates they exist.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The name of a unit in a language; the code itself when nothing has it.
    pub fn unit_name<'a>(&'a self, code: &'a str, lang: &str) -> &'a str {
        self.units.iter().find(|unit| unit.id == code).map_or(code, |unit| unit.name(lang))
    }

    /// What a lead must have for each stage.
    pub fn stages(&self) -> &Stages {
        &self.stages
    }

    /// China's working days.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The parts of a company name that do not tell companies apart.
    pub fn company_words(&self) -> &CompanyWords {
        &self.company_words
    }

    /// How ledgers head their columns.
    pub fn headers(&self) -> &HeaderWords {
        &self.headers
    }

    /// What ledgers write in their cells.
    pub fn values(&self) -> &ValueWords {
        &self.values
    }
}

#[cfg(test)]
mod tests;
