//! The demonstration (`yinfeng demo`): a throw-away database with people, chambers, referrers, leads,
//! projects, filings and applications for awards that are all made up (seeds/demo). Days are shifted so that the data
//! always looks of today.

pub mod afterwards;
mod attributions;
mod awards;
mod events;
mod filings;
mod leads;
mod notices;
mod papers;
mod people;
mod policies;
mod projects;
mod reports;
mod sources;
mod teams;

pub use people::{PASSWORD, SignIn};
pub use policies::lay_out;

use crate::accounts::Actor;
use crate::app::Ground;
use crate::attachments::storage::Storage;
use crate::db::Id;
use crate::error::AppError;
use chrono::{Days, NaiveDate};
use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

#[derive(RustEmbed)]
#[folder = "seeds/demo/"]
struct Files;

/// A database that was filled.
pub struct Filled {
    /// What can be tried, the most telling first.
    pub sign_ins: Vec<SignIn>,
    officer: Actor,
    federation: Actor,
    /// The liaison's.
    chamber: Id,
}

/// Fills an empty database; `afterwards` adds what needs the whole program.
pub fn fill(ground: &Ground, today: NaiveDate) -> anyhow::Result<Filled> {
    let chambers = ground.db.write(|conn| sources::chambers(conn, ground))?;
    let referrers = ground.db.write(|conn| sources::referrers(conn, ground, today))?;
    let people = ground.db.write(|conn| people::add(conn, ground, &chambers))?;
    let officer: &Actor = &people.officer;
    ground.db.write(|conn| sources::entries(conn, ground, officer, &chambers, today))?;
    ground.db.write(|conn| sources::townsmen(conn, ground, officer, &chambers, today))?;
    ground.db.write(|conn| sources::recommendations(conn, ground, officer, &chambers, today))?;
    ground.db.write(|conn| notices::add(conn, &people, &chambers, today))?;
    let events = ground.db.write(|conn| events::add(conn, ground, &people, &chambers, today))?;
    let sources = leads::Sources { chambers: &chambers, referrers: &referrers, events: &events };
    let leads = ground.db.write(|conn| leads::add(conn, ground, officer, &people, sources, today))?;
    ground.db.write(|conn| teams::add(conn, ground, &people, &leads, today))?;
    let papers = papers::lay_out(&Storage::open(&ground.settings)?)?;
    let projects = ground.db.write(|conn| projects::add(conn, ground, &people, &events, &papers, today))?;
    ground.db.write(|conn| projects::employ(conn, &people, &projects))?;
    ground.db.write(|conn| filings::add(conn, &people, &referrers, &leads, &projects, today))?;
    ground.db.write(|conn| reports::add(conn, ground, &people, today))?;
    ground.db.write(|conn| awards::add(conn, ground, &people, &referrers, &projects))?;
    ground.db.write(|conn| attributions::add(conn, &people, &chambers, &leads))?;
    ground.db.write(|conn| leads::age(conn, &leads, today))?;
    let missing = || anyhow::anyhow!("the federation or the liaison's chamber is missing");
    let federation = people.staff.get("federation").cloned().ok_or_else(missing)?;
    let chamber = people.staff.get("liaison").and_then(|liaison| liaison.chamber_id.clone());
    let chamber = chamber.ok_or_else(missing)?;
    Ok(Filled { sign_ins: people.sign_ins, officer: people.officer, federation, chamber })
}

/// The rows of a demo file.
fn rows<T: DeserializeOwned>(file: &str) -> Result<Vec<T>, AppError> {
    let content = Files::get(file).ok_or_else(|| anyhow::anyhow!("seeds/demo/{file} is missing"))?;
    csv::Reader::from_reader(content.data.as_ref())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| AppError::Internal(anyhow::anyhow!("seeds/demo/{file}: {error}")))
}

/// A day of the files, moved by as much as today lies after the day they were written for.
fn shifted(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    let written = NaiveDate::from_ymd_opt(2026, 11, 23)?;
    let moved = (today - written).num_days();
    let days = Days::new(moved.unsigned_abs());
    if moved < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) }
}
