//! What a database holds, in the same words for SQLite and PostgreSQL.

use super::sql::{gist, parts, within, words};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};
use std::collections::{BTreeMap, BTreeSet};
use yinfeng::db::AnyConn;

/// Tables by name, without those of the migration tool.
pub type Schema = BTreeMap<String, Table>;

#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub primary_key: Vec<String>,
    /// `name: unique column, column desc where …`
    pub indexes: BTreeSet<String>,
    /// The gist of each check.
    pub checks: BTreeSet<String>,
    pub foreign_keys: BTreeSet<ForeignKey>,
    pub triggers: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
    pub default: String,
    /// The gist of what the column is computed from.
    pub generated: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    pub column: String,
    pub table: String,
    pub to: String,
    pub on_delete: String,
}

/// One line for each thing that one of the two has and the other has not.
pub fn differences(one: &Schema, other: &Schema) -> Vec<String> {
    let (one, other) = (lines(one), lines(other));
    let mut found: Vec<String> = one.difference(&other).map(|line| format!("- {line}")).collect();
    found.extend(other.difference(&one).map(|line| format!("+ {line}")));
    found.sort_by(|a, b| a[2..].cmp(&b[2..]));
    found
}

fn lines(schema: &Schema) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (name, table) in schema {
        for (number, column) in table.columns.iter().enumerate() {
            lines.insert(format!("{name}: column {number} {column:?}"));
        }
        lines.insert(format!("{name}: primary key {:?}", table.primary_key));
        lines.extend(table.indexes.iter().map(|index| format!("{name}: index {index}")));
        lines.extend(table.checks.iter().map(|check| format!("{name}: check {check}")));
        lines.extend(table.foreign_keys.iter().map(|key| format!("{name}: {key:?}")));
        lines.extend(table.triggers.iter().map(|trigger| format!("{name}: trigger {trigger}")));
    }
    lines
}

/// Reads it from the database's own catalogue.
pub fn describe(conn: &mut AnyConn) -> Schema {
    match conn {
        AnyConn::Sqlite(conn) => of_sqlite(conn),
        AnyConn::Pg(conn) => of_postgres(conn),
    }
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    not_null: bool,
    #[diesel(sql_type = Nullable<Text>)]
    value: Option<String>,
    #[diesel(sql_type = Bool)]
    generated: bool,
    #[diesel(sql_type = BigInt)]
    key_position: i64,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Text)]
    columns: String,
    #[diesel(sql_type = Nullable<Text>)]
    condition: Option<String>,
}

#[derive(QueryableByName)]
struct ForeignKeyRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    to_table: String,
    #[diesel(sql_type = Text)]
    to_name: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    value: String,
}

fn assemble(columns: Vec<ColumnRow>, indexes: Vec<IndexRow>, keys: Vec<ForeignKeyRow>) -> Schema {
    let mut schema = Schema::new();
    let mut primary_keys: BTreeMap<String, BTreeMap<i64, String>> = BTreeMap::new();
    for row in columns {
        if row.key_position > 0 {
            let key = primary_keys.entry(row.table_name.clone()).or_default();
            key.insert(row.key_position, row.name.clone());
        }
        let value = row.value.map(|value| gist(&words(&value))).unwrap_or_default();
        let (default, generated) =
            if row.generated { (String::new(), value) } else { (value, String::new()) };
        let kind = match row.kind.to_lowercase().as_str() {
            "timestamp without time zone" => "timestamp".to_owned(),
            other => other.to_owned(),
        };
        schema.entry(row.table_name).or_default().columns.push(Column {
            name: row.name,
            kind,
            nullable: !row.not_null,
            default,
            generated,
        });
    }
    for (table, key) in primary_keys {
        schema.get_mut(&table).unwrap().primary_key = key.into_values().collect();
    }
    for row in indexes {
        let unique = if row.is_unique { "unique " } else { "" };
        let condition = row.condition.map(|sql| format!(" where {}", gist(&words(&sql)))).unwrap_or_default();
        // PostgreSQL quotes a name that is also a word of SQL.
        let line = format!("{}: {unique}{}{condition}", row.name, row.columns.replace('"', ""));
        schema.get_mut(&row.table_name).unwrap().indexes.insert(line);
    }
    for row in keys {
        let key = ForeignKey {
            column: row.name,
            table: row.to_table,
            to: row.to_name,
            on_delete: row.on_delete.to_lowercase(),
        };
        schema.get_mut(&row.table_name).unwrap().foreign_keys.insert(key);
    }
    schema
}

