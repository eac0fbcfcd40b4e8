//! Awards from outside: the API and the command line, over the same worked cases.

mod api;
mod compute;
mod estimates;

use serde_json::Value;
use std::path::Path;

/// Lines of tests/fixtures/awards/award-cases.jsonl.
fn case_lines() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/awards/award-cases.jsonl");
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// Whether an answer is what a worked case expects.
#[track_caller]
fn assert_as_expected(case: &Value, answer: &Value) {
    assert_eq!(answer["id"], case["id"]);
    for (name, value) in case["expected"].as_object().unwrap() {
        assert_eq!(&answer[name], value, "{case}\n{answer:#}");
    }
    assert!(answer["steps"].as_array().unwrap().iter().all(|step| step["text"] != ""), "{answer:#}");
}
