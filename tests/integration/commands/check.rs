//! `yinfeng check`: silent about what is whole, and naming each kind of damage.

use super::ledger;
use crate::support::program::Program;
use diesel::connection::SimpleConnection;
use serde_json::Value;
use yinfeng::audit::seal::seal_next;
use yinfeng::error::AppError;

/// Two leads, indexed, with a sealed trail.
fn whole() -> Program {
    let program = Program::with_user("bureau_officer");
    let file = program.write("ledger.csv", ledger(2));
    program.done(&["import", "leads", &file, "--user", "officer"], "");
    program.done(&["search", "reindex"], "");
    program.database().write(|conn| Ok::<_, AppError>(seal_next(conn)?)).unwrap();
    program
}

/// Past the application and its triggers.
fn damage(program: &Program, deed: &str) {
    let db = program.database();
    let mut conn = db.connection().unwrap();
    for (table, trigger) in crate::db::triggers_of_the_trail(&mut conn) {
        let on = if db.sqlite_file().is_some() { String::new() } else { format!(" ON {table}") };
        conn.batch_execute(&format!("DROP TRIGGER {trigger}{on}")).unwrap();
    }
    conn.batch_execute(deed).unwrap();
}

/// The parts and texts of what is found.
#[track_caller]
fn faults(program: &Program) -> Vec<(String, String)> {
    let output = program.run(&["check", "--json"], "");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |fault: &Value, key: &str| fault[key].as_str().unwrap().to_owned();
    told["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (text(fault, "part"), text(fault, "text")))
        .collect()
}

#[track_caller]
fn assert_found(program: &Program, part: &str, words: &[&str]) {
    let found = faults(program);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, part, "{found:?}");
    assert!(words.iter().all(|word| found[0].1.contains(word)), "{found:?}");
}

#[test]
fn nothing_is_wrong_with_what_is_whole() {
    let program = whole();
    assert_eq!(program.done(&["check"], "").trim(), "nothing wrong found");
    assert_eq!(program.json(&["check", "--json"]), serde_json::json!({ "faults": [], "notes": [] }));
    let server = program.serve();
    assert_eq!(program.done(&["check"], "").trim(), "nothing wrong found", "beside a server as well");
    assert!(server.stop().success());
}

#[test]
fn an_altered_trail_is_named_by_its_seal() {
    let program = whole();
    damage(&program, "UPDATE audit_entries SET actor_name = 'x' WHERE action = 'lead.create'");
    assert_found(&program, "trail", &["seal 1", "altered"]);
    let (status, told) = program.refused(&["check"], "");
    assert_eq!((status, told.trim()), (1, "yinfeng: 1 faults"));
}

#[test]
fn codes_that_nobody_knows_are_named() {
    let program = whole();
    damage(&program, "UPDATE leads SET county = '999999'");
    assert_found(&program, "references", &["999999"]);
    damage(&program, "UPDATE leads SET county = '450721', industry = 'alchemy'");
    assert_found(&program, "references", &["alchemy"]);
    damage(&program, "UPDATE leads SET industry = 'other', park = 'nowhere'");
    assert_found(&program, "references", &["nowhere"]);
}

#[test]
fn a_policy_document_that_extends_nothing_is_named() {
    let program = whole();
    damage(
        &program,
        "INSERT INTO policy_documents (id, kind, code, valid_until, document_number, document_name, by_user, at) \
         SELECT 'x', 'extension', 'no-such-plan', '2026-12-31', '1', 'x', id, created_at FROM users LIMIT 1",
    );
    damage(
        &program,
        "INSERT INTO policy_decisions (id, document_id, decision, at) \
         SELECT 'x', id, 'accepted', at FROM policy_documents",
    );
    assert_found(&program, "pool", &["no-such-plan"]);
}

#[test]
fn personal_data_that_does_not_open_is_counted() {
    let program = whole();
    damage(&program, "UPDATE contacts SET phone_encrypted = 'x' WHERE id = (SELECT min(id) FROM contacts)");
    assert_found(&program, "personal-data", &["1 contacts"]);
    // Another key, such as of another office.
    std::fs::remove_file(program.folder().join("yinfeng.key")).unwrap();
    assert_found(&program, "personal-data", &["2 contacts", "key"]);
}

#[test]
fn an_index_that_is_behind_is_named_lead_by_lead() {
    let program = whole();
    damage(&program, "UPDATE leads SET version = 7 WHERE id = (SELECT min(id) FROM leads)");
    assert_found(&program, "index", &["version 1", "is 7"]);
    damage(&program, "UPDATE leads SET deleted_at = '2026-11-23 01:00:00' WHERE version = 7");
    assert_found(&program, "index", &["not in the database"]);
    program.done(&["search", "reindex"], "");
    damage(&program, "UPDATE leads SET deleted_at = NULL");
    assert_found(&program, "index", &["not in the index"]);
    program.done(&["search", "reindex"], "");
    program.done(&["check"], "");
}

#[test]
fn an_index_is_compared_beside_a_server_too() {
    let program = whole();
    let server = program.serve();
    damage(&program, "UPDATE leads SET version = 7 WHERE id = (SELECT min(id) FROM leads)");
    assert_found(&program, "index", &["version 1", "is 7"]);
    assert!(server.stop().success());
}

#[test]
fn a_record_that_its_index_lacks_is_named() {
    let program = whole();
    damage(
        &program,
        "INSERT INTO companies (id, name, name_core, name_region, created_at, updated_at) \
         SELECT '01900000-0000-7000-8000-000000000001', 'past the program', 'past', '', created_at, updated_at \
         FROM companies WHERE id = (SELECT min(id) FROM companies)",
    );
    assert_found(&program, "index", &["record 01900000-0000-7000-8000-000000000001", "not in the index"]);
    program.done(&["search", "reindex"], "");
    program.done(&["check"], "");
}

/// PostgreSQL keeps its foreign keys whoever writes; in a SQLite file they can be passed by.
#[test]
fn a_row_that_names_a_missing_one_is_found_in_a_file() {
    let program = whole();
    if program.database().sqlite_file().is_none() {
        let db = program.database();
        let refused = db.connection().unwrap().batch_execute("UPDATE leads SET company_id = 'x'");
        assert!(refused.unwrap_err().to_string().contains("foreign key"));
        return;
    }
    damage(&program, "PRAGMA foreign_keys=OFF; UPDATE leads SET company_id = 'x'; PRAGMA foreign_keys=ON");
    let found = faults(&program);
    assert_eq!(found.len(), 2, "one for each lead: {found:?}");
    assert!(
        found
            .iter()
            .all(|(part, text)| part == "database" && text.contains("leads") && text.contains("companies")),
        "{found:?}"
    );
}

#[test]
fn a_damaged_file_is_found() {
    let program = whole();
    let Some(file) = program.database().sqlite_file().map(std::path::Path::to_owned) else { return };
    damage(&program, "PRAGMA wal_checkpoint(TRUNCATE)");
    // Pages of the file overwritten, as a failing disk would leave them; some of the last are in use.
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - bytes.len() / 4;
    bytes[last..].fill(0xff);
    std::fs::write(&file, bytes).unwrap();
    let (status, told) = program.refused(&["check"], "");
    assert_eq!(status, 1, "{told}");
}
