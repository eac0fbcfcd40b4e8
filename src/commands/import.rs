//! `yinfeng import`: a ledger of leads from the server itself; other ledgers are `import_changes`.
//!
//! The same reading, judging and registering as by page, in transactions of 500 rows: a large file does not
//! keep others from writing, and what an interrupted run imported is a duplicate for the next.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Via};
use crate::app::{Ground, Tools};
use crate::clock;
use crate::commands::{Failure, Outcome, ground, import_changes, print_json};
use crate::confidential::write_private;
use crate::db::Id;
use crate::error::AppError;
use crate::imports::application::{ReadyRow, Registration, finish_counted};
use crate::imports::conversion::People;
use crate::imports::kinds::leads::{Judged, judge, outcome};
use crate::imports::ledger::{self, Verdict};
use crate::imports::model::{Import, ImportKind, ImportStatus};
use crate::imports::queries::Counts;
use crate::imports::{model::RowOutcome, queries};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Import leads from .xlsx, .xls, .ods, .csv or .jsonl.
    Leads(Leads),
    /// Import the ledger of projects from .xlsx, .xls, .ods or .csv.
    Projects(import_changes::Changes),
    /// Import the register of chambers from .xlsx, .xls, .ods, .csv or .jsonl.
    Chambers(import_changes::Changes),
}

#[derive(clap::Args)]
pub struct Leads {
    file: PathBuf,
    /// In whose name: the user's role and county decide what may be imported.
    #[arg(long)]
    user: String,
    /// Read and report, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write a line per row to this file; it holds personal data and is readable by its owner only.
    #[arg(long, value_name = "OUT.jsonl")]
    report: Option<PathBuf>,
    /// Import duplicates, too, for this reason.
    #[arg(long, value_name = "REASON")]
    accept_duplicates: Option<String>,
    /// Print the counts as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Outcome {
    let args = match command {
        Command::Leads(args) => args,
        Command::Projects(args) => return import_changes::run(ImportKind::Projects, args),
        Command::Chambers(args) => return import_changes::run(ImportKind::Chambers, args),
    };
    if args.accept_duplicates.as_deref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err(Failure::Usage("--accept-duplicates wants a reason".to_owned()));
    }
    check_report(args.report.as_deref())?;
    let ground = ground()?;
    let actor = actor(&ground, &args.user, ImportKind::Leads)?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| Failure::Usage(format!("{}: {error}", args.file.display())))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let reading = ledger::read(&bytes, &name, &ground.reference, clock::today())
        .map_err(|error| Failure::Refused(format!("{}: {error}", args.file.display())))?;
    for (sheet, why) in &reading.skipped_sheets {
        eprintln!("sheet {sheet} was not read: {why}");
    }
    let tools = ground.tools();
    let judged = ground.db.read(|conn| judge(conn, tools, &actor, reading.rows))?;
    let import = Import::new(ImportKind::Leads, &actor, &name, &bytes, ImportStatus::Applying);
    let outcomes = if args.dry_run {
        judged.iter().map(|judged| (foreseen(judged, args.accept_duplicates.is_some()), None)).collect()
    } else {
        ground.db.write(|conn| Ok::<_, AppError>(queries::insert(conn, &import, None)?))?;
        let applied = || apply(&ground, &actor, &import, &judged, args.accept_duplicates.as_deref());
        ground.db.in_bulk(|| Ok::<_, AppError>(applied()))??
    };
    let mut counts = Counts::default();
    outcomes.iter().for_each(|(outcome, _)| counts.add(*outcome, 1));
    if !args.dry_run {
        ground.db.write(|conn| finish_counted(conn, &actor, &import, counts))?;
    }
    if let Some(path) = &args.report {
        let lines = judged.iter().zip(&outcomes).map(|(judged, (outcome, field))| {
            line(judged, *outcome, field.as_deref()).map_err(anyhow::Error::new)
        });
        write_report(path, &lines.collect::<Result<Vec<_>, _>>()?)?;
        eprintln!("{} holds personal data; only its owner can read it", path.display());
    }
    say(&args, counts)?;
    if counts.rows > 0 && counts.rejected == counts.rows {
        return Err(Failure::Refused("every row was rejected".to_owned()));
    }
    Ok(())
}

/// Told before anything is written: a folder that is not there is a slip of the hand.
pub(super) fn check_report(path: Option<&Path>) -> Result<(), Failure> {
    let folder = path.and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.is_dir()) {
        Some(folder) => Err(Failure::Usage(format!("--report: there is no folder {}", folder.display()))),
        None => Ok(()),
    }
}

/// Writes a report that its owner alone can read, in place of what was there.
pub(super) fn write_report(path: &Path, lines: &[String]) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(write_private(path, &format!("{}\n", lines.join("\n")))?),
    }
}

/// Who imports: an active user whose role imports such a ledger.
pub(super) fn actor(ground: &Ground, username: &str, kind: ImportKind) -> Result<Actor, Failure> {
    let user = ground.db.read(|conn| Ok::<_, AppError>(users::find_by_username(conn, username)?))?;
    let user = user
        .filter(|user| user.active)
        .ok_or_else(|| Failure::Refused(format!("there is no active user `{username}`")))?;
    if !kind.admits(user.role) {
        return Err(Failure::Refused(format!("the role {} does not import {kind}", user.role)));
    }
    Ok(Actor::new(user, Via::CommandLine, "-".to_owned(), String::new()))
}

