//! Jobs by the clock. Each may run in several processes at once: it is harmless, or the database lets
//! one of them win.

use crate::accounts::queries::{failures, sessions, set_up_links};
use crate::app::App;
use crate::error::AppError;
use crate::jobs::Stop;
use crate::{attachments, audit, clock, imports, web};
use std::time::{Duration, Instant};

/// Something that has to happen now and then.
struct Task {
    name: &'static str,
    every: Duration,
    run: fn(&App) -> Result<(), AppError>,
}

const TASKS: &[Task] = &[
    Task { name: "seal the trail", every: Duration::from_secs(10), run: seal },
    Task { name: "check the seals", every: Duration::from_secs(6), run: verify },
    Task { name: "forget what has expired", every: Duration::from_secs(600), run: purge },
    Task { name: "sweep attachments", every: Duration::from_secs(3600), run: sweep },
    Task { name: "tidy the figures", every: Duration::from_secs(5), run: tidy_metrics },
];

/// Runs every task at the start and then in its own time, until told to stop.
pub(super) fn run(app: &App, stop: &Stop) {
    let mut due: Vec<(Instant, &Task)> = TASKS.iter().map(|task| (Instant::now(), task)).collect();
    while !stop.wait(Duration::from_secs(1)) {
        for (at, task) in due.iter_mut().filter(|(at, _)| *at <= Instant::now()) {
            if let Err(error) = (task.run)(app) {
                tracing::warn!(task = task.name, %error, "a scheduled job failed and will be tried again");
            }
            *at = Instant::now() + task.every;
        }
    }
}

/// Seals all that is unsealed, batch by batch. Of two processes the second fails on the seal's number
/// and finds the entries sealed the next time.
fn seal(app: &App) -> Result<(), AppError> {
    while app.db.write(|conn| Ok::<_, AppError>(audit::seal::seal_next(conn)?))? > 0 {}
    Ok(())
}

/// Of two processes both do the same step, which does no harm.
fn verify(app: &App) -> Result<(), AppError> {
    audit::verification::run_next(&app.db)
}

fn purge(app: &App) -> Result<(), AppError> {
    let now = clock::now();
    app.db.write(|conn| {
        sessions::delete_expired(conn, now)?;
        failures::delete_old(conn, now)?;
        set_up_links::delete_expired(conn, now)?;
        web::idempotency::delete_old(conn, now)?;
        imports::queries::delete_forgotten(conn, now - chrono::Duration::days(7))?;
        Ok(())
    })
}

/// A storage that does not answer is asked again in an hour.
fn sweep(app: &App) -> Result<(), AppError> {
    attachments::sweep::run(app).map(drop)
}

/// The recorder keeps samples until they are drained.
fn tidy_metrics(app: &App) -> Result<(), AppError> {
    app.metrics.run_upkeep();
    Ok(())
}
