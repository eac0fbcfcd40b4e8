//! The log: text for a person at a terminal, JSON lines for machines; always to standard error.

use crate::commands::{Failure, Outcome};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` is the setting `log`.
pub fn start(filter: &str) -> Outcome {
    let filter = EnvFilter::try_new(filter).map_err(|error| {
        let allowed = "such as info, or yinfeng=debug,warn";
        Failure::Usage(format!(
            "YINFENG_LOG is `{filter}` ({error}); allowed is a level or a filter, {allowed}"
        ))
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() {
        log.with_target(false).try_init()
    } else {
        log.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    };
    started.map_err(|error| Failure::Fault(anyhow::anyhow!("the log could not be started: {error}")))
}
