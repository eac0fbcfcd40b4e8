//! The commands, as the built program does them: files, exit statuses, what is said.

mod chamber_ledger;
mod check;
mod demo;
mod export;
mod import;
mod migrate;
mod project_ledger;
mod search;
mod serve;
mod usage;

use crate::support::leads::new_investor;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use yinfeng::db::Database;
use yinfeng::error::AppError;

/// The sample ledger, beside the checkout.
fn sample() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/lead-ledger.xlsx");
    assert!(path.exists(), "{} is needed for this test", path.display());
    path.to_str().unwrap().to_owned()
}

/// A ledger of so many leads of 450721, each with a phone.
fn ledger(leads: usize) -> String {
    let line = |_| {
        let name = new_investor();
        format!("{name}项目,{name},灵山县,其他,自主招商,示例联系人,12000000001\n")
    };
    format!("项目名称,投资方,县区,产业,来源,联系人,联系电话\n{}", (0..leads).map(line).collect::<String>())
}

/// Permissions of a file, as in `chmod`.
fn mode(path: &str) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// How many rows a table has.
fn count(db: &Database, table: &str) -> i64 {
    use diesel::prelude::*;
    let counted = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("(SELECT count(*) FROM {table})"));
    db.read(|conn| Ok::<_, AppError>(diesel::select(counted).get_result(conn)?)).unwrap()
}
