//! The sample ledger gives exactly what is expected of it.

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::companies::identity::Companies;

fn shared(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{} is needed for this test: {error}", path.display()))
}

/// Reports without what the expectation is silent about.
fn reports(reading: LedgerReading) -> Vec<Value> {
    let mut judge: Judge<String> = Judge::new(Companies::default());
    let mut lines = Vec::new();
    for mut row in reading.rows {
        let verdict = judge.judge(&mut row);
        let mut line = serde_json::to_value(row.report(&verdict, "imported")).expect("JSON");
        line.as_object_mut().expect("an object").remove("warnings");
        lines.push(line);
    }
    lines
}

#[test]
fn the_sample_gives_the_expected_lines() {
    let reading =
        read(&shared("lead-ledger.xlsx"), "lead-ledger.xlsx", &REFERENCE, today()).expect("a ledger");
    let expected = String::from_utf8(shared("lead-ledger.expected.jsonl")).expect("UTF-8");
    let expected: Vec<Value> =
        expected.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let found = reports(reading);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}
