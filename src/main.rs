//! The command line: what can be asked, and nothing else. The work is in `yinfeng::commands`.

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use yinfeng::commands::{
    self, attachment_text, awards, check, demo, export, import, migrate, search, serve, token, user,
};

/// Requests and imports make many small things: the system's own allocator costs a tenth of their time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 引凤 Yinfeng: the investment-attraction CRM of a city's investment-promotion bureau.
#[derive(Parser)]
#[command(name = "yinfeng", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring the database to the present schema and serve pages and API.
    Serve(serve::Args),
    /// Bring the database to the present schema.
    Migrate(migrate::Args),
    /// Try it: a throw-away database with made-up data.
    Demo(demo::Args),
    /// Whether the data holds together: database, references, index, trail.
    Check(check::Args),
    /// Users: add, list, disable, reset a password.
    User {
        #[command(subcommand)]
        command: user::Command,
    },
    /// API tokens.
    Token {
        #[command(subcommand)]
        command: token::Command,
    },
    /// Import a ledger.
    Import {
        #[command(subcommand)]
        command: import::Command,
    },
    /// Export, masked.
    Export {
        #[command(subcommand)]
        command: export::Command,
    },
    /// Awards of the plan.
    Awards {
        #[command(subcommand)]
        command: awards::Command,
    },
    /// The search index.
    Search {
        #[command(subcommand)]
        command: search::Command,
    },
    #[command(hide = true, about = "What a paper says; the program starts it itself")]
    AttachmentText(attachment_text::Args),
}

fn main() -> ExitCode {
    commands::end_with_reader();
    commands::finish(match Cli::parse().command {
        Command::Serve(args) => serve::run(args),
        Command::Migrate(args) => migrate::run(args),
        Command::User { command } => user::run(command),
        Command::Demo(args) => demo::run(args),
        Command::Check(args) => check::run(args),
        Command::Token { command } => token::run(command),
        Command::Import { command } => import::run(command),
        Command::Export { command } => export::run(command),
        Command::Awards { command } => awards::run(command),
        Command::Search { command } => search::run(command),
        Command::AttachmentText(args) => attachment_text::run(args),
    })
}
