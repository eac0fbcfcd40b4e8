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
        ("YINFENG_SEARCH_URL", "search.example", "embedded"),
        ("YINFENG_SEARCH_URL", "http://search.example", "allow_plain_search"),
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

/// A setting of a file names the file, whichever it is.
#[test]
fn a_wrong_setting_of_a_file_names_the_file() {
    let program = Program::new();
    let file = program.folder().join("office.toml");
    for (text, words) in [
        ("upload_limit_mb = 0", "1 or more"),
        ("listen = \"everywhere\"", "127.0.0.1:8080"),
        ("listn = \"127.0.0.1:1\"", "there is no setting"),
        ("listen = ", "cannot be read"),
    ] {
        std::fs::write(&file, text).unwrap();
        let output = program.command(&["migrate"]).env("YINFENG_CONFIG", &file).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(file.to_str().unwrap()) && told.contains(words), "{told}");
    }
}

#[test]
fn what_is_wrong_is_said_in_a_sentence() {
    let program = Program::new();
    let add =
        |name: &'static str| ["user", "add", "--username", name, "--role", "auditor", "--password-stdin"];
    for (arguments, input, words) in [
        (add("Li Ming").to_vec(), "Correct horse 1", "username: A user name is"),
        (add("li.ming").to_vec(), "short", "password: Too short"),
        (vec!["user", "reset-password", "--username", "nobody"], "", "username: There is no such user"),
        (
            vec!["token", "create", "--user", "x", "--name", "x", "--days", "400"],
            "",
            "days: A token is valid",
        ),
    ] {
        let (status, told) = program.refused(&arguments, input);
        assert_eq!(status, 1, "{told}");
        assert!(told.contains(words), "{told}");
    }
}

/// A ledger of which nothing can be taken is no success, so that a script notices.
#[test]
fn a_ledger_of_which_every_row_is_rejected_fails() {
    let program = Program::with_user("bureau_officer");
    let header = "线索名称,投资方,县区,来源渠道\n";
    let (bad, good) =
        ("甲线索,示例甲(虚构)有限公司,火星县,自荐\n", "乙线索,示例乙(虚构)有限公司,灵山县,自荐\n");
    let import = |rows: &str| {
        program.write("ledger.csv", format!("{header}{rows}"));
        program.run(&["import", "leads", "ledger.csv", "--user", "officer", "--dry-run", "--json"], "")
    };
    let output = import(bad);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"rejected\": 1"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("every row was rejected"));
    assert_eq!(import(&format!("{bad}{good}")).status.code(), Some(0));
}
