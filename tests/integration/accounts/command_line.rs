//! `yinfeng user` and `yinfeng token`, as the built program does them.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use yinfeng::accounts::queries::{tokens, users};
use yinfeng::confidential::secret_hash;
use yinfeng::db::{Database, DatabaseUrl};
use yinfeng::error::AppError;
use yinfeng::{accounts, clock};

/// A data folder of its own; these commands are tried on SQLite, the queries behind them on both.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        Place(tempfile::tempdir().unwrap())
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_yinfeng"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .env("YINFENG_DATA_DIR", self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        child.wait_with_output().unwrap()
    }

    /// Standard output of a command that must succeed.
    #[track_caller]
    fn done(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run(arguments, input);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Exit status and standard error of a command that must fail.
    fn refused(&self, arguments: &[&str], input: &str) -> (i32, String) {
        let output = self.run(arguments, input);
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn database(&self) -> Database {
        Database::open(&DatabaseUrl::Sqlite(file(self.0.path())), 2).unwrap()
    }
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("yinfeng.db")
}

const ADD: [&str; 9] = [
    "user",
    "add",
    "--username",
    "li.ming",
    "--role",
    "county_officer",
    "--region",
    "450721",
    "--password-stdin",
];

#[test]
fn a_user_is_added_listed_and_disabled() {
    let place = Place::new();
    place.done(&ADD, "Correct horse 1\n");
    let list = place.done(&["user", "list", "--json"], "");
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["username"], "li.ming");
    assert_eq!((&list[0]["region"], &list[0]["active"]), (&"450721".into(), &true.into()));
    let kept = place.database().read(|conn| {
        let user = users::find_by_username(conn, "li.ming")?.unwrap();
        Ok::<_, AppError>(users::credentials(conn, &user.id)?.unwrap())
    });
    let kept = kept.unwrap();
    assert!(accounts::password::verify("Correct horse 1", &kept.password_hash));
    assert!(!kept.must_change);
    let (status, told) = place.refused(&ADD, "Correct horse 1\n");
    assert_eq!((status, told.contains("username-taken")), (1, true), "{told}");
    place.done(&["user", "disable", "--username", "li.ming"], "");
    assert!(place.done(&["user", "list"], "").contains("disabled"));
}

#[test]
fn a_made_password_is_told_once_and_must_be_changed() {
    let place = Place::new();
    let add = ["user", "add", "--username", "zhou", "--role", "auditor", "--json"];
    let added: serde_json::Value = serde_json::from_str(&place.done(&add, "")).unwrap();
    let first = added["one_time_password"].as_str().unwrap().to_owned();
    let reset = place.done(&["user", "reset-password", "--username", "zhou"], "");
    let second = reset.split("one-time password: ").nth(1).unwrap().trim().to_owned();
    assert_ne!(first, second);
    let kept = place.database().read(|conn| {
        let user = users::find_by_username(conn, "zhou")?.unwrap();
        Ok::<_, AppError>(users::credentials(conn, &user.id)?.unwrap())
    });
    let kept = kept.unwrap();
    assert!(accounts::password::verify(&second, &kept.password_hash) && kept.must_change);
}

#[test]
fn a_token_is_printed_and_works() {
    let place = Place::new();
    place.done(&ADD, "Correct horse 1");
    let secret = place.done(&["token", "create", "--user", "li.ming", "--name", "test", "--days", "2"], "");
    let hash = secret_hash(secret.trim());
    let found =
        place.database().read(|conn| Ok::<_, AppError>(tokens::find_live(conn, &hash, clock::now())?));
    let (token, user) = found.unwrap().unwrap();
    assert_eq!((token.name.as_str(), user.username.as_str()), ("test", "li.ming"));
    assert_eq!((token.expires_at - token.created_at).num_days(), 2);
}

#[test]
fn the_exit_status_says_whose_fault_it_was() {
    let place = Place::new();
    let missing = ["user", "add", "--username", "x1", "--role", "county_leader", "--password-stdin"];
    for (arguments, input, status) in [
        (vec!["user", "add", "--username", "x1"], "", 2),
        (vec!["user", "add", "--username", "x1", "--role", "boss"], "", 2),
        (missing.to_vec(), "Correct horse 1", 1),
        (ADD.to_vec(), "short", 1),
        (ADD.to_vec(), "", 2),
        (vec!["user", "disable", "--username", "nobody"], "", 1),
        (vec!["token", "create", "--user", "nobody", "--name", "x"], "", 1),
        (vec!["token", "create", "--user", "nobody", "--name", "x", "--days", "400"], "", 1),
        (vec!["fly"], "", 2),
    ] {
        let (found, told) = place.refused(&arguments, input);
        assert_eq!(found, status, "{arguments:?}: {told}");
    }
}

#[test]
fn a_wrong_setting_stops_with_its_name_and_what_is_allowed() {
    let place = Place::new();
    for (name, value, words) in [
        ("YINFENG_LISTEN", "everywhere", "127.0.0.1:8080"),
        ("YINFENG_DATABASE_URL", "mysql://x", "sqlite://FILE"),
        ("YINFENG_LISTENN", "127.0.0.1:1", "there is no setting"),
        ("YINFENG_PASSWORD_DAYS", "often", "number of days"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_yinfeng"))
            .arg("migrate")
            .current_dir(place.0.path())
            .env_clear()
            .env("YINFENG_DATA_DIR", place.0.path())
            .env(name, value)
            .output()
            .unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(name) && told.contains(words), "{told}");
    }
}

#[test]
fn another_machines_postgres_needs_tls() {
    let place = Place::new();
    let output = Command::new(env!("CARGO_BIN_EXE_yinfeng"))
        .arg("migrate")
        .current_dir(place.0.path())
        .env_clear()
        .env("YINFENG_DATA_DIR", place.0.path())
        // Never spoken to: it is refused before.
        .env("YINFENG_DATABASE_URL", "postgres://yinfeng@database.invalid/yinfeng")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("TLS"), "{told}");
}

#[test]
fn migrate_says_what_it_applied() {
    let place = Place::new();
    let mut arguments = vec!["migrate", "--json"];
    let first: serde_json::Value = serde_json::from_str(&place.done(&arguments, "")).unwrap();
    assert!(!first["applied"].as_array().unwrap().is_empty());
    arguments.pop();
    assert!(place.done(&arguments, "").contains("nothing to apply"));
}

#[cfg(unix)]
#[test]
fn the_database_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.done(&["migrate"], "");
    let files: Vec<_> = std::fs::read_dir(place.0.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("yinfeng.db"))
        .collect();
    assert!(!files.is_empty());
    for entry in files {
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", entry.file_name());
    }
}

#[test]
fn a_report_makes_no_folder_and_is_refused_before_anything_is_imported() {
    let place = Place::new();
    let ledger = place.0.path().join("ledger.csv");
    std::fs::write(&ledger, "投资方,县区,来源\n宁波一家有限公司,灵山县,自荐\n").unwrap();
    let arguments = ["import", "leads", "ledger.csv", "--user", "nobody", "--report", "no/such/out.jsonl"];
    let (status, said) = place.refused(&arguments, "");
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("no/such"), "{said}");
    assert!(!place.0.path().join("no").exists());
}
