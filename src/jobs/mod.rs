//! What happens outside a request: the outbox and its worker, and jobs by the clock.

mod import_worker;
pub mod index_worker;
pub mod match_worker;
pub mod outbox;
mod schedule;
mod stop;
mod text_worker;
mod wake;

pub use stop::Stop;
pub use wake::Wake;

use crate::app::App;
use crate::error::AppError;
use crate::{attachments, imports};
use std::thread::JoinHandle;

/// The threads at work beside the server.
pub struct Jobs {
    stop: Stop,
    wake: Wake,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the threads.
pub fn start(app: &App) -> std::io::Result<Jobs> {
    let mut jobs = Jobs { stop: Stop::default(), wake: app.wake.clone(), threads: Vec::new() };
    jobs.spawn("index", app, index_worker::run)?;
    jobs.spawn("matches", app, match_worker::run)?;
    jobs.spawn("imports", app, import_worker::run)?;
    jobs.spawn("texts", app, text_worker::run)?;
    jobs.spawn("schedule", app, schedule::run)?;
    Ok(jobs)
}

impl Jobs {
    fn spawn(&mut self, name: &str, app: &App, work: fn(&App, &Stop)) -> std::io::Result<()> {
        let (app, stop) = (app.clone(), self.stop.clone());
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&app, &stop))?;
        self.threads.push(thread);
        Ok(())
    }

    /// Lets what is under way finish, then ends the threads.
    pub fn stop(self) {
        self.stop.stop();
        self.wake.wake();
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a background thread had panicked");
            }
        }
    }
}

/// Everything that waits, done at once: for tests, and for commands that end.
pub fn run_pending(app: &App) -> Result<(), AppError> {
    while imports::work::run_next(app, &|| false)? {}
    while attachments::texts::work::run_next(app, &|| false)? {}
    index_worker::run_pending(app)?;
    match_worker::run_pending(app)
}
