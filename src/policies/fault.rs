//! What is wrong with a version's text, and where: the table, the key and the line of it.

/// A version that cannot be used. Its text in English is for whoever starts the program; the page of the bureau head
/// says the same in his language (`code`, `args`).
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("policy {file}, line {}, {}: {fault}", .place.line, .place.at)]
pub struct PolicyError {
    pub file: String,
    pub place: Place,
    pub fault: Fault,
}

/// A place in a text, in TOML's own writing: `[[quota]] 2 target`, `[pool] industries`, `code`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    pub at: String,
    /// The first is 1, which also stands for the whole text.
    pub line: usize,
}

/// What is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("readable UTF-8 text is wanted: {0}")]
    Unreadable(String),
    #[error("this is no TOML: {0}")]
    Syntax(String),
    #[error("this key is missing")]
    Missing,
    #[error("there is no such key here")]
    UnknownKey,
    #[error("a value of another kind is wanted")]
    WrongValue,
    #[error("a code of 2 to 64 small letters, digits and hyphens is wanted, such as qinzhou-2023-2025")]
    NoCode,
    #[error("this word stands for something else in addresses")]
    CodeReserved,
    #[error("another version has this code")]
    CodeTaken,
    #[error("there is no version {0}")]
    UnknownVersion(String),
    #[error("a version cannot take its own place")]
    OwnPlace,
    #[error("a day on or after `from` is wanted")]
    EndsBeforeStart,
    #[error("a year from {0} to {1} is wanted")]
    NoYear(i32, i32),
    #[error("a version is in force for 20 years at the most")]
    TooLong,
    #[error("version {0} is in force on some of these days: `supersedes` is to name it")]
    SameDays(String),
    #[error("a number of 0 or more is wanted")]
    Negative,
    #[error("a number from {0} to {1} is wanted")]
    Between(i64, i64),
    #[error("there is no industry {0}")]
    UnknownIndustry(String),
    #[error("there is no county or zone {0}")]
    UnknownRegion(String),
    #[error("a county or zone names its region, the city does not")]
    RegionAndScope,
    #[error("{0} is a zone and no county: another `scope` is wanted, or another region")]
    NoCounty(String),
    #[error("{0} is a county and no zone: another `scope` is wanted, or another region")]
    NoZone(String),
    #[error("chain enterprises are counted in a zone")]
    ZoneOnly,
    #[error("{0} lies outside `from` and `to`")]
    YearOutside(i32),
    #[error("another quota of this scope and metric has one of these years")]
    YearTwice,
    #[error("the city has no such quota in {0}")]
    NoCityQuota(i32),
    #[error("the version is in force longer already")]
    NotLater,
    #[error("an amount from 0 to {0} yuan is wanted")]
    Amount(i64),
    #[error("0 promises nothing: an amount is wanted, or no such key")]
    NoAmount,
    #[error("basis points from 1 to 10,000 are wanted")]
    Rate,
    #[error("at least one is wanted")]
    Empty,
    #[error("each is wanted once")]
    Twice,
    #[error("{0} is not among the industries of [pool]")]
    NotAmongIndustries(String),
    #[error("the window lies in the version's `from` and `to`, with all of its days")]
    WindowOutside,
    #[error("it overlaps the period before it")]
    Overlaps,
    #[error("it begins later than on the day after the period before it")]
    Gap,
    #[error("there is a status for each day of the version, from its `from` to its `to`")]
    Uncovered,
    #[error("one of `readings` is wanted")]
    NotAmongReadings,
    #[error("a reading of another rule")]
    ReadingOfAnother,
    #[error("a number of at most {0} is wanted")]
    TooLarge(i64),
    #[error("milestones from 1 to 1,000,000 亿元 are wanted, ascending")]
    NotAscending,
    #[error("at least the lowest rate is wanted")]
    BelowLowest,
    #[error("there is no unit {0}")]
    UnknownUnit(String),
}

