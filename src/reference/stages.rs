//! What a lead must have before it may move to a stage.

use serde::Deserialize;

use super::source::{Files, ReferenceError};
use crate::leads::model::Stage;

/// Fields that stages.toml may ask for: each is one that the rules know how to look up.
const FIELDS: &[&str] = &[
    "investor_name",
    "county",
    "industry",
    "source",
    "total_investment_fen",
    "officer",
    "contact",
    "leader",
    "follow_ups",
    "fixed_investment_fen",
    "land_mu",
    "jobs",
    "uscc",
    "park",
    "contract_paper",
];

/// One thing a stage asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The field's name.
    pub field: String,
    /// Not asked for yet: the records it needs are not kept.
    #[serde(default)]
    pub later: bool,
}

/// One stage with what it asks for beyond the stages before it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRequirements {
    pub code: String,
    pub zh: String,
    pub en: String,
    pub requires: Vec<Requirement>,
}

/// All stages in order.
#[derive(Debug)]
pub struct Stages {
    all: Vec<StageRequirements>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StagesFile {
    stage: Vec<StageRequirements>,
}

impl Stages {
    pub(super) fn load(files: &Files<'_>) -> Result<Self, ReferenceError> {
        let file = files.read("stages.toml")?;
        let all = file.toml::<StagesFile>()?.stage;
        let known = Stage::ALL.iter().map(|stage| stage.as_str());
        if !all.iter().map(|stage| stage.code.as_str()).eq(known) {
            let wanted: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
            return Err(file
                .fault("whole file", format!("the stages {} are wanted, in this order", wanted.join(", "))));
        }
        for stage in &all {
            if let Some(unknown) = stage.requires.iter().find(|one| !FIELDS.contains(&one.field.as_str())) {
                let wanted = format!("{} is none of {}", unknown.field, FIELDS.join(", "));
                return Err(file.fault(&stage.code, wanted));
            }
        }
        Ok(Self { all })
    }

    /// All stages in order.
    pub fn all(&self) -> &[StageRequirements] {
        &self.all
    }

    /// What a move to this stage asks for: the lists of the stages before it and its own, in order. Nothing
    /// for a word that is no stage.
    pub fn required_up_to(&self, stage: &str) -> Vec<&str> {
        let Some(last) = self.all.iter().position(|one| one.code == stage) else { return Vec::new() };
        let asked = self.all[..=last].iter().flat_map(|one| &one.requires);
        asked.filter(|one| !one.later).map(|one| one.field.as_str()).collect()
    }
}
