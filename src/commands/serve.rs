//! `yinfeng serve`: migrates, opens everything, listens, and stops in order.
//!
//! 1. Settings, log, database at the present schema, key, reference data, search index.
//! 2. With no users yet, a one-time set-up address is printed.
//! 3. Background jobs start; requests are served until SIGTERM or SIGINT.
//! 4. Requests under way are finished, then the jobs end.

use crate::accounts::set_up;
use crate::app::{App, Ground, create_app};
use crate::commands::{Failure, Outcome, log, migrate_quietly};
use crate::config::Settings;
use crate::web::measure;
use crate::{clock, jobs};
use actix_web::HttpServer;
use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};

/// Rung by `stop`.
static STOP: tokio::sync::Notify = tokio::sync::Notify::const_new();

/// Stops the server of this process as a signal does.
pub fn stop() {
    STOP.notify_one();
}

#[derive(clap::Args)]
pub struct Args {}

pub fn run(_: Args) -> Outcome {
    let settings = Settings::load()?;
    log::start(&settings.log)?;
    let ground = Ground::open(settings)?;
    for name in migrate_quietly(&ground)? {
        tracing::info!(migration = name, "applied");
    }
    let app = App::open(ground, measure::recorder()?)?;
    if let Some(secret) = app.db.write(|conn| set_up::link_if_needed(conn, clock::now()))? {
        println!("No users yet. Make the first account here, within 24 hours:");
        println!("{}/set-up/{secret}", app.settings.server.public_url);
    }
    serve(&app)
}

/// Serves until a signal says stop. Used by `yinfeng demo` too.
pub fn serve(app: &App) -> Outcome {
    let jobs = jobs::start(app).context("the background jobs could not be started")?;
    let served = actix_web::rt::System::new().block_on(listen(app.clone()));
    jobs.stop();
    tracing::info!("stopped");
    served.map_err(Failure::Fault)
}

async fn listen(app: App) -> anyhow::Result<()> {
    let settings = app.settings.server.clone();
    let cores = || std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let server = HttpServer::new(move || create_app(app.clone()))
        .workers(if settings.workers == 0 { cores() } else { settings.workers })
        .shutdown_timeout(settings.shutdown_timeout.as_secs())
        // Ours: actix cuts requests short at SIGINT.
        .disable_signals()
        .bind(settings.listen)
        .with_context(|| format!("cannot listen on {}", settings.listen))?;
    for address in server.addrs() {
        tracing::info!(%address, public_url = settings.public_url, "listening");
    }
    let server = server.run();
    let handle = server.handle();
    let (mut term, mut int) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    actix_web::rt::spawn(async move {
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {}, () = STOP.notified() => {} }
        tracing::info!("stopping: requests under way are finished first");
        handle.stop(true).await;
    });
    Ok(server.await?)
}