impl Fault {
    /// The message is `fault-<code>`.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Unreadable(_) => "policy-unreadable",
            Fault::Syntax(_) => "policy-syntax",
            Fault::Missing => "policy-missing",
            Fault::UnknownKey => "policy-unknown-key",
            Fault::WrongValue => "policy-wrong-value",
            Fault::NoCode => "policy-no-code",
            Fault::CodeReserved => "policy-code-reserved",
            Fault::CodeTaken => "policy-code-taken",
            Fault::UnknownVersion(_) => "policy-unknown-version",
            Fault::OwnPlace => "policy-own-place",
            Fault::EndsBeforeStart => "policy-ends-before-start",
            Fault::NoYear(..) => "policy-no-year",
            Fault::TooLong => "policy-too-long",
            Fault::SameDays(_) => "policy-same-days",
            Fault::Negative => "policy-negative",
            Fault::Between(..) => "policy-between",
            Fault::UnknownIndustry(_) => "policy-unknown-industry",
            Fault::UnknownRegion(_) => "policy-unknown-region",
            Fault::RegionAndScope => "policy-region-and-scope",
            Fault::NoCounty(_) => "policy-no-county",
            Fault::NoZone(_) => "policy-no-zone",
            Fault::ZoneOnly => "policy-zone-only",
            Fault::YearOutside(_) => "policy-year-outside",
            Fault::YearTwice => "policy-year-twice",
            Fault::NoCityQuota(_) => "policy-no-city-quota",
            Fault::NotLater => "policy-not-later",
            Fault::Amount(_) => "policy-amount",
            Fault::NoAmount => "policy-no-amount",
            Fault::Rate => "policy-rate",
            Fault::Empty => "policy-empty",
            Fault::Twice => "policy-twice",
            Fault::NotAmongIndustries(_) => "policy-not-among-industries",
            Fault::WindowOutside => "policy-window-outside",
            Fault::Overlaps => "policy-overlaps",
            Fault::Gap => "policy-gap",
            Fault::Uncovered => "policy-uncovered",
            Fault::NotAmongReadings => "policy-not-among-readings",
            Fault::ReadingOfAnother => "policy-reading-of-another",
            Fault::TooLarge(_) => "policy-too-large",
            Fault::NotAscending => "policy-not-ascending",
            Fault::BelowLowest => "policy-below-lowest",
            Fault::UnknownUnit(_) => "policy-unknown-unit",
        }
    }

    /// What stands there instead, where a sentence names it.
    fn found(&self) -> String {
        match self {
            Fault::Unreadable(text)
            | Fault::Syntax(text)
            | Fault::UnknownVersion(text)
            | Fault::UnknownIndustry(text)
            | Fault::NotAmongIndustries(text)
            | Fault::UnknownUnit(text)
            | Fault::SameDays(text)
            | Fault::NoCounty(text)
            | Fault::NoZone(text)
            | Fault::UnknownRegion(text) => text.clone(),
            Fault::Amount(most) | Fault::TooLarge(most) => most.to_string(),
            Fault::NoYear(least, most) => format!("{least}–{most}"),
            Fault::Between(least, most) => format!("{least}–{most}"),
            Fault::YearOutside(year) | Fault::NoCityQuota(year) => year.to_string(),
            _ => String::new(),
        }
    }
}

impl PolicyError {
    /// The same with its line looked up: what two versions have against each other is found without a text.
    pub fn in_text(self, text: &str) -> PolicyError {
        let place = Place { line: line_of(text, &self.place.at).unwrap_or(self.place.line), ..self.place };
        PolicyError { place, ..self }
    }

    /// The parts of the sentence: `line`, `at`, `found`.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let line = self.place.line.to_string();
        vec![("line", line), ("at", self.place.at.clone()), ("found", self.fault.found())]
    }
}

/// The line of a key above all tables.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let is_key = |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
    let above = text.lines().take_while(|line| !line.trim_start().starts_with('['));
    above.zip(1..).find(|(line, _)| is_key(line)).map(|(_, number)| number)
}
