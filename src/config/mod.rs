//! Settings: `yinfeng.toml`, overridden by the environment, one struct per concern.
//!
//! A wrong value stops the start with its name, the value, and what is allowed.

mod attachments;
mod proxies;
mod search;
mod source;

pub use attachments::{AttachmentSettings, Place, S3};
pub use proxies::TrustedProxies;
pub use search::{Meilisearch, SearchEngineKind, SearchSettings};
pub use source::SettingError;

use crate::db::DatabaseUrl;
use source::Source;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything that may be set, with its default.
#[derive(Debug, Clone)]
pub struct Settings {
    pub database: DatabaseSettings,
    pub server: ServerSettings,
    pub sessions: SessionSettings,
    pub search: SearchSettings,
    pub attachments: AttachmentSettings,
    /// Where files of the program are kept: index, key, reference data of the bureau's own.
    pub data_dir: PathBuf,
    pub key: KeySource,
    /// What tracing-subscriber's filter takes, such as `info` or `yinfeng=debug,warn`.
    pub log: String,
    /// The letters in front of codes: `QZ` gives `QZ-2026-000123`.
    pub code_prefix: String,
    /// The mail server, for notices by mail.
    pub smtp_url: Option<String>,
}

#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    pub url: DatabaseUrl,
    /// Connections for reading; SQLite's one writer comes on top.
    pub connections: u32,
    /// Allow a PostgreSQL on another machine without TLS. Never on a network that others use.
    pub allow_plain: bool,
}

#[derive(Debug, Clone)]
pub struct ServerSettings {
    pub listen: SocketAddr,
    /// The address that users type; decides whether cookies are marked Secure, and what links say.
    pub public_url: String,
    pub trusted_proxies: TrustedProxies,
    pub workers: usize,
    /// How long a stopping server waits for requests under way.
    pub shutdown_timeout: Duration,
    /// The largest upload, in megabytes.
    pub upload_limit_mb: u64,
}

/// How long a session lasts (GB/T 22239-2019, sign-out of idle sessions).
#[derive(Debug, Clone)]
pub struct SessionSettings {
    pub desk_idle: Duration,
    pub desk_absolute: Duration,
    pub phone_idle: Duration,
    pub phone_absolute: Duration,
    /// After so many days a password must be changed; 0 never asks.
    pub password_days: i64,
}

/// Where the master key is.
#[derive(Clone)]
pub enum KeySource {
    Hex(String),
    File(PathBuf),
}

impl std::fmt::Debug for KeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeySource::Hex(_) => write!(f, "from the environment"),
            KeySource::File(path) => write!(f, "{}", path.display()),
        }
    }
}

impl Settings {
    /// From `yinfeng.toml` (or the file that `YINFENG_CONFIG` names) and the environment.
    pub fn load() -> Result<Self, SettingError> {
        Self::from_source(&Source::open()?)
    }

    /// From a file's text and a list of variables, for tests and for `yinfeng demo`.
    pub fn from_parts(toml: &str, environment: &[(String, String)]) -> Result<Self, SettingError> {
        Self::from_source(&Source::parse(toml, environment.iter().cloned().collect())?)
    }

    fn from_source(from: &Source) -> Result<Self, SettingError> {
        from.refuse_unknown()?;
        let data_dir: PathBuf = from.text("data_dir", "data").into();
        let default_database = format!("sqlite://{}", data_dir.join("yinfeng.db").display());
        let listen: SocketAddr =
            from.parsed("listen", "127.0.0.1:8080", "an address and a port, such as 127.0.0.1:8080")?;
        let public_url = from.text("public_url", &format!("http://{listen}"));
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err(from.wrong("public_url", "an address that begins with http:// or https://"));
        }
        Ok(Settings {
            database: DatabaseSettings {
                url: from.parsed(
                    "database_url",
                    &default_database,
                    "sqlite://FILE or postgres://USER@HOST/NAME",
                )?,
                connections: from.parsed("database_connections", "8", "a number of 2 or more")?,
                allow_plain: from.parsed("allow_plain_postgres", "false", "true or false")?,
            },
            server: ServerSettings {
                listen,
                public_url: public_url.trim_end_matches('/').to_owned(),
                trusted_proxies: from.parsed(
                    "trusted_proxies",
                    "none",
                    "none, or addresses and networks separated by commas, such as 10.0.0.0/8",
                )?,
                workers: from.parsed("workers", "0", "a number; 0 takes one for each core")?,
                shutdown_timeout: from.seconds("shutdown_seconds", 20)?,
                upload_limit_mb: upload_limit_mb(from)?,
            },
            sessions: SessionSettings {
                desk_idle: from.seconds("desk_idle_seconds", 15 * 60)?,
                desk_absolute: from.seconds("desk_absolute_seconds", 8 * 3600)?,
                phone_idle: from.seconds("phone_idle_seconds", 12 * 3600)?,
                phone_absolute: from.seconds("phone_absolute_seconds", 30 * 86_400)?,
                password_days: from.parsed("password_days", "90", "a number of days; 0 never asks")?,
            },
            search: search::read(from)?,
            attachments: attachments::read(from)?,
            key: match from.optional("key") {
                Some(hex) => KeySource::Hex(hex),
                None => KeySource::File(
                    from.text("key_file", &data_dir.join("yinfeng.key").to_string_lossy()).into(),
                ),
            },
            log: from.text("log", "info"),
            code_prefix: code_prefix(from)?,
            smtp_url: from.optional("smtp_url"),
            data_dir,
        })
    }

    /// The folder of the embedded index.
    pub fn index_dir(&self) -> PathBuf {
        self.data_dir.join("index")
    }

    /// Papers of records, unless they lie in S3.
    pub fn attachments_dir(&self) -> PathBuf {
        self.data_dir.join("attachments")
    }

    /// Reference data that the bureau keeps itself; files here replace the built-in ones of the name.
    pub fn reference_dir(&self) -> PathBuf {
        self.data_dir.join("reference")
    }

    /// Fonts for characters of papers that the built-in ones have not.
    pub fn fonts_dir(&self) -> PathBuf {
        self.data_dir.join("fonts")
    }

    /// Policy versions that the bureau adds itself, or changes.
    pub fn policies_dir(&self) -> PathBuf {
        self.data_dir.join("policies")
    }

    /// The same settings on another folder, as `yinfeng demo` and tests use them.
    pub fn in_folder(mut self, folder: &Path) -> Self {
        self.data_dir = folder.to_owned();
        self.key = KeySource::File(folder.join("yinfeng.key"));
        self
    }
}

/// With 0 no ledger could come in.
fn upload_limit_mb(from: &Source) -> Result<u64, SettingError> {
    const ALLOWED: &str = "a number of megabytes, 1 or more";
    match from.parsed("upload_limit_mb", "30", ALLOWED)? {
        0 => Err(from.wrong("upload_limit_mb", ALLOWED)),
        limit => Ok(limit),
    }
}

fn code_prefix(from: &Source) -> Result<String, SettingError> {
    let prefix = from.text("code_prefix", "QZ");
    if (1..=6).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    {
        Ok(prefix)
    } else {
        Err(from.wrong("code_prefix", "1 to 6 capital letters or digits"))
    }
}
