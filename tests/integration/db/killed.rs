//! A process that is killed in the middle of writing leaves whole writes only, and all that it acknowledged.

use crate::support::database::{TestDatabase, open};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;
use yinfeng::audit::{self, Act};
use yinfeng::clock;
use yinfeng::db::AnyConn;
use yinfeng::error::AppError;
use yinfeng::schema::{audit_entries, flags, number_series};

/// Tells the child where to write; its presence makes this process the child.
const ADDRESS: &str = "KILLED_WRITER_DATABASE";
const ROUND: &str = "KILLED_WRITER_ROUND";

/// The child: one transaction after another, each of three rows, saying which is done.
#[test]
fn writer() {
    let (Ok(url), Ok(round)) = (std::env::var(ADDRESS), std::env::var(ROUND)) else { return };
    println!(); // the harness has begun a line of its own
    let db = open(&url);
    for number in 0_i64.. {
        let name = format!("{round}-{number}");
        db.write(|conn| {
            let row = (flags::name.eq(&name), flags::value.eq(""), flags::updated_at.eq(clock::now()));
            diesel::insert_into(flags::table).values(row).execute(conn)?;
            std::thread::sleep(Duration::from_millis(1));
            let act =
                Act { action: "lead.create", subject_kind: "lead", subject_id: &name, ..Act::default() };
            audit::record_unsigned(conn, "writer", None, act)?;
            std::thread::sleep(Duration::from_millis(1));
            let row = (number_series::name.eq(&name), number_series::last_number.eq(number));
            diesel::insert_into(number_series::table).values(row).execute(conn)?;
            Ok::<_, AppError>(())
        })
        .unwrap();
        println!("done {name}");
    }
}

#[test]
fn a_killed_writer_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::new(folder.path());
    let mut acknowledged = Vec::new();
    for round in 0..5 {
        let (mut child, mut said) = start(database.url(), round);
        let mut names = BTreeSet::new();
        // Killed at another moment of a transaction each time.
        while names.len() < 5 + round {
            let mut line = String::new();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the writer ended by itself");
            names.extend(line.trim().strip_prefix("done ").map(str::to_owned));
        }
        std::thread::sleep(Duration::from_micros(700 * round as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        let whole = rest.lines().filter(|_| rest.ends_with('\n'));
        names.extend(whole.filter_map(|line| line.strip_prefix("done ")).map(str::to_owned));
        acknowledged.extend(names);

        let mut conn = database.open().connection().unwrap();
        let flags: BTreeSet<String> =
            flags::table.select(flags::name).load(&mut *conn).unwrap().into_iter().collect();
        let told = audit_entries::table.select(audit_entries::subject_id).load::<String>(&mut *conn).unwrap();
        let numbers = number_series::table.select(number_series::name).load::<String>(&mut *conn).unwrap();
        assert_eq!(flags, told.into_iter().collect(), "round {round}: rows without their entry in the trail");
        assert_eq!(flags, numbers.into_iter().collect(), "round {round}: half a transaction");
        for name in &acknowledged {
            assert!(flags.contains(name), "round {round}: {name} was acknowledged and is gone");
        }
        // More than the one under way cannot have been written without being said.
        assert!(flags.len() <= acknowledged.len() + round + 1, "{} of {}", acknowledged.len(), flags.len());
        if let AnyConn::Sqlite(conn) = &mut *conn {
            let verdict: String =
                diesel::dsl::sql::<Text>("PRAGMA integrity_check").get_result(conn).unwrap();
            assert_eq!(verdict, "ok");
        }
    }
}

/// This test binary again, running `writer` alone.
fn start(url: &str, round: usize) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "db::killed::writer", "--nocapture", "--test-threads=1"])
        .env(ADDRESS, url)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    (child, said)
}
