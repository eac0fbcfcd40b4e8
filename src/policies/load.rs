//! All versions: those that the program carries, and those of the bureau's own folder.

use super::awards::Wrong;
use super::fault::{Fault, Place, PolicyError};
use super::model::Policy;
use super::reading::{At, parse};
use chrono::Datelike;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(rust_embed::RustEmbed)]
#[folder = "seeds/policies/"]
struct Carried;

/// All versions, by code.
#[derive(Debug, Clone)]
pub struct Policies(Vec<Policy>);

impl Policies {
    /// The carried versions and those of the bureau's own folder.
    pub fn load(folder: Option<&Path>) -> Result<Self, PolicyError> {
        Self::load_with(folder, |_| Ok(()))
    }

    /// The same, each held against something else, such as the reference data; the fault names the file.
    pub fn load_with(
        folder: Option<&Path>,
        fits: impl Fn(&Policy) -> Result<(), Wrong>,
    ) -> Result<Self, PolicyError> {
        let mut texts = BTreeMap::new();
        for name in Carried::iter() {
            if let Some(file) = Carried::get(&name) {
                texts.insert(name.to_string(), String::from_utf8_lossy(&file.data).into_owned());
            }
        }
        for entry in folder.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten().flatten()
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".toml") {
                let text = std::fs::read_to_string(entry.path()).map_err(|error| PolicyError {
                    file: name.clone(),
                    place: Place { at: String::new(), line: 1 },
                    fault: Fault::Unreadable(error.to_string()),
                })?;
                texts.insert(name, text);
            }
        }
        let fitting = |(name, text): (&String, &String)| {
            let version = parse(name, text)?;
            fits(&version).map_err(|wrong| wrong.error(name, text))?;
            Ok(version)
        };
        Self::of(texts.iter().map(fitting).collect::<Result<Vec<_>, _>>()?)
    }

    /// These versions; no two of one code.
    pub fn of(versions: Vec<Policy>) -> Result<Self, PolicyError> {
        for (at, version) in versions.iter().enumerate() {
            if versions[..at].iter().any(|other| other.code == version.code) {
                return Err(fault(version, "code", Fault::CodeTaken));
            }
            if let Some(unknown) =
                version.supersedes.iter().find(|code| versions.iter().all(|other| other.code != **code))
            {
                return Err(fault(version, "supersedes", Fault::UnknownVersion(unknown.clone())));
            }
        }
        Ok(Policies(versions))
    }

    /// These and one more, such as one that the bureau head loads.
    pub fn with(&self, version: Policy) -> Result<Self, PolicyError> {
        let mut all = self.0.clone();
        all.push(version);
        Self::of(all)
    }

    /// A version in force on some of the days of this one that it does not take the place of, so that nobody could say
    /// which of them counts; what gave way already, and what is made up for a demonstration, is in nobody's way.
    pub fn beside(&self, version: &Policy) -> Option<&Policy> {
        let given_way = |code: &String| self.0.iter().any(|other| other.supersedes.contains(code));
        self.0.iter().filter(|_| !version.demonstration).find(|other| {
            let same_days = other.from <= version.to && version.from <= other.to;
            let is_named = version.supersedes.contains(&other.code) || given_way(&other.code);
            same_days && !other.demonstration && !is_named
        })
    }

    /// The same with a version changed; as they are when there is none of this code.
    pub fn changed(mut self, code: &str, change: impl Fn(&Policy) -> Policy) -> Self {
        for version in self.0.iter_mut().filter(|version| version.code == code) {
            *version = change(version);
        }
        self
    }

    /// The latest year up to this one that a version covers: what is offered where none does.
    pub fn last_covered_year(&self, year: i32) -> Option<i32> {
        let covered = self.0.iter().filter(|version| version.from.year() <= year);
        covered.map(|version| version.to.year().min(year)).max()
    }

    pub fn all(&self) -> &[Policy] {
        &self.0
    }

    pub fn find(&self, code: &str) -> Option<&Policy> {
        self.0.iter().find(|version| version.code == code)
    }

    /// The version that covers a calendar year: of several the one that the others gave way to, a real one before one that
    /// is made up for a demonstration, then the latest.
    pub fn of_year(&self, year: i32) -> Option<&Policy> {
        let covering: Vec<&Policy> = self.0.iter().filter(|version| version.covers_year(year)).collect();
        let given_way =
            |version: &Policy| covering.iter().any(|other| other.supersedes.contains(&version.code));
        covering
            .iter()
            .filter(|version| !given_way(version))
            .max_by_key(|version| (!version.demonstration, version.from))
            .copied()
    }

    /// The criteria that a project is held against today: of the version in force, else of the last one that was.
    pub fn current(&self, year: i32) -> Option<&Policy> {
        self.of_year(year).or_else(|| {
            self.0.iter().filter(|version| !version.demonstration).max_by_key(|version| version.to)
        })
    }
}

