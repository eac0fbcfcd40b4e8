//! `yinfeng search`: how the index is doing, and building it anew.

use crate::app::App;
use crate::clock;
use crate::commands::import::progress;
use crate::commands::{Failure, Outcome, ground, print_json};
use crate::error::AppError;
use crate::jobs::index_worker;
use crate::jobs::outbox::{self, Lag, Topic};
use crate::search::evaluation::{self, Evaluation};
use crate::search::{EngineStatus, SearchError, open_embedded, reindex, settings::Settings};
use crate::web::measure;
use std::path::{Path, PathBuf};

#[derive(clap::Subcommand)]
pub enum Command {
    /// How far the index is behind, its size, and the last error.
    Status {
        #[arg(long)]
        json: bool,
    },
    /// Ask queries whose answers are known, and print per class of query how many of them were found.
    Evaluate {
        /// Cases, one JSON object a line: {"class", "query", "truth"}. Every lead whose title, company, content, remark or
        /// contact's name holds the text of `truth` is to be found.
        file: PathBuf,
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
        Command::Evaluate { file, json } => evaluate(&file, json),
    }
}

fn status(json: bool) -> Outcome {
    let ground = ground()?;
    let (leads, records) =
        ground.db.read(|conn| Ok::<_, AppError>((reindex::total(conn)?, reindex::total_records(conn)?)))?;
    let lag = |topic| ground.db.read(|conn| Ok::<_, AppError>(outbox::lag(conn, topic)?));
    let (of_leads, of_records) = (lag(Topic::LeadIndex)?, lag(Topic::RecordIndex)?);
    let settings = Settings::builtin().map_err(AppError::from)?;
    let record_settings = Settings::of_records(settings.language.clone()).map_err(AppError::from)?;
    let folder = ground.settings.index_dir();
    let leads_engine = engine(&folder, settings)?;
    let records_engine = engine(&folder.join("records"), record_settings)?;
    if json {
        let mut of_all = told(&of_leads, leads_engine.as_ref());
        let mut beside = told(&of_records, records_engine.as_ref());
        beside["rows"] = records.into();
        of_all["leads"] = leads.into();
        of_all["records"] = beside;
        return print_json(&of_all);
    }
    print_status("leads", leads, &of_leads, leads_engine.as_ref());
    print_status("other records", records, &of_records, records_engine.as_ref());
    Ok(())
}

/// What the index says of itself; nothing while a serving process holds it.
fn engine(folder: &Path, settings: Settings) -> Result<Option<EngineStatus>, Failure> {
    match open_embedded(folder, settings) {
        Ok(engine) => Ok(Some(engine.status().map_err(AppError::from)?)),
        Err(SearchError::Locked(_)) => Ok(None),
        Err(error) => Err(AppError::from(error).into()),
    }
}

fn told(lag: &Lag, engine: Option<&EngineStatus>) -> serde_json::Value {
    serde_json::json!({
        "waiting": lag.waiting,
        "oldest": lag.oldest.map(clock::rfc3339::format),
        "last_error": lag.last_error,
        "in_use": engine.is_none(),
        "documents": engine.map(|status| status.documents),
        "size_bytes": engine.map(|status| status.size_bytes),
        "needs_rebuild": engine.map(|status| status.needs_rebuild),
    })
}

fn print_status(what: &str, rows: i64, lag: &Lag, engine: Option<&EngineStatus>) {
    println!("{what} in the database: {rows}");
    match engine {
        None => println!("the index is in use by a running server"),
        Some(status) => println!(
            "{what} in the index: {} ({} bytes){}",
            status.documents,
            status.size_bytes,
            if status.needs_rebuild { ", needs a rebuild" } else { "" }
        ),
    }
    println!("changes waiting: {}", lag.waiting);
    if let Some(oldest) = lag.oldest {
        println!("the oldest since: {}", clock::rfc3339::format(oldest));
    }
    if let Some(error) = &lag.last_error {
        println!("last error: {error}");
    }
}

fn rebuild(json: bool) -> Outcome {
    let ground = ground()?;
    let leads = ground.db.read(|conn| Ok::<_, AppError>(reindex::total(conn)?))?;
    match open_embedded(&ground.settings.index_dir(), Settings::builtin().map_err(AppError::from)?) {
        Err(SearchError::Locked(_)) => {
            ground.db.write(|conn| Ok::<_, AppError>(reindex::ask(conn)?))?;
            if json {
                return print_json(&serde_json::json!({ "leads": null, "asked": true }));
            }
            println!("a server is running: it was asked to re-index, and goes on answering meanwhile");
            return Ok(());
        }
        Err(error) => return Err(AppError::from(error).into()),
        // Opened once more, with the rest of the program, below.
        Ok(engine) => drop(engine),
    }
    let app = App::open(ground, measure::recorder()?)?;
    let bar = progress(u64::try_from(leads).unwrap_or(0));
    let done = reindex::reindex(&app, |done| bar.set_position(done))?;
    bar.finish_and_clear();
    reindex::reindex_records(&app)?;
    // What waited is in the new index; left in the outbox, it would seem to be missing.
    index_worker::run_pending(&app)?;
    if json {
        return print_json(&serde_json::json!({ "leads": done, "asked": false }));
    }
    println!("{done} leads indexed");
    Ok(())
}

fn evaluate(file: &Path, json: bool) -> Outcome {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let cases = evaluation::cases(&text)
        .map_err(|(line, reason)| Failure::Refused(format!("{} line {line}: {reason}", file.display())))?;
    let app = App::open(ground()?, measure::recorder()?)?;
    index_worker::run_pending(&app)?;
    let evaluation = app.db.read(|conn| evaluation::evaluate(conn, app.search.as_ref(), &cases))?;
    if json {
        return print_json(&evaluation);
    }
    print_table(&evaluation);
    Ok(())
}

fn print_table(Evaluation { engine, classes, missed, pointless }: &Evaluation) {
    println!("engine: {engine}");
    println!("{:<16} {:>6} {:>8} {:>13} {:>6}", "class", "cases", "recall", "precision@10", "MRR");
    for class in classes {
        println!(
            "{:<16} {:>6} {:>7.1}% {:>12.1}% {:>6.3}",
            class.class,
            class.cases,
            100.0 * class.recall,
            100.0 * class.precision_at_10,
            class.mean_reciprocal_rank
        );
    }
    for case in missed {
        println!(
            "missed: {} `{}`: {} of {} that hold `{}`, such as {}",
            case.class,
            case.query,
            case.wanted - case.found,
            case.wanted,
            case.truth,
            case.examples.join(", ")
        );
    }
    for case in pointless {
        println!("nothing to find: {} `{}`: no lead holds `{}`", case.class, case.query, case.truth);
    }
}
