//! `yinfeng user` and `yinfeng token`, as the built program does them.

use crate::support::program::Program;
use yinfeng::accounts::queries::{tokens, users};
use yinfeng::confidential::secret_hash;
use yinfeng::error::AppError;
use yinfeng::{accounts, clock};

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
    let program = Program::new();
    program.done(&ADD, "Correct horse 1\n");
    let list = program.done(&["user", "list", "--json"], "");
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list[0]["username"], "li.ming");
    assert_eq!((&list[0]["region"], &list[0]["active"]), (&"450721".into(), &true.into()));
    let kept = program.database().read(|conn| {
        let user = users::find_by_username(conn, "li.ming")?.unwrap();
        Ok::<_, AppError>(users::credentials(conn, &user.id)?.unwrap())
    });
    let kept = kept.unwrap();
    assert!(accounts::password::verify("Correct horse 1", &kept.password_hash));
    assert!(!kept.must_change);
    let (status, told) = program.refused(&ADD, "Correct horse 1\n");
    assert_eq!(
        (status, told.contains("username: ") && !told.contains("username-taken")),
        (1, true),
        "{told}"
    );
    program.done(&["user", "disable", "--username", "li.ming"], "");
    assert!(program.done(&["user", "list"], "").contains("disabled"));
}

#[test]
fn a_made_password_is_told_once_and_must_be_changed() {
    let program = Program::new();
    let add = ["user", "add", "--username", "zhou", "--role", "auditor", "--json"];
    let added: serde_json::Value = serde_json::from_str(&program.done(&add, "")).unwrap();
    let first = added["one_time_password"].as_str().unwrap().to_owned();
    let reset = program.done(&["user", "reset-password", "--username", "zhou"], "");
    let second = reset.split("one-time password: ").nth(1).unwrap().trim().to_owned();
    assert_ne!(first, second);
    let kept = program.database().read(|conn| {
        let user = users::find_by_username(conn, "zhou")?.unwrap();
        Ok::<_, AppError>(users::credentials(conn, &user.id)?.unwrap())
    });
    let kept = kept.unwrap();
    assert!(accounts::password::verify(&second, &kept.password_hash) && kept.must_change);
}

#[test]
fn a_token_is_printed_and_works() {
    let program = Program::new();
    program.done(&ADD, "Correct horse 1");
    let secret = program.done(&["token", "create", "--user", "li.ming", "--name", "test", "--days", "2"], "");
    let hash = secret_hash(secret.trim());
    let found =
        program.database().read(|conn| Ok::<_, AppError>(tokens::find_live(conn, &hash, clock::now())?));
    let (token, user) = found.unwrap().unwrap();
    assert_eq!((token.name.as_str(), user.username.as_str()), ("test", "li.ming"));
    assert_eq!((token.expires_at - token.created_at).num_days(), 2);
}

#[test]
fn the_exit_status_says_whose_fault_it_was() {
    let program = Program::new();
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
    ] {
        let (found, told) = program.refused(&arguments, input);
        assert_eq!(found, status, "{arguments:?}: {told}");
    }
}
