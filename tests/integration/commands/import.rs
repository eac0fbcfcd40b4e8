//! `yinfeng import leads`

use super::{count, ledger, mode, sample};
use crate::support::program::Program;
use serde_json::{Value, json};
use std::path::Path;

/// The lines of a report without what the expectation is silent about.
fn report(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    let line = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("warnings");
        line
    };
    text.lines().map(line).collect()
}

fn expected(taken: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/lead-ledger.expected.jsonl");
    let mut lines = report(path.to_str().unwrap());
    for line in lines.iter_mut().filter(|line| line["outcome"] == "imported") {
        line["outcome"] = taken.into();
    }
    lines
}

#[test]
fn a_dry_run_reports_and_writes_nothing() {
    let program = Program::with_user("bureau_officer");
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    let told = program.json(&[
        "import",
        "leads",
        &sample(),
        "--user",
        "officer",
        "--dry-run",
        "--report",
        &out,
        "--json",
    ]);
    assert_eq!(told, json!({ "rows": 60, "new": 46, "imported": 0, "duplicate": 5, "rejected": 9 }));
    assert_eq!(report(&out), expected("imported"), "as the run itself would tell");
    assert_eq!(mode(&out), 0o600);
    let db = program.database();
    assert_eq!(
        ["leads", "imports", "contacts", "companies", "outbox"].map(|table| count(&db, table)),
        [0; 5]
    );
}

#[test]
fn a_ledger_is_imported_once_and_its_duplicates_with_a_reason() {
    let program = Program::with_user("bureau_officer");
    let out = program.write("report.jsonl", "from before, readable by all");
    let import = ["import", "leads", &sample(), "--user", "officer", "--report", &out];
    let told = program.done(&import, "");
    assert_eq!(told.trim(), "60 rows: 46 imported, 5 duplicates, 9 rejected");
    assert_eq!(report(&out), expected("imported"));
    assert_eq!(mode(&out), 0o600, "also when the file was there");
    let db = program.database();
    assert_eq!((count(&db, "leads"), count(&db, "imports")), (46, 1));

    assert_eq!(program.done(&import, "").trim(), "60 rows: 0 imported, 51 duplicates, 9 rejected");
    let again = report(&out);
    assert!(
        again.iter().filter(|line| line["outcome"] == "duplicate").all(|line| line["of_lead"].is_string())
    );
    assert_eq!(count(&db, "leads"), 46);

    let accepting = [&import[..], &["--accept-duplicates", "二期项目"]].concat();
    let dry = [&accepting[..], &["--dry-run"]].concat();
    assert_eq!(program.done(&dry, "").trim(), "60 rows: 5 would be imported, 46 duplicates, 9 rejected");
    assert_eq!(program.done(&accepting, "").trim(), "60 rows: 5 imported, 46 duplicates, 9 rejected");
    let of_lead = |line: &&Value| line["outcome"] == "imported" && line["title"].is_string();
    assert_eq!(report(&out).iter().filter(of_lead).count(), 5, "reported as the leads that they became");
    assert_eq!(count(&db, "leads"), 51);
    assert_eq!(program.done(&accepting, "").trim(), "60 rows: 0 imported, 51 duplicates, 9 rejected");
    assert_eq!(count(&db, "leads"), 51, "a file's rows are leads once, whatever is accepted");
}

#[test]
fn a_county_officer_imports_his_county() {
    let program = Program::with_user("county_officer");
    let file = program.write(
        "ledger.csv",
        ledger(1).replace("灵山县", "浦北县") + ledger(1).replace("项目名称", "\n").as_str(),
    );
    let told = program.json(&["import", "leads", &file, "--user", "officer", "--json"]);
    assert_eq!((told["imported"].as_i64(), told["rejected"].as_i64()), (Some(1), Some(1)), "{told}");
}

#[test]
fn what_cannot_be_imported_says_why() {
    let program = Program::with_user("bureau_officer");
    program.add_user("auditor", "auditor");
    let (good, empty) = (program.write("good.csv", ledger(1)), program.write("empty.xlsx", ""));
    let picture = program.write("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\r");
    for (arguments, status, words) in [
        (vec![&*good], 2, "--user"),
        (vec![&*good, "--user", "officer", "--accept-duplicates", " "], 2, "reason"),
        (vec!["no-such.xlsx", "--user", "officer"], 2, "no-such.xlsx"),
        (vec![&*empty, "--user", "officer"], 1, ".xlsx, .xls, .ods, .csv or .jsonl"),
        (vec![&*picture, "--user", "officer"], 1, ".xlsx, .xls, .ods, .csv or .jsonl"),
        (vec![&*good, "--user", "auditor"], 1, "auditor"),
        (vec![&*good, "--user", "nobody"], 1, "nobody"),
    ] {
        let (found, told) = program.refused(&[&["import", "leads"], &arguments[..]].concat(), "");
        assert_eq!(found, status, "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    program.done(&["user", "disable", "--username", "officer"], "");
    assert_eq!(program.refused(&["import", "leads", &good, "--user", "officer"], "").0, 1);
    assert_eq!(count(&program.database(), "leads"), 0);
}

#[test]
fn a_report_makes_no_folder_and_is_refused_before_anything_is_imported() {
    let program = Program::with_user("bureau_officer");
    program.write("ledger.csv", "投资方,县区,来源\n宁波一家有限公司,灵山县,自荐\n");
    let arguments = ["import", "leads", "ledger.csv", "--user", "officer", "--report", "no/such/out.jsonl"];
    let (status, said) = program.refused(&arguments, "");
    assert_eq!(status, 2, "{said}");
    assert!(said.contains("no/such"), "{said}");
    assert!(!program.folder().join("no").exists());
}
