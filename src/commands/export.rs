//! `yinfeng export leads`: what a user may export, from the server itself.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Via};
use crate::commands::{Failure, Outcome, ground};
use crate::confidential::write_private_bytes;
use crate::error::AppError;
use crate::leads::export::{ExportFormat, export};
use crate::leads::policy;
use crate::leads::queries::LeadFilter;
use crate::web::i18n::I18n;
use std::path::PathBuf;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Export leads to .xlsx or .csv, masked.
    Leads(Leads),
}

#[derive(clap::Args)]
pub struct Leads {
    file: PathBuf,
    /// In whose name: the user's role and county decide what is exported.
    #[arg(long)]
    user: String,
    /// What for; it goes into the trail and into the file.
    #[arg(long, default_value = "command line")]
    reason: String,
}

pub fn run(command: Command) -> Outcome {
    let Command::Leads(args) = command;
    let format = match args.file.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx") => ExportFormat::Xlsx,
        Some("csv") => ExportFormat::Csv,
        _ => return Err(Failure::Usage("the file must end in .xlsx or .csv".to_owned())),
    };
    let ground = ground()?;
    let i18n = I18n::load().map_err(anyhow::Error::new)?;
    let user = ground.db.read(|conn| Ok::<_, AppError>(users::find_by_username(conn, &args.user)?))?;
    let user = user
        .filter(|user| user.active)
        .ok_or_else(|| Failure::Refused(format!("there is no active user `{}`", args.user)))?;
    if !policy::exports(user.role) {
        return Err(Failure::Refused(format!("the role {} does not export leads", user.role)));
    }
    let actor = Actor::new(user, Via::CommandLine, "-".to_owned(), String::new());
    let filter = LeadFilter::default();
    let bytes =
        ground.db.write(|conn| export(conn, ground.tools(), &i18n, &actor, &filter, &args.reason, format))?;
    if args.file.exists() {
        std::fs::remove_file(&args.file)?;
    }
    write_private_bytes(&args.file, &bytes)?;
    eprintln!("{} holds personal data; only its owner can read it", args.file.display());
    Ok(())
}
