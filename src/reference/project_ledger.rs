//! The ledger of projects (招商引资项目台账): its columns and the words of its cells.

use std::collections::HashMap;

use serde::Deserialize;

use super::fold::folded;
use super::header_words::{bare, spellings};
use super::source::{Files, ReferenceError};
use crate::milestones::model::MilestoneKind;
use crate::projects::model::{KeyBasis, LandUse};
use crate::projects::queries::ContractKind;

/// What a column of the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectColumn {
    /// 序号: a number that is no part of the project.
    Serial,
    Code,
    Title,
    County,
    Park,
    Industry,
    IndustryClass,
    Investor,
    Origin,
    ProjectCompany,
    Content,
    TotalInvestment,
    FixedInvestment,
    /// The contract years with their amounts.
    AnnualPlan,
    /// Land in mu and floor space in square metres, parted by a slash.
    LandAndFactory,
    Source,
    /// The chamber, referrer or enterprise by name.
    SourceName,
    SourceNote,
    SignedOn,
    ContractKind,
    FilingCode,
    /// The code of the first phase.
    PhaseOf,
    /// What no project has a field for.
    Kept,
    Jobs,
    /// Follows from the day of entry.
    InPool,
    EnteredOn,
    /// Follows from the milestone.
    IsAboveScale,
    Leader,
    Unit,
    Officer,
    Progress,
    Problems,
    Coordination,
    NextStep,
    /// The day of the last change: written only.
    UpdatedOn,
    /// The chambers that have the credit, each with its part: written only, as it is changed at the lead.
    Attribution,
    Uscc,
    KeyBasis,
    KeyReason,
    SupportingProject,
    SupportingFinding,
    EnclaveCounty,
    LandUse,
    RecommendedOn,
    WithdrawnOn,
    WithdrawalReason,
    ContractTotal,
    ContractFixed,
    LandPremium,
    Parties,
    Funding,
    Supplements,
    Remark,
    /// A milestone's days.
    #[serde(skip)]
    Planned(MilestoneKind),
    #[serde(skip)]
    Actual(MilestoneKind),
}

impl ProjectColumn {
    /// The project's field that a refusal names; a milestone's is its kind.
    pub fn field(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Uscc => "uscc",
            Self::TotalInvestment => "total_investment_fen",
            Self::FixedInvestment => "fixed_investment_fen",
            Self::SignedOn => "signed_on",
            Self::EnteredOn => "entered_on",
            Self::WithdrawnOn => "withdrawn_on",
            Self::EnclaveCounty => "enclave.county",
            Self::LandUse => "enclave.land_use",
            Self::RecommendedOn => "enclave.recommended_on",
            Self::ContractTotal | Self::ContractFixed | Self::LandPremium => "contract",
            Self::Planned(kind) | Self::Actual(kind) => kind.as_str(),
            Self::Title => "title",
            Self::Investor => "investor_name",
            Self::Code => "code",
            Self::Park => "park",
            Self::Industry => "industry",
            Self::IndustryClass => "industry_class",
            Self::Origin => "origin",
            Self::ProjectCompany => "project_company",
            Self::Content => "content",
            Self::AnnualPlan => "years",
            Self::LandAndFactory => "land_mu",
            Self::Source => "source.kind",
            Self::SourceName => "source",
            Self::SourceNote => "source.note",
            Self::ContractKind => "kind",
            Self::FilingCode => "filing_code",
            Self::PhaseOf => "phase_of",
            Self::Jobs => "jobs",
            Self::Leader => "leader",
            Self::Unit => "unit",
            Self::Officer => "officer",
            Self::Progress => "progress",
            Self::Problems => "problems",
            Self::Coordination => "coordination",
            Self::NextStep => "next_step",
            Self::KeyBasis => "key.basis",
            Self::KeyReason => "key.reason",
            Self::SupportingProject => "supporting_project",
            Self::SupportingFinding => "supporting_finding",
            Self::WithdrawalReason => "reason",
            Self::Parties => "parties",
            Self::Funding => "funding",
            Self::Supplements => "supplements",
            Self::Remark => "remark",
            Self::Serial
            | Self::Kept
            | Self::InPool
            | Self::IsAboveScale
            | Self::UpdatedOn
            | Self::Attribution => "row",
        }
    }
}

/// One column.
#[derive(Debug)]
pub struct LedgerColumn {
    pub holds: ProjectColumn,
    /// As an export heads it.
    pub header: String,
    /// What stands over it and its neighbours.
    pub group: Option<String>,
}

/// The ledger's form.
#[derive(Debug)]
pub struct ProjectLedger {
    pub title: String,
    /// The line that says the unit.
    pub unit: String,
    pub subtotal: String,
    pub total: String,
    /// Headers of columns that are no part of a project: what an import says of rejected rows.
    pub left_out: Vec<String>,
    /// In the order of an export.
    pub columns: Vec<LedgerColumn>,
    pub words: CellWords,
    pub plan: PlanWords,
    /// Positions in `columns`.
    by_word: HashMap<String, usize>,
}

