//! `yinfeng check`: whether the data holds together. Exit status 1 and a list when anything is wrong.

use crate::app::Ground;
use crate::attachments::{self, Storage};
use crate::audit::seal::SealFault;
use crate::audit::verification;
use crate::chambers::entries::ChamberEntryKind;
use crate::clock;
use crate::commands::search::is_held;
use crate::commands::{Failure, Outcome, ground, print_json};
use crate::contacts::Contact;
use crate::db::{AnyConn, Id, migrations};
use crate::error::AppError;
use crate::leads::promise::PROMISED_WORKING_DAYS;
use crate::milestones::model::{MilestoneKind, MilestoneState};
use crate::reference::recommendation_word;
use crate::schema::{
    chamber_entries, companies, contacts, leads, milestones, projects, recommendations, teams, townsmen,
};
use crate::search::agreement::{self, Wanted};
use crate::search::{self, settings::Settings};
use crate::townsmen::Townsman;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::time::Duration;

/// Differences named one by one; beyond that only their number is said.
const NAMED: usize = 20;

/// A server that writes meanwhile changes rows and index one after the other, about a second apart: what differs is looked
/// at so often.
const LOOKS_BESIDE: usize = 3;
const BETWEEN_LOOKS: Duration = Duration::from_secs(2);

#[derive(clap::Args)]
pub struct Args {
    /// Print what is wrong as JSON.
    #[arg(long)]
    json: bool,
}

/// Something that is wrong.
#[derive(Debug, Serialize)]
struct Fault {
    /// database, references, pool, personal-data, attachments, index or trail
    part: &'static str,
    text: String,
}

pub fn run(args: Args) -> Outcome {
    let ground = ground()?;
    let mut faults = Vec::new();
    let mut notes = Vec::new();
    ground.db.read(|conn| {
        database(conn, &mut faults)?;
        references(conn, &ground, &mut faults)?;
        pool(conn, &ground, &mut faults)?;
        personal_data(conn, &ground, &mut faults)?;
        papers(conn, &ground, &mut faults)?;
        trail(conn, &mut faults)
    })?;
    indexes(&ground, &mut faults, &mut notes)?;
    if let Some(year) = ground.reference.calendar().guessed(clock::today(), PROMISED_WORKING_DAYS) {
        notes.push(format!("the days off of {year} are not in holidays.csv: Monday to Friday are counted"));
    }
    if args.json {
        print_json(&serde_json::json!({ "faults": faults, "notes": notes }))?;
    } else {
        notes.iter().for_each(|note| println!("{note}"));
        faults.iter().for_each(|fault| println!("{}: {}", fault.part, fault.text));
    }
    match faults.len() {
        0 if args.json => Ok(()),
        0 => {
            println!("nothing wrong found");
            Ok(())
        }
        n => Err(Failure::Refused(format!("{n} faults"))),
    }
}

/// The database's own integrity, its foreign keys, and its schema.
fn database(conn: &mut AnyConn, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    if let AnyConn::Sqlite(sqlite) = conn {
        let lines: Vec<Line> =
            diesel::sql_query("SELECT integrity_check AS text FROM pragma_integrity_check").load(sqlite)?;
        let bad = lines.into_iter().filter(|line| line.text != "ok");
        faults.extend(bad.map(|line| Fault { part: "database", text: line.text }));
        let keys: Vec<Line> = diesel::sql_query(
            "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' names a missing row of ' || parent AS text \
             FROM pragma_foreign_key_check",
        )
        .load(sqlite)?;
        faults.extend(keys.into_iter().map(|line| Fault { part: "database", text: line.text }));
    }
    if !migrations::is_current(conn).map_err(|error| AppError::Internal(anyhow::anyhow!(error)))? {
        faults.push(Fault { part: "database", text: "migrations are missing".to_owned() });
    }
    Ok(())
}

