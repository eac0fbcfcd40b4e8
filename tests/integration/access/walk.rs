//! Walks the table: every route, by every role.

use super::requests::send;
use super::rows::{Row, read};
use crate::support::TestApp;

/// Sends every request of a file and shows all rows that came out otherwise, as they would stand in the table.
async fn walk(file: &str) {
    let app = TestApp::new().await;
    let mut otherwise = Vec::new();
    for row in read(file) {
        let (mut found, mut kept) = (Vec::new(), None);
        for (who, _) in &row.expected {
            found.push(send(&app, &row, *who, &mut kept).await);
        }
        let expected: Vec<u16> = row.expected.iter().map(|(_, status)| *status).collect();
        if found != expected {
            otherwise.push(format!("expected {}\nfound    {}", line(&row, &expected), line(&row, &found)));
        }
    }
    assert!(otherwise.is_empty(), "{} rows of {file}:\n{}", otherwise.len(), otherwise.join("\n"));
}

fn line(row: &Row, statuses: &[u16]) -> String {
    let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
    format!("{},{},{},{}", row.method, row.route, row.record, statuses.join(","))
}

#[actix_web::test]
async fn accounts() {
    walk("accounts.csv").await;
}

#[actix_web::test]
async fn leads() {
    walk("leads.csv").await;
}

#[actix_web::test]
async fn projects() {
    walk("projects.csv").await;
}

#[actix_web::test]
async fn policies() {
    walk("policies.csv").await;
}

#[actix_web::test]
async fn attachments() {
    walk("attachments.csv").await;
}

#[actix_web::test]
async fn attributions() {
    walk("attributions.csv").await;
}

#[actix_web::test]
async fn evidence() {
    walk("evidence.csv").await;
}

#[actix_web::test]
async fn imports() {
    walk("imports.csv").await;
}

#[actix_web::test]
async fn sources() {
    walk("sources.csv").await;
}

#[actix_web::test]
async fn around() {
    walk("around.csv").await;
}

#[actix_web::test]
async fn awards() {
    walk("awards.csv").await;
}

#[actix_web::test]
async fn filings() {
    walk("filings.csv").await;
}

#[actix_web::test]
async fn recommendations() {
    walk("recommendations.csv").await;
}

#[actix_web::test]
async fn events() {
    walk("events.csv").await;
}

#[actix_web::test]
async fn notices() {
    walk("notices.csv").await;
}

#[actix_web::test]
async fn saved_searches() {
    walk("saved_searches.csv").await;
}

#[actix_web::test]
async fn teams() {
    walk("teams.csv").await;
}

#[actix_web::test]
async fn townsmen() {
    walk("townsmen.csv").await;
}

#[test]
fn every_file_of_the_table_is_walked() {
    let mut files = super::rows::files();
    files.sort();
    let walked = [
        "accounts.csv",
        "around.csv",
        "attachments.csv",
        "attributions.csv",
        "awards.csv",
        "events.csv",
        "evidence.csv",
        "filings.csv",
        "imports.csv",
        "leads.csv",
        "notices.csv",
        "policies.csv",
        "projects.csv",
        "recommendations.csv",
        "saved_searches.csv",
        "sources.csv",
        "teams.csv",
        "townsmen.csv",
    ];
    assert_eq!(files, walked);
}