/// Words of cells; the first of each is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellWords {
    yes: Vec<String>,
    no: Vec<String>,
    contract_kind: HashMap<ContractKind, Vec<String>>,
    key_basis: HashMap<KeyBasis, Vec<String>>,
    land_use: HashMap<LandUse, Vec<String>>,
}

/// How a year of the annual plan is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanWords {
    pub before: Vec<String>,
    pub after: Vec<String>,
    pub land: Vec<String>,
    pub passed_over: Vec<String>,
    /// How 1, 2, 3 … are written in words.
    pub numerals: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerFile {
    title: String,
    unit: String,
    subtotal: String,
    total: String,
    #[serde(default)]
    left_out: Vec<String>,
    column: Vec<ColumnEntry>,
    words: CellWords,
    plan: PlanWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnEntry {
    field: Option<ProjectColumn>,
    planned: Option<MilestoneKind>,
    actual: Option<MilestoneKind>,
    group: Option<String>,
    words: Vec<String>,
}

impl ProjectLedger {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("project-ledger.toml")?;
        let found: LedgerFile = file.toml()?;
        let mut columns: Vec<LedgerColumn> = Vec::new();
        let mut by_word = HashMap::new();
        for entry in found.column {
            let name = entry.words.first().cloned().unwrap_or_default();
            let holds = match (entry.field, entry.planned, entry.actual) {
                (Some(field), None, None) => field,
                (None, Some(kind), None) => ProjectColumn::Planned(kind),
                (None, None, Some(kind)) => ProjectColumn::Actual(kind),
                _ => return Err(file.fault(name, "one of field, planned and actual is wanted")),
            };
            if name.is_empty() {
                return Err(file.fault(format!("{holds:?}"), "a word is wanted"));
            }
            for word in &entry.words {
                if by_word.insert(bare(&folded(word)), columns.len()).is_some_and(|at| at != columns.len()) {
                    return Err(file.fault(name, format!("the word {word} already heads another column")));
                }
            }
            columns.push(LedgerColumn { holds, header: name, group: entry.group });
        }
        let words = &found.words;
        let lacks = ContractKind::ALL.iter().any(|kind| first(words.contract_kind.get(kind)).is_empty())
            || KeyBasis::ALL.iter().any(|basis| first(words.key_basis.get(basis)).is_empty())
            || LandUse::ALL.iter().any(|land| first(words.land_use.get(land)).is_empty());
        if lacks {
            return Err(file.fault("words", "every code wants a word"));
        }
        Ok(Self {
            title: found.title,
            unit: found.unit,
            subtotal: found.subtotal,
            total: found.total,
            left_out: found.left_out,
            columns,
            words: found.words,
            plan: found.plan,
            by_word,
        })
    }

    /// The header of the first column that holds this field of a project.
    pub fn header_of(&self, field: &str) -> Option<&str> {
        let of_field = self.columns.iter().find(|column| column.holds.field() == field);
        of_field.map(|column| column.header.as_str())
    }

    /// The position of the column that a header names.
    pub fn find(&self, header: &str) -> Option<usize> {
        spellings(header).iter().find_map(|spelling| self.by_word.get(spelling)).copied()
    }
}

impl CellWords {
    pub fn yes_or_no(&self, yes: bool) -> &str {
        first(Some(if yes { &self.yes } else { &self.no }))
    }

    pub fn read_yes_or_no(&self, text: &str) -> Option<bool> {
        let text = folded(text);
        let is = |words: &[String]| words.iter().any(|word| folded(word) == text);
        if is(&self.yes) { Some(true) } else { is(&self.no).then_some(false) }
    }

    pub fn contract_kind(&self, kind: ContractKind) -> &str {
        first(self.contract_kind.get(&kind))
    }

    pub fn read_contract_kind(&self, text: &str) -> Option<ContractKind> {
        read(&self.contract_kind, text)
    }

    pub fn key_basis(&self, basis: KeyBasis) -> &str {
        first(self.key_basis.get(&basis))
    }

    pub fn read_key_basis(&self, text: &str) -> Option<KeyBasis> {
        read(&self.key_basis, text)
    }

    pub fn land_use(&self, land: LandUse) -> &str {
        first(self.land_use.get(&land))
    }

    pub fn read_land_use(&self, text: &str) -> Option<LandUse> {
        read(&self.land_use, text)
    }
}

impl PlanWords {
    /// A year of the plan; amounts as they are written.
    pub fn year(&self, year: i64, fixed: &str, land: &str) -> String {
        let word = |words: &[String]| words.first().cloned().unwrap_or_default();
        let (before, after, of_land) = (word(&self.before), word(&self.after), word(&self.land));
        format!("{before}{year}{after} {fixed} {of_land} {land}")
    }
}

/// The word that is written.
pub(super) fn first(words: Option<&Vec<String>>) -> &str {
    words.and_then(|words| words.first()).map_or("", String::as_str)
}

/// The code that a word stands for.
pub(super) fn read<T: Copy>(words: &HashMap<T, Vec<String>>, text: &str) -> Option<T> {
    let text = folded(text);
    words.iter().find(|(_, words)| words.iter().any(|word| folded(word) == text)).map(|(code, _)| *code)
}
