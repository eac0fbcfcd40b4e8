//! Large imports, worked off beside the request: in steps that each commit, so that a kill at any point
//! is followed by the next step and nothing is done twice.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Via};
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::imports::application::{CHUNK, apply_rows, finish};
use crate::imports::kinds::Reading;
use crate::imports::ledger::LedgerError;
use crate::imports::model::{Import, ImportStatus};
use crate::imports::preview::{Preview, file};
use crate::imports::queries;
use crate::jobs::outbox::{self, Job, Topic};

/// Why an import ended: who made it may import no more.
const NO_MORE_HIS: &str = "no_more_his";

/// Whether a job is done, or laid down half-way because the process ends.
enum Progress {
    Done,
    LaidDown,
}

/// Takes the next large import, if one waits; whether there was one. `stopping` is asked between two steps:
/// then the rest is left to whoever starts next.
pub fn run_next(app: &App, stopping: &dyn Fn() -> bool) -> Result<bool, AppError> {
    let now = clock::now();
    let jobs = app.db.write(|conn| Ok::<_, AppError>(outbox::claim(conn, Topic::Import, 1, now)?))?;
    let Some(job) = jobs.first() else { return Ok(false) };
    match run(app, job, stopping) {
        Ok(Progress::Done) => app.db.write(|conn| Ok::<_, AppError>(outbox::finish(conn, &jobs)?))?,
        Ok(Progress::LaidDown) => app.db.write(|conn| Ok::<_, AppError>(outbox::lay_down(conn, job)?))?,
        // He stays who he is now, however often it is tried: what was not imported yet is not.
        Err(AppError::Forbidden(_)) => app.db.write(|conn| {
            queries::set_failed(conn, &job.subject_id, NO_MORE_HIS)?;
            Ok::<_, AppError>(outbox::finish(conn, &jobs)?)
        })?,
        Err(error) => {
            let text = error.to_string();
            tracing::warn!(error = text, import = %job.subject_id, "a large import failed and will be tried again");
            app.db.write(|conn| Ok::<_, AppError>(outbox::postpone(conn, &jobs, &text, now)?))?;
        }
    }
    Ok(true)
}

fn run(app: &App, job: &Job, stopping: &dyn Fn() -> bool) -> Result<Progress, AppError> {
    let import = app.db.read(|conn| Ok::<_, AppError>(queries::find_any(conn, &job.subject_id)?))?;
    let Some(import) = import else { return Ok(Progress::Done) };
    match import.status {
        ImportStatus::Reading => read(app, &import).map(|()| Progress::Done),
        ImportStatus::Applying => apply(app, job, &import, stopping),
        ImportStatus::Previewed | ImportStatus::Applied | ImportStatus::Failed => Ok(Progress::Done),
    }
}

fn read(app: &App, import: &Import) -> Result<(), AppError> {
    let Some(bytes) = app.db.read(|conn| file(conn, app.tools(), &import.id))? else { return Ok(()) };
    let reading = reading(app, import, &bytes);
    let actor = actor(app, import)?;
    let reading = match reading {
        Ok(reading) => reading,
        Err(error) => {
            return app.db.write(|conn| Ok(queries::set_failed(conn, &import.id, error.code())?));
        }
    };
    let skipped = reading.skipped();
    let preview = Preview::of(reading.judged_beside(&app.db, app.tools(), &actor, |_| {})?, skipped);
    // A part at a time: others write in between, and a killed reading begins again.
    app.db.write(|conn| Ok::<_, AppError>(queries::delete_rows(conn, &import.id)?))?;
    let parts = usize::try_from(CHUNK).unwrap_or(usize::MAX);
    for rows in preview.parts(parts) {
        let rows = preview.sealed(app.tools(), &import.id, rows)?;
        app.db.write(|conn| Ok::<_, AppError>(queries::insert_rows(conn, &rows)?))?;
    }
    app.db.write(|conn| Ok(preview.set_read(conn, &import.id)?))
}

fn apply(app: &App, job: &Job, import: &Import, stopping: &dyn Fn() -> bool) -> Result<Progress, AppError> {
    let Some(bytes) = app.db.read(|conn| file(conn, app.tools(), &import.id))? else {
        return Ok(Progress::Done);
    };
    let reading = reading(app, import, &bytes).map_err(|e| AppError::Internal(e.into()))?;
    let actor = actor(app, import)?;
    let rows = app.db.read(|conn| reading.applicable(conn, app.tools(), &actor))?;
    let mut after = Some(-1);
    while let Some(from) = after {
        if stopping() {
            return Ok(Progress::LaidDown);
        }
        after = app.db.write(|conn| {
            let after = apply_rows(conn, app.tools(), &actor, import, &rows, from, CHUNK)?;
            let counts = queries::counts(conn, &import.id)?;
            queries::set_imported(conn, &import.id, counts.imported + counts.updated)?;
            // So long as it goes forward, no other process takes it for abandoned.
            outbox::prolong(conn, job, clock::now())?;
            Ok::<_, AppError>(after)
        })?;
        app.wake.wake();
    }
    app.db.write(|conn| finish(conn, &actor, import))?;
    Ok(Progress::Done)
}

/// The kept file, read as on the day of its upload.
fn reading(app: &App, import: &Import, bytes: &[u8]) -> Result<Reading, LedgerError> {
    let day = clock::china_date(import.created_at);
    Reading::read(Some(import.kind), bytes, &import.file_name, &app.reference, day)
}

/// Who made the import, as he is now: a person who lost his role imports nothing more.
fn actor(app: &App, import: &Import) -> Result<Actor, AppError> {
    let user = app.db.read(|conn| Ok::<_, AppError>(users::find(conn, &import.by_user)?))?;
    let user = user.filter(|user| user.active && import.kind.admits(user.role));
    let user = user.ok_or(AppError::Forbidden("role"))?;
    Ok(Actor::new(user, Via::CommandLine, "-".to_owned(), String::new()))
}