/// Codes that stand in reference data, not in tables.
fn references(conn: &mut AnyConn, ground: &Ground, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    type Codes = Vec<(String, String, Option<String>)>;
    let of_leads: Codes =
        leads::table.select((leads::county, leads::industry, leads::park)).distinct().load(conn)?;
    let of_projects: Codes = projects::table
        .select((projects::county, projects::industry, projects::park))
        .distinct()
        .load(conn)?;
    let mut add = |text: String| faults.push(Fault { part: "references", text });
    for (what, rows) in [("leads", of_leads), ("projects", of_projects)] {
        for (county, industry, park) in rows {
            if !ground.reference.is_county(&county) {
                add(format!("{what} stand in the county `{county}`, which is none of the reference data"));
            }
            if ground.reference.industry(&industry).is_none() {
                add(format!("{what} have the industry `{industry}`, which is none of the reference data"));
            }
            if let Some(park) = park.filter(|park| ground.reference.park(park).is_none()) {
                add(format!("{what} stand in the park `{park}`, which is none of the reference data"));
            }
        }
    }
    let words = chamber_entries::table
        .filter(chamber_entries::word.is_not_null())
        .select((chamber_entries::kind, chamber_entries::word))
        .distinct();
    for (kind, word) in words.load::<(ChamberEntryKind, Option<String>)>(conn)? {
        let word = word.unwrap_or_default();
        if ground.reference.chamber_words().word(kind, &word).is_none() {
            add(format!("entries of chambers have the {kind} `{word}`, which is none of the reference data"));
        }
    }
    let words = ground.reference.recommendation_words();
    let named: Codes = recommendations::table
        .select((recommendations::size, recommendations::credit, recommendations::result))
        .distinct()
        .load(conn)?;
    for (size, credit, result) in named {
        let codes = [(&words.size, Some(size)), (&words.credit, Some(credit)), (&words.result, result)];
        for (of, code) in codes {
            if let Some(code) = code.filter(|code| recommendation_word(of, code).is_none()) {
                add(format!("recommendations have the word `{code}`, which is none of the reference data"));
            }
        }
    }
    let of_teams = teams::table.filter(teams::county.is_not_null()).select(teams::county).distinct();
    for county in of_teams.load::<Option<String>>(conn)?.into_iter().flatten() {
        if !ground.reference.is_county(&county) {
            add(format!("teams are of the county `{county}`, which is none of the reference data"));
        }
    }
    let orphans: i64 = companies::table
        .filter(diesel::dsl::not(diesel::dsl::exists(
            leads::table.filter(leads::company_id.eq(companies::id)).select(leads::id),
        )))
        .filter(companies::name.eq(""))
        .count()
        .get_result(conn)?;
    if orphans > 0 {
        add(format!("{orphans} companies have neither name nor lead"));
    }
    Ok(())
}

/// Whether each project knows how far it has come, and whether the policy documents go together with the files.
fn pool(conn: &mut AnyConn, ground: &Ground, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    let reached = milestones::table
        .filter(milestones::actual_on.is_not_null())
        .filter(milestones::state.ne(MilestoneState::Refused))
        .select((milestones::project_id, milestones::kind));
    let mut latest: HashMap<Id, MilestoneKind> = HashMap::new();
    for (project, kind) in reached.load::<(Id, MilestoneKind)>(conn)? {
        let known = latest.entry(project).or_insert(kind);
        *known = kind.max(*known);
    }
    let known = projects::table.select((projects::id, projects::code, projects::stage));
    for (id, code, stage) in known.load::<(Id, String, Option<MilestoneKind>)>(conn)? {
        if stage != latest.get(&id).copied() {
            let text = format!("{code} does not stand where its milestones say");
            faults.push(Fault { part: "pool", text });
        }
    }
    faults.extend(ground.policies.faults(conn)?.into_iter().map(|text| Fault { part: "pool", text }));
    Ok(())
}

