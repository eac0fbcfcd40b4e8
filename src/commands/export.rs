//! `yinfeng export`: what a user may export, from the server itself.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Role, Via};
use crate::app::Ground;
use crate::chambers::ledger::export::export as export_chambers;
use crate::commands::{Failure, Outcome, ground};
use crate::confidential::write_private_bytes;
use crate::error::AppError;
use crate::exports::ExportFormat;
use crate::leads::export::export as export_leads;
use crate::leads::queries::LeadFilter;
use crate::projects::ledger::export::export as export_projects;
use crate::projects::queries::ProjectFilter;
use crate::registers::RegisterFilter;
use crate::{chambers, leads, projects};
use std::path::PathBuf;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Export leads to .xlsx or .csv, masked.
    Leads(Taken),
    /// Export the ledger of projects to .xlsx or .csv.
    Projects(Taken),
    /// Export the register of chambers to .xlsx or .csv, masked.
    Chambers(Taken),
}

#[derive(clap::Args)]
pub struct Taken {
    file: PathBuf,
    /// In whose name: the user's role and county decide what is exported.
    #[arg(long)]
    user: String,
    /// What for; it goes into the trail and into the file.
    #[arg(long, default_value = "command line")]
    reason: String,
}

pub fn run(command: Command) -> Outcome {
    let (Command::Leads(args) | Command::Projects(args) | Command::Chambers(args)) = &command;
    let format = match args.file.extension().and_then(|extension| extension.to_str()) {
        Some("xlsx") => ExportFormat::Xlsx,
        Some("csv") => ExportFormat::Csv,
        _ => return Err(Failure::Usage("the file must end in .xlsx or .csv".to_owned())),
    };
    let ground = ground()?;
    let (tools, reason) = (ground.tools(), args.reason.as_str());
    let bytes = match &command {
        Command::Leads(_) => {
            let actor = actor(&ground, &args.user, "leads", leads::policy::exports)?;
            let filter = LeadFilter::default();
            ground
                .db
                .write(|conn| export_leads(conn, tools, &ground.i18n, &actor, &filter, reason, format))?
        }
        Command::Projects(_) => {
            let actor = actor(&ground, &args.user, "projects", projects::policy::exports)?;
            let filter = ProjectFilter::default();
            ground
                .db
                .write(|conn| export_projects(conn, tools, &ground.i18n, &actor, &filter, reason, format))?
        }
        Command::Chambers(_) => {
            let actor = actor(&ground, &args.user, "chambers", chambers::policy::exports)?;
            let filter = RegisterFilter::default();
            ground
                .db
                .write(|conn| export_chambers(conn, tools, &ground.i18n, &actor, &filter, reason, format))?
        }
    };
    if args.file.exists() {
        std::fs::remove_file(&args.file)?;
    }
    write_private_bytes(&args.file, &bytes)?;
    eprintln!("{} holds personal data; only its owner can read it", args.file.display());
    Ok(())
}

/// Who exports: an active user whose role does so.
fn actor(ground: &Ground, username: &str, what: &str, exports: fn(Role) -> bool) -> Result<Actor, Failure> {
    let user = ground.db.read(|conn| Ok::<_, AppError>(users::find_by_username(conn, username)?))?;
    let user = user
        .filter(|user| user.active)
        .ok_or_else(|| Failure::Refused(format!("there is no active user `{username}`")))?;
    if !exports(user.role) {
        return Err(Failure::Refused(format!("the role {} does not export {what}", user.role)));
    }
    Ok(Actor::new(user, Via::CommandLine, "-".to_owned(), String::new()))
}
