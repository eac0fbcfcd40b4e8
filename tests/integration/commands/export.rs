//! `yinfeng export leads`

use super::{count, mode, sample};
use crate::support::program::Program;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::error::AppError;
use yinfeng::schema::leads;

fn with_leads() -> Program {
    let program = Program::with_user("bureau_officer");
    program.done(&["import", "leads", &sample(), "--user", "officer"], "");
    program
}

#[test]
fn what_is_exported_is_masked_and_comes_back_as_duplicates() {
    let program = with_leads();
    let db = program.database();
    for name in ["leads.xlsx", "leads.csv"] {
        let file = program.write(name, "from before, readable by all");
        program.done(&["export", "leads", &file, "--user", "officer", "--reason", "周五调度会"], "");
        assert_eq!(mode(&file), 0o600);
        let again = ["import", "leads", &file, "--user", "officer", "--json"];
        let told = program.json(&again);
        assert_eq!(
            told,
            json!({ "rows": 46, "new": 0, "imported": 0, "duplicate": 46, "rejected": 0 }),
            "{name}"
        );
    }
    let text = std::fs::read_to_string(program.folder().join("leads.csv")).unwrap();
    assert!(text.contains("周五调度会"), "who, when and why stand in the file");
    assert!(text.contains("120****0200") && !text.contains("12000000200"), "phones are masked");
    assert_eq!(count(&db, "leads"), 46);
    let filter =
        yinfeng::audit::queries::AuditFilter { action: Some("lead.export".to_owned()), ..Default::default() };
    let told =
        db.read(|conn| Ok::<_, AppError>(yinfeng::audit::queries::list(conn, &filter, None, 9)?)).unwrap();
    assert_eq!(told.iter().map(|entry| entry.reason.as_deref()).collect::<Vec<_>>(), [Some("周五调度会"); 2]);
}

/// Headers and words are those of the reader's language, and an import knows both.
#[test]
fn an_english_export_comes_back_as_well() {
    let program = with_leads();
    let add = [
        "user",
        "add",
        "--username",
        "smith",
        "--role",
        "bureau_officer",
        "--locale",
        "en",
        "--password-stdin",
    ];
    program.done(&add, crate::support::PASSWORD);
    let file = program.folder().join("leads.csv").to_str().unwrap().to_owned();
    program.done(&["export", "leads", &file, "--user", "smith"], "");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.lines().nth(1).unwrap().starts_with("No,Title,Investor,"), "{text}");
    let out = program.folder().join("report.jsonl").to_str().unwrap().to_owned();
    let again = ["import", "leads", &file, "--user", "smith", "--report", &out];
    let told = program.done(&again, "");
    let report = std::fs::read_to_string(&out).unwrap();
    assert_eq!(told.trim(), "46 rows: 0 imported, 46 duplicates, 0 rejected", "{report}");
}

/// In another office nobody knows the leads: they are registered as they were, without what was masked.
#[test]
fn another_office_takes_an_export_in() {
    let (program, other) = (with_leads(), Program::with_user("bureau_officer"));
    let file = program.folder().join("leads.xlsx").to_str().unwrap().to_owned();
    program.done(&["export", "leads", &file, "--user", "officer"], "");
    let told = other.json(&["import", "leads", &file, "--user", "officer", "--json"]);
    assert_eq!((told["imported"].as_i64(), told["rejected"].as_i64()), (Some(46), Some(0)));
    let told_of = |program: &Program| {
        program
            .database()
            .read(|conn| {
                let leads = leads::table
                    .order(leads::title.asc())
                    .select((
                        leads::title,
                        leads::county,
                        leads::industry,
                        leads::total_investment_fen,
                        leads::fixed_investment_fen,
                        leads::land_mu,
                        leads::jobs,
                        leads::source_kind,
                        leads::stage,
                        leads::registered_on,
                        leads::next_follow_up_on,
                    ))
                    .load::<Told>(conn)?;
                Ok::<_, AppError>(leads)
            })
            .unwrap()
    };
    for (before, after) in told_of(&program).iter().zip(&told_of(&other)) {
        assert_eq!(after, before);
    }
    assert_eq!(count(&other.database(), "contacts WHERE phone_encrypted IS NOT NULL"), 0);
}

type Told = (
    String,
    String,
    String,
    Option<i64>,
    Option<i64>,
    Option<f64>,
    Option<i64>,
    String,
    String,
    chrono::NaiveDate,
    Option<chrono::NaiveDate>,
);

#[test]
fn what_cannot_be_exported_says_why() {
    let program = Program::with_user("bureau_officer");
    program.add_user("leader", "county_leader");
    let file = program.folder().join("leads.xlsx").to_str().unwrap().to_owned();
    for (arguments, status, words) in [
        (vec!["leads.pdf", "--user", "officer"], 2, ".xlsx or .csv"),
        (vec![&*file], 2, "--user"),
        (vec![&*file, "--user", "leader"], 1, "county_leader"),
        (vec![&*file, "--user", "nobody"], 1, "nobody"),
        (vec![&*file, "--user", "officer", "--reason", " "], 1, "reason"),
    ] {
        let (found, told) = program.refused(&[&["export", "leads"], &arguments[..]].concat(), "");
        assert_eq!(found, status, "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    assert!(!std::path::Path::new(&file).exists());
}
