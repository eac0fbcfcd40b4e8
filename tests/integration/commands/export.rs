//! `yinfeng export leads`

use super::{count, mode, sample};
use crate::support::program::Program;
use serde_json::json;
use yinfeng::error::AppError;

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
