//! The commands of the program, one a file. Exit status: 0 done, 1 the data said no, 2 wrong usage.

pub mod attachment_text;
pub mod awards;
pub mod check;
pub mod demo;
pub mod export;
pub mod import;
pub mod import_changes;
pub mod log;
pub mod migrate;
mod password;
pub mod search;
pub mod serve;
pub mod token;
pub mod user;

use crate::app::Ground;
use crate::companies::names;
use crate::config::{SettingError, Settings};
use crate::db::migrations;
use crate::error::AppError;
use crate::web::i18n::{I18n, Lang};
use crate::web::problem;
use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The data said no: exit status 1.
    #[error("{0}")]
    Refused(String),
    /// It was asked wrongly, or the settings are wrong: exit status 2.
    #[error("{0}")]
    Usage(String),
    /// Something does not work: exit status 1.
    #[error("{}", told(.0))]
    Fault(anyhow::Error),
}

/// An error with its causes, each said once: many repeat their cause in their own words.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| match told.as_str() {
        "" => cause,
        before if before.contains(&cause) => told,
        before => format!("{before}: {cause}"),
    })
}

/// Whoever reads what a command prints may have enough of it (`yinfeng user list | head -1`): it ends then, without a fault.
pub fn end_with_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_unread =
            panic.payload_as_str().is_some_and(|text| text.starts_with("failed printing to stdout"));
        if is_unread {
            std::process::exit(0);
        }
        usual(panic);
    }));
}

/// What a command ends with.
pub type Outcome = Result<(), Failure>;

impl From<SettingError> for Failure {
    fn from(error: SettingError) -> Self {
        Failure::Usage(error.to_string())
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Internal(error) => Failure::Fault(error),
            AppError::Unavailable(text) => Failure::Fault(anyhow::anyhow!(text)),
            // Logs and scripts read English, whatever language the pages have.
            refused => match I18n::load() {
                Ok(i18n) => Failure::Refused(problem::sentences(&i18n, Lang::En, &refused)),
                Err(error) => Failure::Fault(error.into()),
            },
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Fault(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Fault(error.into())
    }
}

/// Says what went wrong and turns it into the exit status.
pub fn finish(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("yinfeng: {failure}");
            ExitCode::from(if matches!(failure, Failure::Usage(_)) { 2 } else { 1 })
        }
    }
}

/// Settings, database at the present schema, key and reference data: where every command starts.
pub fn ground() -> Result<Ground, Failure> {
    let ground = Ground::open(Settings::load()?)?;
    migrate_quietly(&ground)?;
    Ok(ground)
}

/// Applies what is missing, and splits the company names that a migration brought; the names of what was applied.
fn migrate_quietly(ground: &Ground) -> Result<Vec<String>, Failure> {
    let mut conn = ground.db.connection().map_err(anyhow::Error::new)?;
    let applied = migrations::migrate(&mut conn)
        .map_err(|error| Failure::Fault(anyhow::anyhow!("the database could not be migrated: {error}")))?;
    drop(conn);
    if ground.db.read(|conn| Ok::<_, AppError>(names::are_new(conn)?))? {
        ground.db.write(|conn| Ok::<_, AppError>(names::split_new(conn, &ground.reference)?))?;
    }
    Ok(applied)
}

/// Prints a value for a script.
fn print_json(value: &impl serde::Serialize) -> Outcome {
    println!("{}", serde_json::to_string_pretty(value).map_err(anyhow::Error::new)?);
    Ok(())
}