/// Rows of one transaction: who waits at a terminal wants it done soon, and a server beside it waits a second at most.
const STEP: usize = 4_000;

/// What became of each row, and the field of one that was refused only when it was written.
type Outcomes = Vec<(RowOutcome, Option<String>)>;

/// Registers the rows. Those of the next transaction are made ready beside the one that is written.
fn apply(
    ground: &Ground,
    actor: &Actor,
    import: &Import,
    judged: &[Judged],
    accept: Option<&str>,
) -> Result<Outcomes, Failure> {
    let people = ground.db.read(People::load)?;
    let ready = |judged| step(ground.tools(), actor, &people, &import.id, judged, accept);
    let bar = progress(judged.len() as u64);
    let mut outcomes = Outcomes::with_capacity(judged.len());
    std::thread::scope(|scope| {
        let (give, take) = std::sync::mpsc::sync_channel(1);
        scope.spawn(move || {
            for chunk in judged.chunks(STEP) {
                let steps: Vec<Step> = chunk.iter().map(ready).collect();
                // Nobody takes it any more: a transaction failed.
                if give.send(steps).is_err() {
                    break;
                }
            }
        });
        for steps in take {
            outcomes.extend(ground.db.write(|conn| {
                let mut registration = Registration::new(ground.tools(), actor, &people, &import.id);
                let mut done = Outcomes::with_capacity(steps.len());
                for step in steps {
                    done.push(match step {
                        Step::Told(outcome) => (outcome, None),
                        Step::Lead(row) => (*row)
                            .and_then(|row| registration.write(conn, row))
                            .map_or_else(refused, |_| Ok((RowOutcome::Imported, None)))?,
                    });
                }
                registration.end(conn)?;
                Ok::<_, AppError>(done)
            })?);
            bar.set_position(outcomes.len() as u64);
        }
        Ok::<_, Failure>(())
    })?;
    bar.finish_and_clear();
    Ok(outcomes)
}

/// A row before its transaction.
enum Step {
    /// It is no lead.
    Told(RowOutcome),
    Lead(Box<Result<ReadyRow, AppError>>),
}

fn step(
    tools: Tools<'_>,
    actor: &Actor,
    people: &People,
    import: &Id,
    judged: &Judged,
    accept: Option<&str>,
) -> Step {
    let Ok(draft) = &judged.row.result else { return Step::Told(RowOutcome::Rejected) };
    let is_new = matches!(judged.verdict, Verdict::New);
    let reason = draft.duplicate_reason.clone().or_else(|| accept.map(str::to_owned));
    if !judged.is_taken(reason.is_some()) {
        return Step::Told(RowOutcome::Duplicate);
    }
    let reason = reason.filter(|_| !is_new);
    Step::Lead(Box::new(ReadyRow::new(tools, actor, people, import, draft.as_ref().clone(), reason)))
}

/// What a dry run says that would become of a row.
fn foreseen(judged: &Judged, accepts: bool) -> RowOutcome {
    let own_reason = judged.row.result.as_ref().is_ok_and(|draft| draft.duplicate_reason.is_some());
    match judged.is_taken(accepts || own_reason) {
        true => RowOutcome::New,
        false => outcome(&judged.verdict),
    }
}

/// A record that the row names and nobody knows: the row is refused, not the file.
fn refused(error: AppError) -> Result<(RowOutcome, Option<String>), AppError> {
    match error {
        AppError::Invalid(errors) => {
            Ok((RowOutcome::Rejected, errors.0.first().map(|fault| fault.field.to_string())))
        }
        error => Err(error),
    }
}

/// The report's line, as the outcome turned out.
fn line(judged: &Judged, outcome: RowOutcome, field: Option<&str>) -> serde_json::Result<String> {
    // What a dry run would import is told in the words of the run itself: the two are held against each other.
    let mut line = judged.report("imported");
    if let (RowOutcome::New | RowOutcome::Imported, Some(accepted)) = (outcome, judged.accepted()) {
        line = accepted;
    }
    let mut value = serde_json::to_value(&line)?;
    if let (RowOutcome::Rejected, Some(field)) = (outcome, field) {
        value = serde_json::json!({ "outcome": "rejected", "field": field, "row": line.row });
        if let Some(sheet) = line.sheet {
            value["sheet"] = sheet.into();
        }
    }
    serde_json::to_string(&value)
}

/// A bar on a terminal, nothing elsewhere.
pub(super) fn progress(rows: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(Some(rows), ProgressDrawTarget::hidden());
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    ProgressBar::new(rows).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn say(args: &Leads, counts: Counts) -> Outcome {
    if args.json {
        return print_json(&serde_json::json!({
            "rows": counts.rows,
            "new": counts.new,
            "imported": counts.imported,
            "duplicate": counts.duplicate,
            "rejected": counts.rejected,
        }));
    }
    let taken = if args.dry_run { ("would be imported", counts.new) } else { ("imported", counts.imported) };
    println!(
        "{} rows: {} {}, {} duplicates, {} rejected",
        counts.rows, taken.1, taken.0, counts.duplicate, counts.rejected
    );
    Ok(())
}
