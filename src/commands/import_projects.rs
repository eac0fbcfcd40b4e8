//! `yinfeng import projects`: the ledger of projects from the server itself.
//!
//! In transactions of 100 rows. A project that is there already stays as it is, so an interrupted run is simply
//! repeated. `--dry-run` does all of it in one transaction that is taken back.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Via};
use crate::app::Ground;
use crate::audit::{self, Act, Differences};
use crate::commands::{Failure, Outcome, ground, import::progress, print_json};
use crate::confidential::{to_hex, write_private};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::imports::conversion::People;
use crate::imports::ledger::Refusal;
use crate::projects::ledger::import::{Landed, land};
use crate::projects::ledger::reading::{ReadRow, read};
use crate::projects::policy;
use crate::web::i18n::{I18n, Lang, Message};
use crate::web::problem::sentences;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::PathBuf;

/// Rows of one transaction.
const CHUNK: usize = 100;

#[derive(clap::Args)]
pub struct Projects {
    file: PathBuf,
    /// In whose name: the user's role and county decide what may be imported.
    #[arg(long)]
    user: String,
    /// Read, check and report, write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write a line per row to this file, readable by its owner only.
    #[arg(long, value_name = "OUT.jsonl")]
    report: Option<PathBuf>,
    /// Print the counts as JSON.
    #[arg(long)]
    json: bool,
}

/// What became of a row.
enum Done {
    Landed(Landed),
    Unread(Refusal),
    Refused(AppError),
}

/// How a rehearsal ends: with what would have been done, so that the transaction is taken back.
enum Undone {
    Rehearsed(Vec<Done>),
    Failed(AppError),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Undone::Failed(error.into())
    }
}

impl From<diesel::r2d2::PoolError> for Undone {
    fn from(error: diesel::r2d2::PoolError) -> Self {
        Undone::Failed(error.into())
    }
}

pub fn run(args: Projects) -> Outcome {
    if let Some(path) = &args.report {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure::Usage(format!("--report: there is no folder {}", folder.display())));
        }
    }
    let ground = ground()?;
    let actor = actor(&ground, &args.user)?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| Failure::Usage(format!("{}: {error}", args.file.display())))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let rows = read(&bytes, &name, &ground.reference)
        .map_err(|error| Failure::Refused(format!("{}: {error}", args.file.display())))?;
    let import = Id::generate();
    let done = if args.dry_run {
        rehearsed(&ground, &actor, &rows, &import)?
    } else {
        let done = applied(&ground, &actor, &rows, &import)?;
        ground.db.write(|conn| told(conn, &actor, &import, &name, &bytes, &done))?;
        done
    };
    if let Some(path) = &args.report {
        let i18n = I18n::load().map_err(anyhow::Error::new)?;
        let lines =
            rows.iter().zip(&done).map(|(row, done)| line(&i18n, row, done, args.dry_run).to_string());
        let text = lines.collect::<Vec<_>>().join("\n");
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => write_private(path, &format!("{text}\n"))?,
        }
    }
    say(&args, &done)
}

/// Who imports: an active user whose role keeps projects.
fn actor(ground: &Ground, username: &str) -> Result<Actor, Failure> {
    let user = ground.db.read(|conn| Ok::<_, AppError>(users::find_by_username(conn, username)?))?;
    let user = user
        .filter(|user| user.active)
        .ok_or_else(|| Failure::Refused(format!("there is no active user `{username}`")))?;
    if !policy::edits(user.role) {
        return Err(Failure::Refused(format!("the role {} does not import projects", user.role)));
    }
    Ok(Actor::new(user, Via::CommandLine, "-".to_owned(), String::new()))
}

fn applied(ground: &Ground, actor: &Actor, rows: &[ReadRow], import: &Id) -> Result<Vec<Done>, Failure> {
    let bar = progress(rows.len() as u64);
    let mut all = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(CHUNK) {
        all.extend(ground.db.write(|conn| landed(conn, ground, actor, chunk, import))?);
        bar.inc(chunk.len() as u64);
    }
    bar.finish_and_clear();
    Ok(all)
}

fn rehearsed(ground: &Ground, actor: &Actor, rows: &[ReadRow], import: &Id) -> Result<Vec<Done>, Failure> {
    let undone = ground.db.write(|conn| match landed(conn, ground, actor, rows, import) {
        Ok(done) => Err::<(), _>(Undone::Rehearsed(done)),
        Err(error) => Err(Undone::Failed(error)),
    });
    match undone {
        Err(Undone::Rehearsed(done)) => Ok(done),
        Err(Undone::Failed(error)) => Err(error.into()),
        Ok(()) => Ok(Vec::new()),
    }
}

