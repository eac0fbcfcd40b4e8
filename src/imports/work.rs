//! Large imports, worked off beside the request: in steps that each commit, so that a kill at any point
//! is followed by the next step and nothing is done twice.

use crate::accounts::queries::users;
use crate::accounts::{Actor, Via};
use crate::app::App;
use crate::clock;
use crate::error::AppError;
use crate::imports::application::{CHUNK, apply_rows, finish, judged_again};
use crate::imports::ledger;
use crate::imports::model::{Import, ImportStatus};
use crate::imports::preview::{file, keep_rows};
use crate::imports::queries;
use crate::jobs::outbox::{self, Job, Topic};

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
    let reading =
        ledger::read(&bytes, &import.file_name, &app.reference, clock::china_date(import.created_at));
    let actor = actor(app, import)?;
    app.db.write(|conn| match reading {
        Ok(reading) => keep_rows(conn, app.tools(), &actor, &import.id, reading),
        Err(error) => Ok(queries::set_failed(conn, &import.id, error.code())?),
    })
}

fn apply(app: &App, job: &Job, import: &Import, stopping: &dyn Fn() -> bool) -> Result<Progress, AppError> {
    let Some(bytes) = app.db.read(|conn| file(conn, app.tools(), &import.id))? else {
        return Ok(Progress::Done);
    };
    let reading =
        ledger::read(&bytes, &import.file_name, &app.reference, clock::china_date(import.created_at))
            .map_err(|e| AppError::Internal(e.into()))?;
    let actor = actor(app, import)?;
    let judged = app.db.read(|conn| judged_again(conn, app.tools(), &actor, reading))?;
    let mut after = Some(-1);
    while let Some(from) = after {
        if stopping() {
            return Ok(Progress::LaidDown);
        }
        after = app.db.write(|conn| {
            let after = apply_rows(conn, app.tools(), &actor, import, &judged, from, CHUNK)?;
            let imported = queries::counts(conn, &import.id)?.imported;
            queries::set_imported(conn, &import.id, imported)?;
            // So long as it goes forward, no other process takes it for abandoned.
            outbox::prolong(conn, job, clock::now())?;
            Ok::<_, AppError>(after)
        })?;
        app.wake.wake();
    }
    app.db.write(|conn| finish(conn, &actor, import))?;
    Ok(Progress::Done)
}

/// Who made the import, as he is now: a person who lost his role imports nothing more.
fn actor(app: &App, import: &Import) -> Result<Actor, AppError> {
    let user = app.db.read(|conn| Ok::<_, AppError>(users::find(conn, &import.by_user)?))?;
    let user = user.filter(|user| user.active).ok_or(AppError::Forbidden("role"))?;
    Ok(Actor::new(user, Via::CommandLine, "-".to_owned(), String::new()))
}
