//! Where a setting's text comes from: the environment first, then the file, then the default.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::time::Duration;

/// The settings that may stand in the file; `YINFENG_` and capitals give the variable's name.
const NAMES: &[&str] = &[
    "allow_plain_postgres",
    "allow_plain_search",
    "attachments_access_key",
    "attachments_endpoint",
    "attachments_limit_mb",
    "attachments_reader",
    "attachments_region",
    "attachments_secret_key",
    "attachments_url",
    "code_prefix",
    "data_dir",
    "database_connections",
    "database_url",
    "desk_absolute_seconds",
    "desk_idle_seconds",
    "key",
    "key_file",
    "listen",
    "log",
    "password_days",
    "phone_absolute_seconds",
    "phone_idle_seconds",
    "public_url",
    "search_index",
    "search_key",
    "search_url",
    "shutdown_seconds",
    "smtp_url",
    "trusted_proxies",
    "upload_limit_mb",
    "workers",
];

/// Variables of that prefix that are no settings.
const OTHER_VARIABLES: &[&str] = &["YINFENG_CONFIG", "YINFENG_NODE_MODULES", "YINFENG_TEST_DATABASE_URL"];

/// A setting that stops the start.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    #[error("{name}{} is `{value}`; allowed is {allowed}", .file.as_ref().map(|file| format!(" in {file}")).unwrap_or_default())]
    Wrong {
        name: String,
        /// Where it stands, if not in the environment.
        file: Option<String>,
        value: String,
        allowed: String,
    },
    #[error("there is no setting `{name}` ({origin}); there are: {}", NAMES.join(", "))]
    Unknown { name: String, origin: String },
    #[error("{path} cannot be read: {message}")]
    File { path: String, message: String },
}

/// The file that is read where none is named.
const USUAL_FILE: &str = "yinfeng.toml";

pub(super) struct Source {
    /// Where the file is.
    path: String,
    file: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
}

impl Source {
    pub(super) fn open() -> Result<Self, SettingError> {
        let environment: BTreeMap<_, _> =
            std::env::vars().filter(|(k, _)| k.starts_with("YINFENG_")).collect();
        let named = environment.get("YINFENG_CONFIG").cloned();
        let path = named.clone().unwrap_or_else(|| USUAL_FILE.to_owned());
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::read(&path, &text, environment),
            Err(e) if named.is_none() && e.kind() == std::io::ErrorKind::NotFound => {
                Self::read(&path, "", environment)
            }
            Err(e) => Err(SettingError::File { path, message: e.to_string() }),
        }
    }

    /// From a file's text, for tests and for programs that have no file.
    pub(super) fn parse(text: &str, environment: BTreeMap<String, String>) -> Result<Self, SettingError> {
        Self::read(USUAL_FILE, text, environment)
    }

    fn read(path: &str, text: &str, environment: BTreeMap<String, String>) -> Result<Self, SettingError> {
        let path = path.to_owned();
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| SettingError::File {
            path: path.clone(),
            message: e.to_string(),
        })?;
        let file = table.into_iter().map(|(name, value)| (name, plain_text(value))).collect();
        Ok(Source { path, file, environment })
    }

    /// A misspelt setting must not be silently without effect.
    pub(super) fn refuse_unknown(&self) -> Result<(), SettingError> {
        if let Some(name) = self.file.keys().find(|name| !NAMES.contains(&name.as_str())) {
            return Err(SettingError::Unknown { name: name.clone(), origin: self.path.clone() });
        }
        let known = |variable: &str| {
            OTHER_VARIABLES.contains(&variable)
                || variable
                    .strip_prefix("YINFENG_")
                    .is_some_and(|n| NAMES.contains(&n.to_lowercase().as_str()))
        };
        match self.environment.keys().find(|variable| !known(variable)) {
            Some(name) => Err(SettingError::Unknown { name: name.clone(), origin: "the environment".into() }),
            None => Ok(()),
        }
    }

    pub(super) fn optional(&self, name: &str) -> Option<String> {
        let text = self.environment.get(&variable(name)).or_else(|| self.file.get(name))?;
        (!text.is_empty()).then(|| text.clone())
    }

    pub(super) fn text(&self, name: &str, default: &str) -> String {
        self.optional(name).unwrap_or_else(|| default.to_owned())
    }

    pub(super) fn parsed<T: FromStr>(
        &self,
        name: &str,
        default: &str,
        allowed: &str,
    ) -> Result<T, SettingError> {
        self.text(name, default).parse().map_err(|_| self.wrong(name, allowed))
    }

    pub(super) fn seconds(&self, name: &str, default: u64) -> Result<Duration, SettingError> {
        let seconds: u64 = self.parsed(name, &default.to_string(), "a whole number of seconds")?;
        Ok(Duration::from_secs(seconds))
    }

    /// The error for a value that is there but not allowed.
    pub(super) fn wrong(&self, name: &str, allowed: &str) -> SettingError {
        let from_environment =
            self.environment.contains_key(&variable(name)) || !self.file.contains_key(name);
        SettingError::Wrong {
            name: if from_environment { variable(name) } else { name.to_owned() },
            file: (!from_environment).then(|| self.path.clone()),
            value: self.optional(name).unwrap_or_default(),
            allowed: allowed.to_owned(),
        }
    }
}

fn variable(name: &str) -> String {
    format!("YINFENG_{}", name.to_uppercase())
}

fn plain_text(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text,
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_described() {
        let guide = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operations.md"));
        let missing: Vec<_> = NAMES.iter().filter(|name| !guide.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "not in docs/operations.md: {missing:?}");
    }
}
