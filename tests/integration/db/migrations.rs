//! Migrations: up and down leave nothing behind, and an upgraded database is as a fresh one.

use super::describe::{Schema, describe, differences};
use super::filler::{count, fill};
use crate::support::database::{TestDatabase, migration_files};
use diesel::backend::Backend;
use diesel::migration::{Migration, MigrationSource};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_migrations::MigrationHarness;
use std::collections::BTreeSet;
use yinfeng::companies::identity::{Identity, Match};
use yinfeng::companies::{self, names};
use yinfeng::db::AnyConn;
use yinfeng::db::migrations::{PORTABLE, POSTGRES, SQLITE, is_current, migrate};
use yinfeng::leads::model::DuplicateReason;
use yinfeng::reference::Reference;
use yinfeng::schema::leads;

/// A migrated database without rows, as new installations get it.
fn fresh() -> Schema {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::blank(folder.path());
    let db = database.open();
    let mut conn = db.connection().unwrap();
    migrate(&mut conn).unwrap();
    assert!(is_current(&mut conn).unwrap());
    assert!(migrate(&mut conn).unwrap().is_empty(), "a second run has nothing to do");
    describe(&mut conn)
}

#[test]
fn names_are_in_order_and_given_once() {
    let [portable, sqlite, postgres] = ["portable", "sqlite", "postgres"]
        .map(|set| migration_files(set).into_iter().map(|(name, ..)| name).collect::<Vec<_>>());
    assert_eq!(sqlite, postgres, "what one database needs of its own, the other does too");
    let all: Vec<&String> = portable.iter().chain(&sqlite).collect();
    let mut versions = BTreeSet::new();
    for name in all {
        let (version, word) = name.split_once('_').unwrap_or_else(|| panic!("{name}"));
        let digits: Vec<usize> = version.split('-').map(str::len).collect();
        assert_eq!(digits, [4, 2, 2, 6], "{name}: a date and six digits come first");
        assert!(version.bytes().all(|b| b.is_ascii_digit() || b == b'-'), "{name}");
        assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()), "{name}");
        // diesel leaves the hyphens out and knows a migration by what remains.
        assert!(versions.insert(version.replace('-', "")), "{name}: the number is taken");
    }
}

#[test]
fn up_down_up_leaves_no_difference() {
    let fresh = fresh();
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::blank(folder.path());
    let db = database.open();
    let mut conn = db.connection().unwrap();
    let nothing = describe(&mut conn);
    for number in 0..number_of_migrations(&conn) {
        let before = describe(&mut conn);
        step(&mut conn, number, Direction::Up);
        let after = describe(&mut conn);
        step(&mut conn, number, Direction::Down);
        assert_same(&before, &describe(&mut conn), number);
        step(&mut conn, number, Direction::Up);
        assert_same(&after, &describe(&mut conn), number);
    }
    assert_same(&fresh, &describe(&mut conn), "all up");
    for number in (0..number_of_migrations(&conn)).rev() {
        step(&mut conn, number, Direction::Down);
    }
    assert_same(&nothing, &describe(&mut conn), "all down");
    migrate(&mut conn).unwrap();
    assert_same(&fresh, &describe(&mut conn), "up again");
}

#[test]
fn an_upgraded_database_is_as_a_fresh_one_and_keeps_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::blank(folder.path());
    let db = database.open();
    let mut conn = db.connection().unwrap();
    let mut filled = BTreeSet::new();
    for number in 0..number_of_migrations(&conn) {
        step(&mut conn, number, Direction::Up);
        let schema = describe(&mut conn);
        fill(&mut conn, &schema, &mut filled);
    }
    assert!(is_current(&mut conn).unwrap());
    assert_same(&fresh(), &describe(&mut conn), "upgraded");
    for table in &filled {
        assert!(count(&mut conn, table) >= 1, "{table} lost its row");
    }
    if let AnyConn::Sqlite(conn) = &mut *conn {
        let dangling = "(SELECT count(*) FROM pragma_foreign_key_check)";
        assert_eq!(diesel::select(diesel::dsl::sql::<BigInt>(dangling)).get_result::<i64>(conn), Ok(0));
    }
}

