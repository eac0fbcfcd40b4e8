//! `yinfeng import projects` and `yinfeng import chambers`: a ledger whose rows may change what is there, from the server
//! itself.
//!
//! Judged, kept and applied as by page, in transactions of 100 rows: an interrupted run is simply repeated, what it did
//! is unchanged then. `--dry-run` judges only, and judging leaves nothing written.

use crate::accounts::Actor;
use crate::app::Ground;
use crate::clock;
use crate::commands::import::{actor, check_report, progress, write_report};
use crate::commands::{Failure, Outcome, ground, print_json};
use crate::error::AppError;
use crate::imports::application::{apply_rows, finish};
use crate::imports::kinds::{Applicable, Reading, lines};
use crate::imports::model::{Import, ImportKind, ImportStatus};
use crate::imports::preview::Preview;
use crate::imports::queries::{self, Counts};
use crate::web::i18n::Lang;
use serde_json::json;
use std::path::PathBuf;

/// Rows of one transaction.
const CHUNK: i64 = 100;

#[derive(clap::Args)]
pub struct Changes {
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

pub fn run(kind: ImportKind, args: Changes) -> Outcome {
    check_report(args.report.as_deref())?;
    let ground = ground()?;
    let actor = actor(&ground, &args.user, kind)?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| Failure::Usage(format!("{}: {error}", args.file.display())))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let reading = || Reading::read(Some(kind), &bytes, &name, &ground.reference, clock::today());
    let first = reading().map_err(|error| Failure::Refused(format!("{}: {error}", args.file.display())))?;
    let preview = judged(&ground, &actor, first)?;
    let import = Import::new(kind, &actor, &name, &bytes, ImportStatus::Reading);
    let (rows, counts) = if args.dry_run {
        (preview.sealed(ground.tools(), &import.id, 0..preview.len())?, preview.counts())
    } else {
        let again =
            reading().map_err(|error| Failure::Refused(format!("{}: {error}", args.file.display())))?;
        let rows = ground.db.read(|conn| again.applicable(conn, ground.tools(), &actor))?;
        keep(&ground, &import, &preview)?;
        apply(&ground, &actor, &import, &rows)?;
        ground.db.read(|conn| {
            let kept = queries::rows(conn, &import.id, None, -1, i64::MAX - 1)?;
            Ok::<_, AppError>((kept, queries::counts(conn, &import.id)?))
        })?
    };
    if let Some(path) = &args.report {
        let lines = ground.db.read(|conn| {
            // Logs and scripts read English.
            let asker = (&actor, Lang::En);
            let parts =
                rows.chunks(500).map(|part| lines(conn, &ground.i18n, &ground.keys, asker, kind, part));
            Ok::<_, AppError>(parts.collect::<Result<Vec<_>, _>>()?.concat())
        })?;
        let text = lines.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
        write_report(path, &text.map_err(anyhow::Error::new)?)?;
    }
    say(&args, counts)
}

fn judged(ground: &Ground, actor: &Actor, reading: Reading) -> Result<Preview, Failure> {
    let skipped = reading.skipped();
    for (sheet, why) in &skipped {
        eprintln!("sheet {sheet} was not read: {why}");
    }
    let bar = progress(reading.len() as u64);
    let judged = reading.judged_beside(&ground.db, ground.tools(), actor, |rows| bar.inc(rows as u64))?;
    bar.finish_and_clear();
    Ok(Preview::of(judged, skipped))
}

/// Keeps the rows as a preview does; the file itself stays with whoever has it.
fn keep(ground: &Ground, import: &Import, preview: &Preview) -> Result<(), Failure> {
    ground.db.write(|conn| Ok::<_, AppError>(queries::insert(conn, import, None)?))?;
    for rows in preview.parts(usize::try_from(CHUNK).unwrap_or(usize::MAX)) {
        let rows = preview.sealed(ground.tools(), &import.id, rows)?;
        ground.db.write(|conn| Ok::<_, AppError>(queries::insert_rows(conn, &rows)?))?;
    }
    ground.db.write(|conn| {
        preview.set_read(conn, &import.id)?;
        queries::advance(conn, &import.id, ImportStatus::Previewed, ImportStatus::Applying)?;
        Ok::<_, AppError>(())
    })?;
    Ok(())
}

fn apply(
    ground: &Ground,
    actor: &Actor,
    import: &Import,
    rows: &[Box<dyn Applicable>],
) -> Result<(), Failure> {
    let bar = progress(rows.len() as u64);
    let mut after = Some(-1);
    while let Some(from) = after {
        after = ground.db.write(|conn| apply_rows(conn, ground.tools(), actor, import, rows, from, CHUNK))?;
        bar.inc(CHUNK.unsigned_abs());
    }
    bar.finish_and_clear();
    ground.db.write(|conn| finish(conn, actor, import))?;
    Ok(())
}

fn say(args: &Changes, counts: Counts) -> Outcome {
    if args.json {
        print_json(&json!({
            "rows": counts.rows,
            "new": counts.new,
            "changed": counts.changed,
            "imported": counts.imported,
            "updated": counts.updated,
            "duplicate": counts.duplicate,
            "rejected": counts.rejected,
        }))?;
    } else {
        let (new, changed, would) = match args.dry_run {
            true => (counts.new, counts.changed, "would be "),
            false => (counts.imported, counts.updated, ""),
        };
        println!(
            "{} rows: {new} {would}imported, {changed} {would}updated, {} duplicates, {} rejected",
            counts.rows, counts.duplicate, counts.rejected
        );
    }
    if counts.rows > 0 && counts.rejected == counts.rows {
        return Err(Failure::Refused("every row was rejected".to_owned()));
    }
    Ok(())
}