fn fault(version: &Policy, key: &'static str, fault: Fault) -> PolicyError {
    PolicyError { file: version.code.clone(), place: At::top(key).place(""), fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policies::Extension;
    use crate::policies::reading::tests::PLAN;

    #[test]
    fn the_carried_versions_hold_together() {
        let all = Policies::load(None).unwrap();
        let plan = all.of_year(2024).unwrap();
        assert_eq!(plan.code, "qinzhou-2023-2025");
        assert_eq!(plan.pool.key_amount_fen("chenpi"), 50_000_000_00);
        assert_eq!(plan.pool.key_amount_fen("chemical"), 100_000_000_00);
        assert_eq!(plan.quota.len(), 2);
        assert_eq!(all.of_year(2026), None, "no plan follows yet");
    }

    #[test]
    fn the_demonstrations_own_version_is_marked() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/demo/policies");
        let all = Policies::load(Some(&folder)).unwrap();
        assert!(all.of_year(2026).unwrap().demonstration);
        assert!(!all.of_year(2025).unwrap().demonstration);
    }

    #[test]
    fn no_two_versions_have_one_code() {
        let plan = parse("a.toml", PLAN).unwrap();
        assert_eq!(Policies::of(vec![plan.clone(), plan]).unwrap_err().fault, Fault::CodeTaken);
    }

    #[test]
    fn an_extension_carries_the_quotas_on() {
        let all = Policies::of(vec![parse("a.toml", PLAN).unwrap()]).unwrap();
        assert_eq!((all.of_year(2026), all.last_covered_year(2026)), (None, Some(2025)));
        assert_eq!(all.last_covered_year(2022), None);
        let until = "2027-06-30".parse().unwrap();
        let extension = Extension { until, number: "1".into(), name: "x".into() };
        let longer = all.changed("plan-a", |version| version.extended(extension.clone()));
        let plan = longer.of_year(2027).unwrap();
        assert_eq!((plan.to, &plan.quota[0].years), (until, &vec![2023, 2024, 2025, 2026, 2027]));
        assert_eq!(longer.of_year(2028), None);
    }

    #[test]
    fn a_real_version_of_the_same_days_names_the_one_that_it_takes_the_place_of() {
        let plan = parse("a.toml", PLAN).unwrap();
        let all = Policies::of(vec![plan.clone()]).unwrap();
        let from = |day: &str| Policy { code: "plan-b".into(), from: day.parse().unwrap(), ..plan.clone() };
        assert_eq!(all.beside(&from("2025-12-31")).unwrap().code, "plan-a");
        let later = Policy { to: "2026-12-31".parse().unwrap(), ..from("2026-01-01") };
        assert_eq!(all.beside(&later), None);
        let named = Policy { supersedes: vec!["plan-a".into()], ..from("2025-01-01") };
        assert_eq!(all.beside(&named), None);
        assert_eq!(all.beside(&Policy { demonstration: true, ..from("2025-01-01") }), None);
        let both = all.with(named).unwrap();
        let third =
            |code: &str| Policy { code: "plan-c".into(), supersedes: vec![code.into()], ..plan.clone() };
        assert_eq!(both.beside(&third("plan-b")), None, "the first one gave way already");
        assert_eq!(both.beside(&third("plan-a")).unwrap().code, "plan-b");
    }

    #[test]
    fn a_later_version_takes_the_place_of_the_one_it_names() {
        let old = parse("a.toml", PLAN).unwrap();
        let new = Policy { code: "plan-b".into(), supersedes: vec!["plan-a".into()], ..old.clone() };
        let all = Policies::of(vec![old, new]).unwrap();
        assert_eq!(all.of_year(2025).unwrap().code, "plan-b");
        assert_eq!(all.of_year(2026), None);
        assert_eq!(all.current(2026).unwrap().code, "plan-b", "the last criteria are kept");
    }
}
