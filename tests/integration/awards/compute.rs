//! `yinfeng awards compute`, as the built program does it.

use super::{assert_as_expected, case_lines};
use crate::support::program::Program;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

/// The program in an empty folder, without a database to be found.
fn command(folder: &std::path::Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yinfeng"));
    command.args(["awards", "compute"]).args(arguments).current_dir(folder).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Exit status, lines, and what was said beside.
fn computed(arguments: &[&str], input: &[u8]) -> (i32, Vec<Value>, String) {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path(), arguments).spawn().unwrap();
    let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it leaves nothing behind");
    let lines = String::from_utf8(output.stdout).unwrap();
    let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (output.status.code().unwrap(), lines, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn every_worked_case_gives_its_line_in_order() {
    let cases = case_lines();
    let (status, lines, told) = computed(&[], cases.join("\n").as_bytes());
    assert_eq!((status, told.as_str()), (0, ""));
    assert_eq!(lines.len(), cases.len());
    for (case, line) in cases.iter().zip(&lines) {
        assert_as_expected(&serde_json::from_str(case).unwrap(), line);
    }
}

#[test]
fn a_bad_line_says_what_is_wrong_and_the_next_ones_are_computed() {
    let good = &case_lines()[0];
    let mut late: Value = serde_json::from_str(good).unwrap();
    late["facts"]["signed_on"] = json!("soon");
    let mut input = Vec::new();
    for line in ["{", "[1]", "\"\u{1}\"", "", "   \t", &late.to_string(), good] {
        input.extend(line.as_bytes());
        input.extend(b"\r\n");
    }
    input.extend(b"{\"id\": \"bytes\", \"rule\": \"\xFF\"}\n");
    // A line that is too long, and one that is long and right.
    input.extend(vec![b'['; 17 * 1024 * 1024]);
    input.push(b'\n');
    input.extend(format!("{}{good}", " ".repeat(1024 * 1024)).into_bytes());
    let (status, lines, told) = computed(&[], &input);
    assert_eq!(status, 1);
    assert_eq!(told.trim(), "yinfeng: 6 of 8 lines could not be computed");
    let fields: Vec<&Value> = lines.iter().map(|line| &line["error"]["field"]).collect();
    let line = json!("line");
    let expected = [&line, &line, &line, &json!("facts.signed_on"), &Value::Null, &line, &line, &Value::Null];
    assert_eq!(fields, expected);
    assert_eq!(lines[3]["id"], "R1-01");
    assert_eq!(lines[3]["error"]["message"], "A date is wanted here, such as 2026-11-23.");
    assert_eq!((&lines[5]["id"], &lines[5]["error"]["code"]), (&json!("bytes"), &json!("not-utf8")));
    assert_eq!(lines[6]["error"]["code"], "too-long");
    assert_eq!((&lines[4]["amount_fen"], &lines[7]["amount_fen"]), (&json!(8_000_000), &json!(8_000_000)));
}

#[test]
fn half_a_character_in_a_line_is_its_error_and_the_stream_goes_on() {
    let good = &case_lines()[0];
    let mut input = String::new();
    // In the id, in a key, in a fact, in what nobody reads.
    for line in [
        r#"{"id": "\ud800", "rule": "referral", "facts": {}}"#,
        r#"{"id": "a", "rule": "referral", "facts": {}, "\udfff": 1}"#,
        r#"{"id": "b", "rule": "referral", "facts": {"industry": "\ud800"}}"#,
        r#"{"id": "c", "rule": "\ud800x", "facts": {}}"#,
        r#"{"id": {"\ud800": 1}, "rule": "referral", "facts": {}}"#,
        good,
    ] {
        input.push_str(line);
        input.push('\n');
    }
    let (status, lines, told) = computed(&[], input.as_bytes());
    assert_eq!((status, told.trim()), (1, "yinfeng: 5 of 6 lines could not be computed"));
    assert!(lines[..5].iter().all(|line| line["error"]["message"].is_string()), "{lines:#?}");
    assert_eq!((&lines[0]["id"], &lines[0]["error"]["code"]), (&Value::Null, &json!("not-json")));
    assert_eq!((&lines[2]["id"], &lines[3]["id"]), (&json!("b"), &json!("c")));
    assert_eq!(lines[5]["amount_fen"], 8_000_000);
}

#[test]
fn it_speaks_the_language_that_is_asked_for() {
    let input = format!("\u{FEFF}{}\n{{\"rule\": \"referral\", \"facts\": {{}}}}\n", case_lines()[0]);
    let (status, lines, _) = computed(&["--lang", "zh-CN"], input.as_bytes());
    assert_eq!(status, 1);
    assert!(lines[0]["steps"][0]["text"].as_str().unwrap().starts_with("签约日期"), "{}", lines[0]);
    assert_eq!(lines[1]["error"]["message"], "这一项要填。");
    let (status, lines, told) = computed(&["--lang", "fr"], b"");
    assert_eq!((status, lines.len()), (2, 0), "{told}");
    assert_eq!(computed(&[], b"").0, 0, "no line, no error");
}

#[test]
fn a_line_is_answered_before_the_next_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path(), &[]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for case in case_lines().iter().take(3) {
        writeln!(stdin, "{case}").unwrap();
        stdin.flush().unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_as_expected(&serde_json::from_str(case).unwrap(), &serde_json::from_str(&line).unwrap());
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

/// `yinfeng awards compute | head -1`
#[test]
fn who_stops_reading_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = command(folder.path(), &[]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines = format!("{}\n", case_lines()[0]).repeat(20_000);
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    drop(stdout);
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(told, "");
    // It may have ended before everything was sent.
    writer.join().unwrap().ok();
}

/// The bureau's own folder of versions counts; one that contradicts itself stops the command with file and place.
#[test]
fn it_computes_by_the_versions_of_the_data_folder() {
    let program = Program::blank();
    let folder = program.folder().join("policies");
    std::fs::create_dir(&folder).unwrap();
    let fixture =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/awards/other-plan.toml");
    let plan = std::fs::read_to_string(fixture).unwrap();
    std::fs::write(folder.join("plan.toml"), &plan).unwrap();
    let mut asked: Value = serde_json::from_str(&case_lines()[0]).unwrap();
    asked["facts"]["signed_on"] = json!("2027-03-01");
    asked["facts"]["industry"] = json!("other");
    let answer = program.done(&["awards", "compute"], &asked.to_string());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((&answer["policy"], &answer["amount_fen"]), (&json!("example-2027"), &json!(10_000_000)));
    for (change, with, place) in [
        ("rate_bp = 25", "rate_bp = -1", "line 20, [award.referral] rate_bp"),
        ("[\"finance\"]", "[\"nobody\"]", "[award.enterprise_referral] basis.supporting"),
    ] {
        std::fs::write(folder.join("plan.toml"), plan.replace(change, with)).unwrap();
        let (status, told) = program.refused(&["awards", "compute"], "");
        assert_eq!(status, 1);
        assert!(told.contains("plan.toml") && told.contains(place), "{told}");
    }
}
