//! Units (单位) that the plan makes responsible, with the time each of them exists.

use chrono::NaiveDate;
use serde::Deserialize;

use super::source::{Files, ReferenceError};

/// A unit under one name; a reform ends the name and gives a successor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unit {
    pub id: String,
    /// The name as documents of its time write it.
    pub zh: String,
    pub en: String,
    /// The first day of the name.
    pub from: NaiveDate,
    /// The last day of the name.
    pub until: Option<NaiveDate>,
    /// The id of the unit that carries on its tasks.
    pub successor: Option<String>,
}

impl Unit {
    /// The name in a language; Chinese unless it is `en…`.
    pub fn name(&self, lang: &str) -> &str {
        if lang.starts_with("en") { &self.en } else { &self.zh }
    }

    /// Whether the unit has this name on a day.
    pub fn exists_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

pub(super) fn load(files: &Files<'_>) -> Result<Vec<Unit>, ReferenceError> {
    let file = files.read("units.csv")?;
    let units: Vec<Unit> = file.csv()?.into_iter().map(|(_, unit)| unit).collect();
    for unit in &units {
        if unit.until.is_some_and(|until| until < unit.from) {
            return Err(file.fault(&unit.id, "it ends before it begins"));
        }
        if let Some(successor) = &unit.successor
            && !units.iter().any(|other| other.id == *successor)
        {
            return Err(file.fault(&unit.id, format!("its successor {successor} is no unit of this file")));
        }
    }
    Ok(units)
}
