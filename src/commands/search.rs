//! `yinfeng search`: how the index is doing, and building it anew.

use crate::app::{App, Ground};
use crate::clock;
use crate::commands::import::progress;
use crate::commands::{Outcome, ground, print_json};
use crate::error::AppError;
use crate::jobs::index_worker;
use crate::jobs::outbox::{self, Topic};
use crate::search::{self, EngineStatus, SearchError, lease, reindex, settings::Settings};
use crate::web::measure;

#[derive(clap::Subcommand)]
pub enum Command {
    /// How far the index is behind, its size, and the last error.
    Status {
        #[arg(long)]
        json: bool,
    },
    /// Build the index anew; beside a running server, ask the server to.
    Reindex {
        #[arg(long)]
        json: bool,
    },
}

pub fn run(command: Command) -> Outcome {
    match command {
        Command::Status { json } => status(json),
        Command::Reindex { json } => rebuild(json),
    }
}

fn status(json: bool) -> Outcome {
    let ground = ground()?;
    let lag = ground.db.read(|conn| Ok::<_, AppError>(outbox::lag(conn, Topic::LeadIndex)?))?;
    let leads = ground.db.read(|conn| Ok::<_, AppError>(reindex::total(conn)?))?;
    let told = told(&ground).map_err(AppError::from)?;
    let Told { name, engine, fault } = &told;
    if json {
        return print_json(&serde_json::json!({
            "engine": name,
            "leads": leads,
            "waiting": lag.waiting,
            "oldest": lag.oldest.map(clock::rfc3339::format),
            "last_error": lag.last_error,
            "in_use": engine.is_none() && fault.is_none(),
            "fault": fault,
            "documents": engine.as_ref().map(|status| status.documents),
            "size_bytes": engine.as_ref().map(|status| status.size_bytes),
            "needs_rebuild": engine.as_ref().map(|status| status.needs_rebuild),
        }));
    }
    println!("leads in the database: {leads}");
    match (engine, fault) {
        (None, Some(fault)) => println!("{fault}"),
        (None, None) => println!("the index is in use by a running server"),
        (Some(status), _) => println!(
            "leads in the index: {} ({} bytes){}",
            status.documents,
            status.size_bytes,
            if status.needs_rebuild { ", needs a rebuild" } else { "" }
        ),
    }
    println!("changes waiting: {}", lag.waiting);
    if let Some(oldest) = lag.oldest {
        println!("the oldest since: {}", clock::rfc3339::format(oldest));
    }
    if let Some(error) = lag.last_error {
        println!("last error: {error}");
    }
    Ok(())
}

/// What the engine says of itself.
struct Told {
    name: &'static str,
    /// `None` beside a process that holds the embedded index, and of an engine that does not answer.
    engine: Option<EngineStatus>,
    fault: Option<String>,
}

fn told(ground: &Ground) -> Result<Told, SearchError> {
    match search::open(&ground.settings, &Settings::builtin()?) {
        // The serving process holds the index; beside it only the database can be asked.
        Err(SearchError::Locked(_)) => Ok(Told { name: "embedded", engine: None, fault: None }),
        Err(error) => Err(error),
        Ok(engine) => Ok(match engine.status() {
            Ok(status) => Told { name: engine.name(), engine: Some(status), fault: None },
            Err(error) => Told { name: engine.name(), engine: None, fault: Some(error.to_string()) },
        }),
    }
}

/// Whether another process writes the index: it alone can build it anew.
fn is_held(ground: &Ground) -> Result<bool, AppError> {
    match search::open(&ground.settings, &Settings::builtin()?) {
        Err(SearchError::Locked(_)) => Ok(true),
        Err(error) => Err(error.into()),
        // Opened once more, with the rest of the program, by whoever builds.
        Ok(engine) => match engine.writer() {
            None => Ok(false),
            Some(writer) => ground.db.read(|conn| Ok(lease::is_anothers(conn, writer, clock::now())?)),
        },
    }
}

fn rebuild(json: bool) -> Outcome {
    let ground = ground()?;
    let leads = ground.db.read(|conn| Ok::<_, AppError>(reindex::total(conn)?))?;
    if is_held(&ground)? {
        ground.db.write(|conn| Ok::<_, AppError>(reindex::ask(conn)?))?;
        if json {
            return print_json(&serde_json::json!({ "leads": null, "asked": true }));
        }
        println!("a server is running: it was asked to re-index, and goes on answering meanwhile");
        return Ok(());
    }
    let app = App::open(ground, measure::recorder()?)?;
    let bar = progress(u64::try_from(leads).unwrap_or(0));
    let done = reindex::reindex(&app, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    // What waited is in the new index; left in the outbox, it would seem to be missing.
    index_worker::run_pending(&app)?;
    lease::release(&app)?;
    if json {
        return print_json(&serde_json::json!({ "leads": done, "asked": false }));
    }
    println!("{done} leads indexed");
    Ok(())
}