fn landed(
    conn: &mut AnyConn,
    ground: &Ground,
    actor: &Actor,
    rows: &[ReadRow],
    import: &Id,
) -> Result<Vec<Done>, AppError> {
    let people = People::load(conn)?;
    let mut done = Vec::with_capacity(rows.len());
    for row in rows {
        done.push(match &row.result {
            Err(refusal) => Done::Unread(refusal.clone()),
            Ok(line) => match land(conn, ground.tools(), actor, &people, line.clone(), import) {
                Ok(landed) => Done::Landed(landed),
                // What is wrong with the database is no fault of the row.
                Err(error @ (AppError::Internal(_) | AppError::Unavailable(_))) => return Err(error),
                Err(error) => Done::Refused(error),
            },
        });
    }
    Ok(done)
}

/// One entry in the trail for the whole import.
fn told(
    conn: &mut AnyConn,
    actor: &Actor,
    import: &Id,
    name: &str,
    bytes: &[u8],
    done: &[Done],
) -> Result<(), AppError> {
    let counts = counts(done);
    let differences = Differences::default()
        .set("file_name", &name)
        .set("file_hash", &to_hex(&Sha256::digest(bytes)))
        .set("imported", &counts.0)
        .set("duplicates", &counts.1)
        .set("rejected", &counts.2);
    let act = Act {
        action: "import.apply",
        subject_kind: "import",
        subject_id: import.as_str(),
        differences,
        reason: None,
    };
    Ok(audit::record(conn, actor, act)?)
}

/// Imported, known before, refused.
fn counts(done: &[Done]) -> (usize, usize, usize) {
    let of = |wanted: fn(&Done) -> bool| done.iter().filter(|one| wanted(one)).count();
    (
        of(|done| matches!(done, Done::Landed(Landed::Imported(_)))),
        of(|done| matches!(done, Done::Landed(Landed::Known(_)))),
        of(|done| matches!(done, Done::Unread(_) | Done::Refused(_))),
    )
}

/// The report's line: logs and scripts read English.
fn line(i18n: &I18n, row: &ReadRow, done: &Done, dry_run: bool) -> Value {
    let mut line = match done {
        Done::Landed(Landed::Imported(code)) => {
            json!({ "outcome": if dry_run { "new" } else { "imported" }, "code": code })
        }
        Done::Landed(Landed::Known(code)) => json!({ "outcome": "duplicate", "code": code }),
        Done::Unread(refusal) => {
            let message =
                Message::of("import-refused", &refusal.code.replace('_', "-")).text("word", &refusal.word);
            json!({ "outcome": "rejected", "field": refusal.field, "reason": refusal.code,
                "message": i18n.say(Lang::En, &message) })
        }
        Done::Refused(error) => {
            let fault = error.fields().first();
            json!({ "outcome": "rejected", "field": fault.map(|fault| fault.field.to_string()),
                "reason": fault.map(|fault| fault.code), "message": sentences(i18n, Lang::En, error) })
        }
    };
    line["row"] = row.row.into();
    if let Some(sheet) = &row.sheet {
        line["sheet"] = sheet.as_str().into();
    }
    if let Ok(read) = &row.result {
        line["title"] = read.body.title.as_deref().into();
        // Columns that no field takes, and cells that could not be read: they stay with the project as written.
        let kept: Vec<&str> = read.extra.iter().map(|(header, _)| header.as_str()).collect();
        if !kept.is_empty() {
            line["kept"] = kept.into();
        }
    }
    line
}

fn say(args: &Projects, done: &[Done]) -> Outcome {
    let (imported, known, rejected) = counts(done);
    let new = if args.dry_run { imported } else { 0 };
    if args.json {
        print_json(&json!({
            "rows": done.len(),
            "new": new,
            "imported": imported - new,
            "duplicate": known,
            "rejected": rejected,
        }))?;
    } else {
        let words = if args.dry_run { "would be imported" } else { "imported" };
        println!("{} rows: {imported} {words}, {known} duplicates, {rejected} rejected", done.len());
    }
    if !done.is_empty() && rejected == done.len() {
        return Err(Failure::Refused("every row was rejected".to_owned()));
    }
    Ok(())
}
