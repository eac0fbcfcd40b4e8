//! The sample ledger: what becomes of its rows, in the preview and after the application.

use super::{apply, leads, made, path, preview, rows, shared};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use yinfeng::accounts::Role;

const NAME: &str = "lead-ledger.xlsx";

fn expected() -> Vec<Value> {
    let text = String::from_utf8(shared("lead-ledger.expected.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Line by line; the expectation is silent about warnings.
fn assert_lines(found: &[Value], expected: &[Value]) {
    for (found, expected) in found.iter().zip(expected) {
        let mut found = found.clone();
        found.as_object_mut().unwrap().remove("warnings");
        assert_eq!(&found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

#[actix_web::test]
async fn the_sample_is_previewed_and_applied_as_expected() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let import = preview(&officer, NAME, &shared(NAME)).await;
    let counts = |import: &Value| {
        ["rows", "new", "duplicate", "rejected", "imported"].map(|n| import[n].as_i64().unwrap())
    };
    assert_eq!((import["status"].as_str(), counts(&import)), (Some("previewed"), [60, 46, 5, 9, 0]));
    let mut before = expected();
    for line in before.iter_mut().filter(|line| line["outcome"] == "imported") {
        line["outcome"] = "new".into();
    }
    assert_lines(&rows(&officer, &import).await, &before);
    assert_eq!(leads(&app).await, 0, "a preview writes no lead");

    let applied = apply(&officer, &import, json!({})).await;
    assert_eq!((applied["status"].as_str(), counts(&applied)), (Some("applied"), [60, 0, 5, 9, 46]));
    assert_eq!(officer.get(&path(&import)).await.assert_status(200).json(), applied);
    assert_lines(&rows(&officer, &import).await, &expected());
    assert_registered(&officer, &expected()).await;
}

/// The leads are those of the imported lines, and no others.
async fn assert_registered(client: &Client, expected: &[Value]) {
    let mut by_title: BTreeMap<String, &Value> = BTreeMap::new();
    for line in expected.iter().filter(|line| line["outcome"] == "imported") {
        assert!(by_title.insert(line["title"].as_str().unwrap().to_owned(), line).is_none());
    }
    let list = client.get("/api/v1/leads?limit=200").await.assert_status(200).json();
    assert_eq!(list["next_cursor"], json!(null));
    for lead in list["items"].as_array().unwrap() {
        let line = by_title.remove(lead["title"].as_str().unwrap()).expect("a lead that no line gave");
        for (field, of_line) in [
            ("investor_name", "investor"),
            ("county", "county"),
            ("industry", "industry"),
            ("total_investment_fen", "total_investment_fen"),
            ("fixed_investment_fen", "fixed_investment_fen"),
            ("registered_on", "registered_on"),
            ("next_follow_up_on", "next_follow_up_on"),
            ("stage", "stage"),
        ] {
            assert_eq!(lead[field], line[of_line], "{field} of row {}", line["row"]);
        }
        assert_eq!(lead["source"]["kind"], line["source"], "row {}", line["row"]);
    }
    assert!(by_title.is_empty(), "not registered: {:?}", by_title.keys());
}

#[actix_web::test]
async fn the_same_file_again_imports_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = preview(&officer, NAME, &shared(NAME)).await;
    // Previewed before the first is applied: the application finds what the preview could not know.
    let early = preview(&officer, NAME, &shared(NAME)).await;
    apply(&officer, &first, json!({})).await;
    let late = preview(&officer, NAME, &shared(NAME)).await;
    assert_eq!((late["new"].as_i64(), late["duplicate"].as_i64()), (Some(0), Some(51)));
    let made = made(&officer, &first).await;
    let first = rows(&officer, &first).await;
    for import in [&early, &late] {
        let applied = apply(&officer, import, json!({})).await;
        assert_eq!((applied["imported"].as_i64(), applied["duplicate"].as_i64()), (Some(0), Some(51)));
        let again = rows(&officer, import).await;
        for (row, original) in again.iter().zip(&first).filter(|(_, first)| first["outcome"] == "imported") {
            let lead = &made[original["title"].as_str().unwrap()];
            assert_eq!((&row["outcome"], &row["of_lead"]), (&json!("duplicate"), &lead["id"]), "{row}");
            assert_eq!(row["title"], json!(null), "a duplicate's line names no lead of its own");
        }
    }
    assert_eq!(leads(&app).await, 46);
}
