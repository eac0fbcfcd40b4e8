//! `yinfeng token create`: an API token from the server itself, printed once.

use crate::accounts::token::{self, Minted};
use crate::clock;
use crate::commands::user::{BY, named};
use crate::commands::{Outcome, ground, print_json};
use crate::error::{AppError, FieldErrors};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Make a token and print it, this once.
    Create(Create),
}

#[derive(clap::Args)]
pub struct Create {
    /// The user that the token acts for.
    #[arg(long)]
    user: String,
    /// What it is for.
    #[arg(long)]
    name: String,
    /// How long it lives: 1 to 365 days.
    #[arg(long)]
    days: Option<i64>,
    #[arg(long)]
    json: bool,
}

pub fn run(command: Command) -> Outcome {
    let Command::Create(args) = command;
    let mut errors = FieldErrors::default();
    let asked = token::checked(Some(args.name), args.days, &mut errors);
    errors.into_result()?;
    let asked = asked.ok_or(AppError::NotFound)?;
    let ground = ground()?;
    let Minted { row, secret } = ground.db.write(|conn| {
        let user = named(conn, &args.user)?;
        if !user.active {
            return Err(AppError::invalid("user", "disabled"));
        }
        token::mint(conn, BY, &user.id, &asked, clock::now())
    })?;
    if args.json {
        return print_json(&serde_json::json!({
            "id": row.id,
            "name": row.name,
            "expires_at": clock::rfc3339::format(row.expires_at),
            "token": secret,
        }));
    }
    println!("{secret}");
    Ok(())
}
