//! Files that are no ledgers are refused with what is wanted instead, and change nothing.

use super::{leads, shared};
use crate::support::TestApp;
use diesel::prelude::*;
use std::io::{Cursor, Write};
use yinfeng::accounts::Role;
use yinfeng::schema::imports;

/// A small file that unfolds to more than 256 MB: one packed part under many names.
fn bomb() -> Vec<u8> {
    let options = zip::write::SimpleFileOptions::default();
    let mut one = zip::ZipWriter::new(Cursor::new(Vec::new()));
    one.start_file("part", options).unwrap();
    one.write_all(&vec![0; 33 * 1024 * 1024]).unwrap();
    let mut one = one.finish_into_readable().unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["xl/workbook.xml", "1", "2", "3", "4", "5", "6", "7"] {
        to.raw_copy_file_rename(one.by_index(0).unwrap(), name).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let sample = shared("lead-ledger.xlsx");
    vec![
        ("cut.xlsx", sample[..sample.len() / 2].to_vec(), "ledger-unreadable"),
        ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec(), "ledger-unreadable"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01".to_vec(), "ledger-not-a-ledger"),
        ("empty.xlsx", Vec::new(), "ledger-empty"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "ledger-web-page"),
        ("bytes.csv", b"\xff\xff\xff".to_vec(), "ledger-encoding"),
        ("other.csv", b"a,b,c\n1,2,3\n".to_vec(), "ledger-no-header"),
    ]
}

#[actix_web::test]
async fn each_is_refused_for_what_it_is() {
    let app = TestApp::new().await;
    let program = app.token(Role::BureauOfficer);
    let browser = app.signed_in(Role::BureauOfficer);
    for (name, content, code) in files() {
        let upload = program.upload("/api/v1/imports", &[("kind", "leads")], name, &content);
        let refused = upload.await.assert_status(422);
        assert_eq!(refused.faults(), [("file".to_owned(), code.to_owned())], "{name}");
        let message = refused.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        // The page says the same, beside the field.
        let page = browser.upload("/imports", &[("kind", "leads")], name, &content).await.assert_status(422);
        assert!(page.text().contains(&message), "{name}: {message}");
        let names_a_way_out = message.contains(".xlsx") || code == "ledger-no-header";
        assert!(names_a_way_out, "{name}: {message}");
    }
    let kept = app.read(|conn| imports::table.count().get_result::<i64>(conn));
    assert_eq!((kept, leads(&app).await), (0, 0));
}

#[actix_web::test]
async fn a_small_file_that_unfolds_to_a_large_one_is_refused() {
    let app = TestApp::new().await;
    let bomb = bomb();
    assert!(bomb.len() < 1024 * 1024);
    let upload = app.token(Role::BureauOfficer).upload("/api/v1/imports", &[], "bomb.xlsx", &bomb);
    let refused = upload.await.assert_status(422);
    assert_eq!(refused.faults(), [("file".to_owned(), "ledger-too-large".to_owned())]);
    assert_eq!(leads(&app).await, 0);
}

#[actix_web::test]
async fn a_form_without_a_file_or_of_another_kind_is_refused() {
    let app = TestApp::new().await;
    let program = app.token(Role::BureauOfficer);
    let none = program.upload("/api/v1/imports", &[("kind", "leads")], "", b"").await.assert_status(422);
    assert_eq!(none.faults(), [("file".to_owned(), "required".to_owned())]);
    let other =
        program.upload("/api/v1/imports", &[("kind", "cats")], "a.csv", b"a").await.assert_status(422);
    assert_eq!(other.faults(), [("kind".to_owned(), "unknown".to_owned())]);
    program.post_json("/api/v1/imports", serde_json::json!({})).await.assert_status(415);
}

#[actix_web::test]
async fn a_file_beyond_the_limit_is_refused_while_it_arrives() {
    let app = TestApp::with_settings(&[("YINFENG_UPLOAD_LIMIT_MB", "1")]).await;
    let officer = app.token(Role::BureauOfficer);
    let upload = officer.upload("/api/v1/imports", &[], "a.csv", &vec![b'a'; 1024 * 1024 + 1]);
    assert!(upload.await.assert_status(413).text().contains('1'));
}
