//! `yinfeng migrate`: brings the database to the present schema.

use crate::app::Ground;
use crate::commands::{Outcome, migrate_quietly, print_json};
use crate::config::Settings;

#[derive(clap::Args)]
pub struct Args {
    /// Print the applied migrations as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Outcome {
    let ground = Ground::open(Settings::load()?)?;
    let applied = migrate_quietly(&ground)?;
    if args.json {
        return print_json(
            &serde_json::json!({ "database": ground.db.url().to_string(), "applied": applied }),
        );
    }
    match applied.len() {
        0 => println!("{}: nothing to apply", ground.db.url()),
        count => println!("{}: applied {count}: {}", ground.db.url(), applied.join(", ")),
    }
    Ok(())
}
