//! `yinfeng migrate`

use crate::support::program::Program;
use serde_json::json;

#[test]
fn it_says_what_it_applied_and_then_that_nothing_is_left() {
    let program = Program::blank();
    let first = program.json(&["migrate", "--json"]);
    assert!(!first["applied"].as_array().unwrap().is_empty());
    assert_eq!(program.json(&["migrate", "--json"])["applied"], json!([]));
    assert!(program.done(&["migrate"], "").contains("nothing to apply"));
}

#[test]
fn every_command_brings_a_database_up_to_date() {
    let program = Program::blank();
    assert_eq!(program.json(&["user", "list", "--json"]), json!([]));
    assert!(program.done(&["migrate"], "").contains("nothing to apply"));
}

#[test]
fn a_database_that_does_not_answer_is_named_once() {
    let program = Program::new();
    let port = crate::support::program::free_port();
    let output = program
        .command(&["migrate"])
        .env("YINFENG_DATABASE_URL", format!("postgres://yinfeng:secret@127.0.0.1:{port}/yinfeng"))
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.matches("cannot be opened").count(), 1, "{told}");
    assert!(!told.contains("secret"), "{told}");
}

#[cfg(unix)]
#[test]
fn the_database_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let program = Program::blank();
    program.done(&["migrate"], "");
    let files = std::fs::read_dir(program.folder()).unwrap().map(|entry| entry.unwrap());
    for entry in files.filter(|entry| entry.file_name().to_string_lossy().contains(".db")) {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}