#[track_caller]
fn assert_same(expected: &Schema, found: &Schema, when: impl std::fmt::Display) {
    let found = differences(expected, found);
    assert!(found.is_empty(), "{when}: - expected, + found\n{}", found.join("\n"));
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

fn number_of_migrations(conn: &AnyConn) -> usize {
    let own = match conn {
        AnyConn::Sqlite(_) => "sqlite",
        AnyConn::Pg(_) => "postgres",
    };
    migration_files("portable").len() + migration_files(own).len()
}

/// Runs the one migration of this number in the order of versions among both sets, which is the order in
/// which installations of every age have met them.
fn step(conn: &mut AnyConn, number: usize, direction: Direction) {
    match conn {
        AnyConn::Sqlite(conn) => run(conn, all(SQLITE), number, direction),
        AnyConn::Pg(conn) => run(conn, all(POSTGRES), number, direction),
    }
}

fn all<DB: Backend>(own: impl MigrationSource<DB>) -> Vec<Box<dyn Migration<DB>>> {
    let mut all: Vec<Box<dyn Migration<DB>>> = PORTABLE.migrations().unwrap();
    all.extend(own.migrations().unwrap());
    all.sort_by(|a, b| a.name().version().cmp(&b.name().version()));
    all
}

fn run<DB: Backend, C: MigrationHarness<DB>>(
    conn: &mut C,
    migrations: Vec<Box<dyn Migration<DB>>>,
    number: usize,
    direction: Direction,
) {
    conn.applied_migrations().unwrap(); // makes the table of what was applied
    let migration = &migrations[number];
    let done = match direction {
        Direction::Up => conn.run_migration(&**migration),
        Direction::Down => conn.revert_migration(&**migration),
    };
    done.unwrap_or_else(|reason| panic!("{}: {reason}", migration.name()));
}

/// Names that were reported before companies kept them are known after the upgrade; an origin goes to the leads.
#[test]
fn an_upgrade_knows_the_names_and_origins_that_were_there() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::blank(folder.path());
    let db = database.open();
    let mut conn = db.connection().unwrap();
    let first: Vec<String> = migration_files("portable").into_iter().map(|(name, ..)| name).collect();
    let before = first.iter().position(|name| name.ends_with("company_names")).unwrap();
    for number in 0..before {
        step(&mut conn, number, Direction::Up);
    }
    let schema = describe(&mut conn);
    fill(&mut conn, &schema, &mut BTreeSet::new());
    for (table, column, value) in [
        ("companies", "name", "深圳市晨星塑胶有限公司"),
        ("companies", "name_core", "晨星塑胶"),
        ("leads", "investor_name", "惠州远帆实业有限公司"),
    ] {
        let update = format!("UPDATE {table} SET {column} = '{value}'");
        diesel::sql_query(update).execute(&mut *conn).unwrap();
    }
    migrate(&mut conn).unwrap();
    assert!(names::are_new(&mut conn).unwrap());
    let reference = Reference::load(None).unwrap();
    assert_eq!(names::split_new(&mut conn, &reference), Ok(1));
    assert!(!names::are_new(&mut conn).unwrap());
    for name in ["晨星塑胶有限公司", "惠州市远帆实业有限公司"] {
        let identity = Identity::new(name, None, &reference);
        let found = companies::queries::matching(&mut conn, &identity, &reference).unwrap();
        assert_eq!(found.len(), 1, "{name}");
        assert_eq!(found[0].1, Match::Same(DuplicateReason::Name), "{name}");
    }
    let origin: Option<String> = leads::table.select(leads::origin).first(&mut *conn).unwrap();
    assert_eq!(origin.as_deref(), Some("companies origin"));
}
