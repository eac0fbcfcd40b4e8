//! `yinfeng search status`, `evaluate` and `reindex`, alone and beside a running server.

use super::ledger;
use crate::support::program::{Program, Server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LEADS: usize = 3;

fn with_leads() -> Program {
    let program = Program::with_user("bureau_officer");
    let file = program.write("ledger.csv", ledger(LEADS));
    program.done(&["import", "leads", &file, "--user", "officer"], "");
    program
}

fn status(program: &Program) -> Value {
    program.json(&["search", "status", "--json"])
}

#[test]
fn alone_it_builds_the_index_and_says_how_it_is() {
    let program = with_leads();
    let before = status(&program);
    assert_eq!((&before["leads"], &before["waiting"]), (&json!(LEADS), &json!(LEADS)));
    assert_eq!(
        (&before["in_use"], &before["needs_rebuild"], &before["documents"]),
        (&json!(false), &json!(true), &json!(0))
    );
    assert!(before["oldest"].is_string() && before["last_error"].is_null());
    assert!(program.done(&["search", "status"], "").contains("needs a rebuild"));

    assert_eq!(program.done(&["search", "reindex"], "").trim(), "3 leads indexed");
    let after = status(&program);
    assert_eq!(
        (&after["documents"], &after["waiting"], &after["needs_rebuild"]),
        (&json!(LEADS), &json!(0), &json!(false))
    );
    assert_eq!(
        program.json(&["search", "reindex", "--json"]),
        json!({ "leads": LEADS, "asked": false }),
        "any number of times"
    );
    assert_eq!(status(&program)["documents"], json!(LEADS));
    let told = program.done(&["search", "status"], "");
    assert!(told.contains("leads in the index: 3") && told.contains("changes waiting: 0"), "{told}");
}

#[test]
fn beside_a_server_it_asks_the_server() {
    let program = with_leads();
    let token = program.done(&["token", "create", "--user", "officer", "--name", "test"], "");
    let server = program.serve();
    // A search tells nothing of that: until the index is whole, the database answers.
    until("the server has indexed", || status(&program)["documents"] == json!(LEADS));
    assert_eq!(total(&server, token.trim()), LEADS as u64);
    let beside = status(&program);
    assert_eq!((&beside["in_use"], &beside["documents"]), (&json!(true), &json!(LEADS)));
    assert!(beside["size_bytes"].as_u64() > Some(0) && beside["last_commit"].is_string(), "{beside}");
    assert!(program.done(&["search", "status"], "").contains("in use by a running server"));
    let cases =
        program.write("cases.jsonl", json!({"class": "word", "query": "示例", "truth": "示例"}).to_string());
    let told = program.json(&["search", "evaluate", &cases, "--json"]);
    assert_eq!((&told["classes"][0]["recall"], &told["missed"]), (&json!(1.0), &json!([])), "{told}");
    program.done(&["check"], "");
    assert_eq!(program.json(&["search", "reindex", "--json"]), json!({ "leads": null, "asked": true }));
    until("the server has taken the request", || {
        super::count(&program.database(), "flags WHERE name = 'search.reindex'") == 0
    });
    assert_eq!(total(&server, token.trim()), LEADS as u64, "it goes on answering");
    assert!(program.done(&["search", "reindex"], "").contains("asked to re-index"));

    // Another server on the same folder would write the same index.
    let (code, told) = program.refused(&["serve"], "");
    assert_eq!(code, 1);
    assert_eq!(told.matches("in use by another process").count(), 1, "said once: {told}");
    assert!(server.stop().success());
}

#[test]
fn a_damaged_index_is_built_anew() {
    let program = with_leads();
    program.done(&["search", "reindex"], "");
    std::fs::write(program.folder().join("index").join("CURRENT"), "?").unwrap();
    assert_eq!(status(&program)["needs_rebuild"], json!(true));
    assert_eq!(program.json(&["search", "reindex", "--json"])["leads"], json!(LEADS));
    // A file where the folder should be cannot be mended by the program: it says what and where, once.
    std::fs::remove_dir_all(program.folder().join("index")).unwrap();
    std::fs::write(program.folder().join("index"), "?").unwrap();
    let (code, told) = program.refused(&["search", "reindex"], "");
    assert_eq!(code, 1);
    assert!(told.contains("index"), "{told}");
    assert_eq!(told.matches("File exists").count(), 1, "said once: {told}");
}

/// How many leads a search for everything finds.
fn total(server: &Server, token: &str) -> u64 {
    let url = format!("{}/api/v1/search?q=", server.address);
    let answer = reqwest::blocking::Client::new().get(url).bearer_auth(token).send().unwrap();
    let answer = answer.error_for_status().unwrap().json::<Value>().unwrap();
    answer["total"].as_u64().unwrap()
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}: not within 30 s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn evaluating_says_per_class_what_was_found_and_missed() {
    let program = with_leads();
    let cases = [
        json!({"class": "word", "query": "示例", "truth": "示例"}),
        json!({"class": "missed", "query": "没有这个词", "truth": "示例"}),
        json!({"class": "pointless", "query": "示例", "truth": "没有这个词"}),
    ];
    let file = program.write("cases.jsonl", cases.map(|case| case.to_string()).join("\n"));
    let told = program.json(&["search", "evaluate", &file, "--json"]);
    assert_eq!(told["engine"], "embedded");
    let class = |class: &str, recall: f64| json!({"class": class, "cases": 1, "recall": recall, "precision_at_10": recall, "mean_reciprocal_rank": recall});
    assert_eq!(told["classes"], json!([class("word", 1.0), class("missed", 0.0)]));
    assert_eq!(
        (&told["missed"][0]["query"], &told["missed"][0]["wanted"]),
        (&json!("没有这个词"), &json!(LEADS))
    );
    assert_eq!(told["pointless"][0]["class"], "pointless");
    let (code, table, why) = program.ended(&["search", "evaluate", &file, "--strict"]);
    assert!(code == 1 && why.contains("1 cases missed"), "a script need not read the table: {code} {why}");
    assert!(
        table.contains("word") && table.contains("100.0%") && table.contains("missed: missed"),
        "{table}"
    );
    let (code, why) = program.refused(&["search", "evaluate", &program.write("none.jsonl", "{}")], "");
    assert!(code == 1 && why.contains("line 1"), "{why}");
}
