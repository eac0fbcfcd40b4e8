//! Papers that cannot be read, and readers that fail: said once, beside the paper, and tried for ever by nobody.

use super::texts::{add, docx, follow};
use super::{PDF, at, files};
use crate::support::TestApp;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{self, Instant};
use yinfeng::accounts::Role;
use yinfeng::attachments::texts::process;
use yinfeng::attachments::texts::{PaperText, TextState};
use yinfeng::clock;
use yinfeng::schema::{attachment_texts, outbox};

const READER: &str = env!("CARGO_BIN_EXE_yinfeng");
const PDF_TYPE: &str = "application/pdf";

/// A program in the place of the one that reads papers. Another process writes it: a file that is open for writing here
/// would be so in every process that a test beside starts at this moment, and could not be run.
pub fn program(path: &Path, script: &str) {
    let mut write = Command::new("/bin/sh");
    write.args(["-c", r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod 755 "$0""#]).arg(path).arg(script);
    assert!(write.status().unwrap().success());
}

/// What a reader makes of this, within half a second.
fn read(reader: &Path, content: &[u8]) -> PaperText {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(content).unwrap();
    let read = process::read(reader, PDF_TYPE, file, time::Duration::from_millis(500), &|| false);
    read.unwrap().unwrap()
}

#[test]
fn a_reader_that_fails_in_any_way_makes_a_paper_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let reader = folder.path().join("reader");
    for script in [
        "exit 101",
        "kill -SEGV $$",
        "echo thread main panicked",
        "exec sleep 60",
        "exec yes",
        // It says all that it has to say, and runs on.
        "exec 1>&-; exec sleep 60",
        r#"echo '{"state":"read"}'"#,
        r#"echo '{"state":"other","text":""}'"#,
    ] {
        program(&reader, script);
        let begun = Instant::now();
        assert_eq!(read(&reader, PDF), PaperText::unreadable(), "{script}");
        assert!(begun.elapsed() < time::Duration::from_secs(5), "{script}");
    }
    program(&reader, r#"cat > /dev/null; echo '{"state":"read","text":"招商"}'"#);
    assert_eq!(read(&reader, PDF).text, "招商");
    let file = File::open(&reader).unwrap();
    let missing = process::read(Path::new("nowhere"), PDF_TYPE, file, process::TIME, &|| false);
    assert!(missing.is_err(), "that it cannot be started is no fault of the paper");
}

/// The built program itself, on files that were made to harm it.
#[test]
fn the_reader_answers_hostile_files_or_dies_alone() {
    let read = |content: &[u8]| {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(content).unwrap();
        let read = process::read(Path::new(READER), PDF_TYPE, file, process::TIME, &|| false);
        read.unwrap().unwrap().state
    };
    assert_eq!(read(PDF), TextState::Empty, "a page without text");
    let deep =
        [b"%PDF-1.4\n1 0 obj\n".as_slice(), &b"[".repeat(2_000_000), b"\ntrailer<</Root 1 0 R>>"].concat();
    assert_eq!(read(&deep), TextState::Unreadable);
    let names =
        [b"%PDF-1.4\n1 0 obj\n".as_slice(), &b"<</A".repeat(1_000_000), b"\ntrailer<</Root 1 0 R>>"].concat();
    assert_eq!(read(&names), TextState::Unreadable);
    assert_eq!(read(&[]), TextState::Unreadable);
    assert_eq!(read(&[0xff; 100_000]), TextState::Unreadable);
}

#[actix_web::test]
async fn what_cannot_be_found_by_its_text_says_so_beside_it() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let scan = add(&bureau, "lead", &lead, "扫描件.pdf", PDF).await;
    let torn = add(&bureau, "lead", &lead, "坏了.pdf", b"%PDF-1.7\nnothing").await;
    let whole = add(&bureau, "lead", &lead, "完好.docx", &docx(&["毛绒玩具"])).await;
    let page = format!("/leads/{}", lead["id"].as_str().unwrap());
    let reader = app.signed_in(Role::BureauOfficer);
    assert!(!reader.get(&page).await.text().contains("只能按文件名搜到"), "nobody has looked yet");
    follow(&app);
    for (paper, state) in [(&scan, "empty"), (&torn, "unreadable"), (&whole, "read")] {
        assert_eq!(bureau.get(&at(paper, "")).await.json()["text"], state);
    }
    let page = reader.get(&page).await.assert_status(200).text();
    assert_eq!(page.matches("只能按文件名搜到").count(), 2, "{page}");
    let waiting: i64 = app.read(|conn| outbox::table.count().get_result(conn));
    assert_eq!(waiting, 0, "nobody tries again");
}

#[actix_web::test]
async fn a_paper_whose_file_is_gone_is_given_up_after_a_while() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = add(&bureau, "lead", &lead, "a.docx", &docx(&["毛绒玩具"])).await;
    fs::remove_file(&files(&app)[0]).unwrap();
    let attempts = |app: &TestApp| -> Option<i64> {
        app.read(|conn| {
            let row = outbox::table.filter(outbox::topic.eq("attachment_text"));
            row.select(outbox::attempts).first(conn).optional()
        })
    };
    follow(&app);
    assert_eq!(attempts(&app), Some(2), "begun and failed: the storage may be back in a moment");
    let texts: i64 = app.read(|conn| attachment_texts::table.count().get_result(conn));
    assert_eq!(texts, 0);
    let before = clock::now() - Duration::minutes(1);
    app.write(|conn| {
        diesel::update(outbox::table)
            .set((outbox::attempts.eq(24), outbox::available_at.eq(before)))
            .execute(conn)
    });
    follow(&app);
    assert_eq!(
        (attempts(&app), bureau.get(&at(&paper, "")).await.json()["text"].clone()),
        (None, json!("unreadable"))
    );
}
