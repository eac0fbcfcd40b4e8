//! Wrong usage and wrong settings end with status 2 and what is allowed; what the data refuses, with 1.

use crate::support::program::Program;

#[test]
fn wrong_usage_ends_with_two() {
    let program = Program::new();
    for arguments in [
        vec![],
        vec!["fly"],
        vec!["serve", "--port", "1"],
        vec!["demo", "--seconds", "soon"],
        vec!["check", "--quietly"],
        vec!["search", "find"],
        vec!["import", "cats"],
        vec!["export", "leads"],
    ] {
        let (status, told) = program.refused(&arguments, "");
        assert_eq!(status, 2, "{arguments:?}: {told}");
        assert!(told.contains("--help") || told.contains("Usage"), "{arguments:?}: {told}");
    }
    assert!(program.done(&["--help"], "").contains("demo"));
    assert!(program.done(&["--version"], "").starts_with("yinfeng "));
}

#[test]
fn a_wrong_setting_stops_with_its_name_and_what_is_allowed() {
    let program = Program::new();
    for (name, value, words) in [
        ("YINFENG_LISTEN", "everywhere", "127.0.0.1:8080"),
        ("YINFENG_DATABASE_URL", "mysql://x", "sqlite://FILE"),
        ("YINFENG_LISTENN", "127.0.0.1:1", "there is no setting"),
        ("YINFENG_PASSWORD_DAYS", "often", "number of days"),
        ("YINFENG_SEARCH_URL", "https://search.example", "embedded"),
    ] {
        for command in [&["migrate"][..], &["serve"], &["check"], &["search", "status"]] {
            let output = program.command(command).env(name, value).output().unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{command:?}: {told}");
            assert!(told.contains(name) && told.contains(words), "{command:?}: {told}");
        }
    }
}

#[test]
fn another_machines_postgres_needs_tls() {
    let program = Program::new();
    let output = program
        .command(&["migrate"])
        // Never spoken to: it is refused before.
        .env("YINFENG_DATABASE_URL", "postgres://yinfeng@database.invalid/yinfeng")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("TLS"), "{told}");
}
