//! One row in every table, made up from the catalogue: what an upgrade must carry over.

use super::describe::{Column, Schema, Table};
use super::sql::words;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeSet;
use yinfeng::db::AnyConn;

/// Puts a row into every table that is not in `filled`, referenced tables first.
pub fn fill(conn: &mut AnyConn, schema: &Schema, filled: &mut BTreeSet<String>) {
    loop {
        let ready: Vec<&String> = schema
            .iter()
            .filter(|(name, table)| !table.columns.is_empty() && !filled.contains(*name))
            .filter(|(name, table)| {
                table.foreign_keys.iter().all(|key| key.table == **name || filled.contains(&key.table))
            })
            .map(|(name, _)| name)
            .collect();
        if ready.is_empty() {
            break;
        }
        for name in ready {
            // A migration may have put rows into the table that it added.
            if count(conn, name) > 0 {
                filled.insert(name.clone());
                continue;
            }
            let statement = insertion(name, &schema[name]);
            diesel::sql_query(&statement).execute(conn).unwrap_or_else(|e| panic!("{e}: {statement}"));
            filled.insert(name.clone());
        }
    }
    let left: Vec<_> =
        schema.keys().filter(|name| name.as_str() != "(functions)" && !filled.contains(*name)).collect();
    assert!(left.is_empty(), "tables that refer to each other in a ring: {left:?}");
}

/// How many rows a table has.
pub fn count(conn: &mut AnyConn, table: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        rows: i64,
    }
    let query = format!("SELECT count(*) AS rows FROM {table}");
    diesel::sql_query(query).get_result::<Count>(conn).unwrap().rows
}

fn insertion(name: &str, table: &Table) -> String {
    let set: Vec<&Column> = table.columns.iter().filter(|column| column.generated.is_empty()).collect();
    let names: Vec<&str> = set.iter().map(|column| column.name.as_str()).collect();
    let values: Vec<String> = set.iter().map(|column| value(name, table, column)).collect();
    format!("INSERT INTO {name} ({}) VALUES ({})", names.join(", "), values.join(", "))
}

fn value(name: &str, table: &Table, column: &Column) -> String {
    if table.checks.iter().any(|check| is_the_other_of(check, table, column)) {
        return "NULL".into();
    }
    if let Some(key) = table.foreign_keys.iter().find(|key| key.column == column.name) {
        return if key.table == name {
            "NULL".into()
        } else {
            format!("(SELECT min({}) FROM {})", key.to, key.table)
        };
    }
    let allowed = table.checks.iter().map(|check| words(check)).find(|check| check.contains(&column.name));
    if let Some(literal) = allowed.iter().flatten().find(|word| word.starts_with('\'')) {
        return literal.clone();
    }
    match column.kind.as_str() {
        "text" => format!("'{name} {}'", column.name),
        "bigint" => "1".to_owned(),
        "boolean" => "TRUE".to_owned(),
        "double precision" => "1.5".to_owned(),
        "date" => "'2026-11-23'".to_owned(),
        "timestamp" => "'2026-11-23 08:00:00.123456'".to_owned(),
        other => panic!("{name}.{}: no value for {other}", column.name),
    }
}

/// Whether a check wants one of two columns and this is the second: `(a IS NULL) <> (b IS NULL)`.
fn is_the_other_of(check: &str, table: &Table, column: &Column) -> bool {
    let words = words(check);
    let mut named = words.iter().filter(|word| table.columns.iter().any(|one| one.name == **word));
    check.contains("<>") && check.contains("null") && named.nth(1).is_some_and(|name| *name == column.name)
}