fn of_sqlite(conn: &mut SqliteConnection) -> Schema {
    let columns = diesel::sql_query(
        "SELECT t.name AS table_name, c.name, c.type AS kind, c.\"notnull\" AS not_null, c.dflt_value AS value,
                c.hidden > 1 AS generated, c.pk AS key_position
         FROM sqlite_master t, pragma_table_xinfo(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'
         ORDER BY t.name, c.cid",
    );
    let indexes = diesel::sql_query(
        "SELECT t.name AS table_name, i.name, i.\"unique\" AS is_unique,
                (SELECT group_concat(x.name || CASE WHEN x.\"desc\" THEN ' desc' ELSE '' END, ', ')
                 FROM pragma_index_xinfo(i.name) x WHERE x.key) AS columns,
                CASE WHEN i.partial THEN (SELECT substr(m.sql, instr(upper(m.sql), ' WHERE ') + 7)
                                          FROM sqlite_master m WHERE m.name = i.name) END AS condition
         FROM sqlite_master t, pragma_index_list(t.name) i
         WHERE t.type = 'table' AND i.origin <> 'pk' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'",
    );
    let keys = diesel::sql_query(
        "SELECT t.name AS table_name, k.\"from\" AS name, k.\"table\" AS to_table, k.\"to\" AS to_name, k.on_delete
         FROM sqlite_master t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table'",
    );
    let mut schema =
        assemble(columns.load(conn).unwrap(), indexes.load(conn).unwrap(), keys.load(conn).unwrap());
    let text = "SELECT tbl_name AS table_name, sql AS value FROM sqlite_master WHERE type = 'table'";
    for row in diesel::sql_query(text).load::<TextRow>(conn).unwrap() {
        if let Some(table) = schema.get_mut(&row.table_name) {
            read_definition(&row.value, table);
        }
    }
    let triggers = "SELECT tbl_name AS table_name, name AS value FROM sqlite_master WHERE type = 'trigger'";
    for row in diesel::sql_query(triggers).load::<TextRow>(conn).unwrap() {
        schema.get_mut(&row.table_name).unwrap().triggers.insert(row.value);
    }
    schema
}

/// SQLite tells checks and computed columns only in the words of CREATE TABLE.
fn read_definition(sql: &str, table: &mut Table) {
    let words = words(sql);
    let open = words.iter().position(|word| word == "(").unwrap();
    for part in parts(within(&words, open)) {
        for at in (0..part.len()).filter(|at| part[*at] == "check") {
            table.checks.insert(gist(within(part, at + 1)));
        }
        let computed = part.windows(2).position(|pair| pair[0] == "always" && pair[1] == "as");
        if let (Some(at), Some(column)) = (computed, table.columns.iter_mut().find(|c| c.name == part[0])) {
            column.generated = gist(within(part, at + 2));
        }
    }
}

fn of_postgres(conn: &mut PgConnection) -> Schema {
    let columns = diesel::sql_query(
        "SELECT t.relname::text AS table_name, c.attname::text AS name,
                format_type(c.atttypid, c.atttypmod) AS kind, c.attnotnull AS not_null,
                pg_get_expr(d.adbin, d.adrelid) AS value, c.attgenerated <> '' AS generated,
                coalesce(array_position(k.conkey, c.attnum), 0)::bigint AS key_position
         FROM pg_class t
         JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
         LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = c.attnum
         LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
         WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND left(t.relname, 8) <> '__diesel'
         ORDER BY t.relname, c.attnum",
    );
    let indexes = diesel::sql_query(
        "SELECT t.relname::text AS table_name, n.relname::text AS name, i.indisunique AS is_unique,
                (SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true)
                     || CASE WHEN i.indoption[k - 1] & 1 = 1 THEN ' desc' ELSE '' END, ', ' ORDER BY k)
                 FROM generate_series(1, i.indnkeyatts) k) AS columns,
                pg_get_expr(i.indpred, i.indrelid) AS condition
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class n ON n.oid = i.indexrelid
         WHERE NOT i.indisprimary AND t.relnamespace = 'public'::regnamespace AND left(t.relname, 8) <> '__diesel'",
    );
    let keys = diesel::sql_query(
        "SELECT t.relname::text AS table_name, a.attname::text AS name, r.relname::text AS to_table,
                b.attname::text AS to_name,
                CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' WHEN 'r' THEN 'RESTRICT'
                                   WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END AS on_delete
         FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
         CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS pair (from_number, to_number)
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = pair.from_number
         JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = pair.to_number
         WHERE k.contype = 'f' AND t.relnamespace = 'public'::regnamespace",
    );
    let mut schema =
        assemble(columns.load(conn).unwrap(), indexes.load(conn).unwrap(), keys.load(conn).unwrap());
    let checks = "SELECT t.relname::text AS table_name, pg_get_constraintdef(k.oid) AS value
         FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
         WHERE k.contype = 'c' AND t.relnamespace = 'public'::regnamespace";
    for row in diesel::sql_query(checks).load::<TextRow>(conn).unwrap() {
        schema.get_mut(&row.table_name).unwrap().checks.insert(gist(&words(&row.value)));
    }
    // A trigger's function goes and comes with it, so its name stands beside.
    let triggers = "SELECT t.relname::text AS table_name, g.tgname::text AS value
         FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal";
    for row in diesel::sql_query(triggers).load::<TextRow>(conn).unwrap() {
        schema.get_mut(&row.table_name).unwrap().triggers.insert(row.value);
    }
    let functions = "SELECT 'functions' AS table_name, oid::regprocedure::text AS value FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace AND proname NOT LIKE 'diesel%'";
    for row in diesel::sql_query(functions).load::<TextRow>(conn).unwrap() {
        schema.entry("(functions)".to_owned()).or_default().triggers.insert(row.value);
    }
    schema
}
