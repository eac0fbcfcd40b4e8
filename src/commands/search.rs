//! `yinfeng search`: how the index is doing, and building it anew.

use crate::app::{App, Ground};
use crate::clock;
use crate::commands::import::progress;
use crate::commands::{Failure, Outcome, ground, print_json};
use crate::error::AppError;
use crate::jobs::index_worker;
use crate::jobs::outbox::{self, Lag, Topic};
use crate::search::evaluation::{self, Evaluation};
use crate::search::{self, EngineStatus, SearchError, lease, reindex, settings::Settings};
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
        /// contact's name holds the text of `truth` is to be found. A query is words: filters of the box are none.
        file: PathBuf,
        #[arg(long)]
        json: bool,
        /// End with status 1 when a case misses any.
        #[arg(long)]
        strict: bool,
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
        Command::Evaluate { file, json, strict } => evaluate(&file, json, strict),
    }
}

fn status(json: bool) -> Outcome {
    let ground = ground()?;
    let (leads, records) =
        ground.db.read(|conn| Ok::<_, AppError>((reindex::total(conn)?, reindex::total_records(conn)?)))?;
    let lag = |topic| ground.db.read(|conn| Ok::<_, AppError>(outbox::lag(conn, topic)?));
    let settings = Settings::builtin().map_err(AppError::from)?;
    let record_settings = Settings::of_records(settings.language.clone()).map_err(AppError::from)?;
    let in_use = is_held(&ground)?;
    let told = |settings, lag| Told::of(&ground, settings, in_use, lag).map_err(AppError::from);
    let of_leads = told(&settings, lag(Topic::LeadIndex)?)?;
    let of_records = told(&record_settings, lag(Topic::RecordIndex)?)?;
    if json {
        let mut all = of_leads.to_json();
        all["leads"] = leads.into();
        all["records"] = of_records.to_json();
        all["records"]["rows"] = records.into();
        all["papers"] = lag_json(&lag(Topic::AttachmentText)?);
        all["saved_searches"] = lag_json(&lag(Topic::SavedSearchMatch)?);
        return print_json(&all);
    }
    of_leads.print("leads", leads);
    of_records.print("other records", records);
    print_lag("papers to be read", &lag(Topic::AttachmentText)?);
    print_lag("changes to be held against saved searches", &lag(Topic::SavedSearchMatch)?);
    Ok(())
}

/// What an engine says of itself, and the outbox of it.
struct Told {
    name: &'static str,
    /// Of an engine that does not answer, why not.
    engine: Result<EngineStatus, String>,
    /// Whether a server writes it.
    in_use: bool,
    lag: Lag,
}

impl Told {
    fn of(ground: &Ground, settings: &Settings, in_use: bool, lag: Lag) -> Result<Told, SearchError> {
        let engine = search::open_to_read(&ground.settings, settings)?;
        let status = engine.status().map_err(|error| error.to_string());
        Ok(Told { name: engine.name(), engine: status, in_use, lag })
    }

    fn to_json(&self) -> serde_json::Value {
        let Told { name, engine, in_use, lag } = self;
        let (engine, fault) = (engine.as_ref().ok(), engine.as_ref().err());
        serde_json::json!({
            "engine": name,
            "waiting": lag.waiting,
            "oldest": lag.oldest.map(clock::rfc3339::format),
            "last_error": lag.last_error,
            "in_use": in_use,
            "fault": fault,
            "documents": engine.map(|status| status.documents),
            "size_bytes": engine.map(|status| status.size_bytes),
            "last_commit": engine.and_then(|status| status.last_commit).map(clock::rfc3339::format),
            "needs_rebuild": engine.map(|status| status.needs_rebuild),
        })
    }

    fn print(&self, what: &str, rows: i64) {
        println!("{what} in the database: {rows}");
        match &self.engine {
            Err(fault) => println!("{fault}"),
            Ok(status) => println!(
                "{what} in the index: {} ({} bytes){}{}",
                status.documents,
                status.size_bytes,
                if status.needs_rebuild { ", needs a rebuild" } else { "" },
                if self.in_use { ", in use by a running server" } else { "" }
            ),
        }
        print_lag("changes waiting", &self.lag);
    }
}

fn lag_json(lag: &Lag) -> serde_json::Value {
    serde_json::json!({
        "waiting": lag.waiting,
        "oldest": lag.oldest.map(clock::rfc3339::format),
        "last_error": lag.last_error,
    })
}

fn print_lag(what: &str, lag: &Lag) {
    println!("{what}: {}", lag.waiting);
    if let Some(oldest) = lag.oldest {
        println!("the oldest since: {}", clock::rfc3339::format(oldest));
    }
    if let Some(error) = &lag.last_error {
        println!("last error: {error}");
    }
}

/// Whether another process writes the index: it alone can build it anew.
pub(super) fn is_held(ground: &Ground) -> Result<bool, AppError> {
    let settings = Settings::builtin()?;
    if search::is_held(&ground.settings, &settings)? {
        return Ok(true);
    }
    match search::open_to_read(&ground.settings, &settings)?.writer() {
        None => Ok(false),
        Some(writer) => ground.db.read(|conn| Ok(lease::is_anothers(conn, writer, clock::now())?)),
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
    let told = |done| {
        bar.set_position(done);
        true
    };
    let done = reindex::reindex(&app, told)?;
    bar.finish_and_clear();
    reindex::reindex_records(&app, |_| true)?;
    // What waited is in the new index; left in the outbox, it would seem to be missing.
    index_worker::run_pending(&app)?;
    lease::release(&app)?;
    if json {
        return print_json(&serde_json::json!({ "leads": done, "asked": false }));
    }
    println!("{} leads indexed", done.unwrap_or_default());
    Ok(())
}

fn evaluate(file: &Path, json: bool, strict: bool) -> Outcome {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let cases = evaluation::cases(&text)
        .map_err(|(line, reason)| Failure::Refused(format!("{} line {line}: {reason}", file.display())))?;
    let ground = ground()?;
    let evaluation = if is_held(&ground)? {
        // Who writes it takes in what waits; beside it is asked what is in.
        let settings = Settings::builtin().map_err(AppError::from)?;
        let engine = search::open_to_read(&ground.settings, &settings).map_err(AppError::from)?;
        ground.db.read(|conn| evaluation::evaluate(conn, engine.as_ref(), &cases))?
    } else {
        let app = App::open(ground, measure::recorder()?)?;
        index_worker::run_pending(&app)?;
        app.db.read(|conn| evaluation::evaluate(conn, app.search.as_ref(), &cases))?
    };
    if json {
        print_json(&evaluation)?;
    } else {
        print_table(&evaluation);
    }
    match evaluation.missed.len() {
        missed if strict && missed > 0 => {
            Err(Failure::Refused(format!("{missed} cases missed leads that hold their text")))
        }
        _ => Ok(()),
    }
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
