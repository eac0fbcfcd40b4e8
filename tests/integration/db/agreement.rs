//! SQLite, PostgreSQL and `schema.rs` tell the same of every table.

use super::describe::{Column, Schema, Table, describe, differences};
use crate::support::database::{TestDatabase, create_postgres, open, server, sqlite_url};
use std::io::Write;
use yinfeng::db::migrations::migrate;

#[test]
fn sqlite_and_postgresql_agree() {
    let Some(server) = server() else {
        // Past the test harness, which hides what a passing test prints.
        let said = "\n*** SKIPPED sqlite_and_postgresql_agree: YINFENG_TEST_DATABASE_URL is not set ***\n";
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let postgres = create_postgres(&server, None);
    let mut described = [sqlite_url(&folder.path().join("agree.db")), postgres.url().to_owned()].map(|url| {
        let db = open(&url);
        let mut conn = db.connection().unwrap();
        migrate(&mut conn).unwrap();
        describe(&mut conn)
    });
    for schema in &mut described {
        // Triggers are each database's own; that they do the same is for append_only.rs to see.
        schema.values_mut().for_each(|table| table.triggers.clear());
        schema.remove("(functions)");
    }
    let [sqlite, postgres] = described;
    assert!(sqlite.len() > 20, "only {} tables", sqlite.len());
    let found = differences(&sqlite, &postgres);
    assert!(found.is_empty(), "- SQLite, + PostgreSQL\n{}", found.join("\n"));
}

#[test]
fn schema_rs_agrees_with_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::new(folder.path());
    let mut there = describe(&mut database.open().connection().unwrap());
    there.remove("(functions)");
    for table in there.values_mut() {
        // What the file does not tell.
        for column in &mut table.columns {
            (column.default, column.generated) = Default::default();
        }
        *table = Table {
            columns: table.columns.clone(),
            primary_key: table.primary_key.clone(),
            ..Table::default()
        };
    }
    let found = differences(&read_schema_rs(), &there);
    assert!(found.is_empty(), "- schema.rs, + the database\n{}", found.join("\n"));
}

/// The `table!` blocks of src/schema.rs. A line that is not understood fails the test.
fn read_schema_rs() -> Schema {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/schema.rs")).unwrap();
    let mut schema = Schema::new();
    for block in text.split("table! {").skip(1) {
        let (head, body) = block.split_once('{').unwrap();
        let (name, key) = head.trim().trim_end_matches(')').split_once(" (").unwrap();
        let columns = body.split_once('}').unwrap().0;
        let table = Table {
            columns: columns
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(read_column)
                .collect(),
            primary_key: key.split(',').map(|name| name.trim().to_owned()).collect(),
            ..Table::default()
        };
        assert!(schema.insert(name.to_owned(), table).is_none(), "{name} twice");
    }
    schema
}

fn read_column(line: &str) -> Column {
    let (name, kind) = line.trim_end_matches(',').split_once(" -> ").unwrap_or_else(|| panic!("{line}"));
    let inner = kind.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
    let kind = match inner.unwrap_or(kind) {
        "Text" => "text",
        "BigInt" => "bigint",
        "Bool" => "boolean",
        "Double" => "double precision",
        "Date" => "date",
        "Timestamp" => "timestamp",
        other => panic!("{line}: {other} is not among the types that both databases share"),
    };
    Column {
        name: name.to_owned(),
        kind: kind.to_owned(),
        nullable: inner.is_some(),
        default: String::new(),
        generated: String::new(),
    }
}
