//! `yinfeng demo`: a throw-away database with made-up data, ready to be clicked through.

use crate::app::{App, Ground};
use crate::clock;
use crate::commands::{Failure, Outcome, log, migrate_quietly, serve};
use crate::config::Settings;
use crate::demo;
use crate::jobs;
use crate::web::measure;
use anyhow::Context;
use std::net::TcpListener;
use std::time::Duration;

#[derive(clap::Args)]
pub struct Args {
    /// The port on this machine; a free one when it is not said.
    #[arg(long)]
    port: Option<u16>,
    /// End by itself after so many seconds.
    #[arg(long)]
    seconds: Option<u64>,
}

pub fn run(args: Args) -> Outcome {
    let folder = tempfile::tempdir()?;
    let port = match args.port {
        Some(port) => port,
        // Found free a moment ago; `serve` says so if somebody was quicker.
        None => TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port(),
    };
    let setting = |name: &str, value: String| (format!("YINFENG_{name}"), value);
    let settings = Settings::from_parts(
        "",
        &[
            setting("DATA_DIR", folder.path().to_string_lossy().into_owned()),
            setting("LISTEN", format!("127.0.0.1:{port}")),
            setting("LOG", "warn".to_owned()),
        ],
    )?;
    log::start(&settings.log)?;
    demo::lay_out(&settings)?;
    let ground = Ground::open(settings)?;
    migrate_quietly(&ground)?;
    let filled = demo::fill(&ground, clock::today())?;
    let app = App::open(ground, measure::recorder()?)?;
    demo::afterwards::add(&app, &filled, clock::today())?;
    jobs::run_pending(&app)?;
    println!("{}", app.settings.server.public_url);
    println!("Everything here is made up, and gone when this ends. The password of all: {}", demo::PASSWORD);
    for sign_in in filled.sign_ins {
        println!("  {:<18} {:<18} {}", sign_in.username, sign_in.role.as_str(), sign_in.display_name);
    }
    if let Some(seconds) = args.seconds {
        end_after(Duration::from_secs(seconds)).context("the timer")?;
    }
    serve::serve(&app).map_err(|failure| match failure {
        Failure::Fault(error) => Failure::Fault(error.context("the demonstration")),
        other => other,
    })
}

/// Ends as a person would: by the signal that stops the server in order.
fn end_after(time: Duration) -> std::io::Result<()> {
    std::thread::Builder::new()
        .name("timer".to_owned())
        .spawn(move || {
            std::thread::sleep(time);
            serve::stop();
        })
        .map(drop)
}