/// Whether the key opens what it sealed: the first contact tells of a wrong key, all of them of damage.
fn personal_data(conn: &mut AnyConn, ground: &Ground, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    let mut after = String::new();
    let mut broken = 0_u64;
    loop {
        let page: Vec<Contact> = contacts::table
            .filter(contacts::id.gt(after.clone()))
            .order(contacts::id.asc())
            .limit(1_000)
            .select(Contact::as_select())
            .load(conn)?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        broken += page.iter().filter(|contact| contact.open(&ground.keys).is_err()).count() as u64;
    }
    let broken_townsmen = townsmen::table
        .select(Townsman::as_select())
        .load::<Townsman>(conn)?
        .iter()
        .filter(|townsman| townsman.open(&ground.keys).is_err())
        .count();
    if broken_townsmen > 0 {
        let text = format!(
            "{broken_townsmen} townsmen cannot be decrypted with the key {}",
            ground.keys.fingerprint()
        );
        faults.push(Fault { part: "personal-data", text });
    }
    if broken > 0 {
        let text =
            format!("{broken} contacts cannot be decrypted with the key {}", ground.keys.fingerprint());
        faults.push(Fault { part: "personal-data", text });
    }
    Ok(())
}

/// Each paper has its file.
fn papers(conn: &mut AnyConn, ground: &Ground, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    let wrong = attachments::check::faults(conn, &Storage::open(&ground.settings)?)?;
    let unnamed = wrong.len().saturating_sub(NAMED);
    let part = "attachments";
    faults.extend(wrong.into_iter().take(NAMED).map(|text| Fault { part, text }));
    if unnamed > 0 {
        faults.push(Fault { part, text: format!("{unnamed} more papers are without their file") });
    }
    Ok(())
}

/// Everything that can be searched for against its index.
fn indexes(ground: &Ground, faults: &mut Vec<Fault>, notes: &mut Vec<String>) -> Result<(), AppError> {
    let settings = Settings::builtin()?;
    let of_records = Settings::of_records(settings.language.clone())?;
    let looks = if is_held(ground)? { LOOKS_BESIDE } else { 1 };
    let leads = |conn: &mut AnyConn| agreement::wanted_leads(conn);
    let records = |conn: &mut AnyConn| agreement::wanted_records(conn);
    index(ground, &settings, ("lead", leads), looks, faults, notes)?;
    index(ground, &of_records, ("record", records), looks, faults, notes)
}

/// One index against what the database says belongs into it, each of which is called so. A fault is what every look
/// finds.
fn index(
    ground: &Ground,
    settings: &Settings,
    (what, wanted): (&str, impl Fn(&mut AnyConn) -> QueryResult<Wanted>),
    looks: usize,
    faults: &mut Vec<Fault>,
    notes: &mut Vec<String>,
) -> Result<(), AppError> {
    let mut wrong: Vec<String> = Vec::new();
    for look in 0..looks {
        let versions = search::open_to_read(&ground.settings, settings).and_then(|engine| {
            Ok(if engine.status()?.needs_rebuild { None } else { Some(engine.versions()?) })
        });
        let indexed = match versions {
            Ok(Some(versions)) => versions,
            Ok(None) => {
                notes.push(format!("index of {what}s: needs a rebuild, which a server does by itself"));
                return Ok(());
            }
            Err(error) => {
                faults.push(Fault { part: "index", text: error.to_string() });
                return Ok(());
            }
        };
        let wanted = ground.db.read(|conn| Ok::<_, AppError>(wanted(conn)?))?;
        let found = agreement::disagreements(indexed, &wanted, what);
        let before: HashSet<String> = wrong.into_iter().collect();
        wrong = found.into_iter().filter(|text| look == 0 || before.contains(text)).collect();
        if wrong.is_empty() {
            return Ok(());
        }
        if look + 1 < looks {
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }
    let more = wrong.len().saturating_sub(NAMED);
    faults.extend(wrong.into_iter().take(NAMED).map(|text| Fault { part: "index", text }));
    if more > 0 {
        faults.push(Fault { part: "index", text: format!("and {more} more {what}s") });
    }
    Ok(())
}

fn trail(conn: &mut AnyConn, faults: &mut Vec<Fault>) -> Result<(), AppError> {
    faults.extend(verification::verify_all(conn)?.into_iter().map(|fault| Fault {
        part: "trail",
        text: match fault {
            SealFault::Altered { number } => format!("entries under seal {number} were altered or are gone"),
            SealFault::Broken { number } => format!("seal {number} does not continue the one before"),
        },
    }));
    Ok(())
}
