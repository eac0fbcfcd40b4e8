//! The bytes of a paper, and the headers that keep them harmless.

use super::{PATH, PDF, PNG, at, fields, paper, send};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

fn page(paper: &Value, rest: &str) -> String {
    format!("/attachments/{}{rest}", paper["id"].as_str().unwrap())
}

#[actix_web::test]
async fn pictures_and_pdfs_are_shown_and_everything_can_be_saved() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let picture = send(&officer, &lead, "现场 1.png", PNG).await.assert_status(201).json();
    let shown = officer.get(&page(&picture, "")).await.assert_status(200);
    assert_eq!(shown.bytes(), PNG);
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
    let policy = shown.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
    let disposition = shown.header("content-disposition").unwrap().to_owned();
    assert!(
        disposition.starts_with("inline; ") && disposition.contains("filename=\"___1.png\""),
        "{disposition}"
    );
    assert!(disposition.contains("filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.png"), "{disposition}");
    for path in [page(&picture, "?download=1"), at(&picture, "/content")] {
        let saved = officer.get(&path).await.assert_status(200);
        assert!(saved.header("content-disposition").unwrap().starts_with("attachment; "), "{path}");
    }
    let pdf = paper(&app, "lead", &lead, "contract").await;
    let shown = officer.get(&page(&pdf, "")).await.assert_status(200);
    assert!(shown.header("content-disposition").unwrap().starts_with("inline; "));
    assert!(shown.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
}

#[actix_web::test]
async fn a_content_known_already_or_a_part_of_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let paper = paper(&app, "lead", &lead, "contract").await;
    let path = at(&paper, "/content");
    let whole = officer.get(&path).header("accept-encoding", "gzip").await.assert_status(200);
    assert_eq!(whole.bytes(), PDF, "not packed on the way");
    let tag = whole.etag();
    assert_eq!(tag, format!("\"{}\"", paper["sha256"].as_str().unwrap()));
    let known = officer.get(&path).header("if-none-match", &tag).await.assert_status(304);
    assert!(known.bytes().is_empty());
    let part = officer.get(&path).header("range", "bytes=1-3").await.assert_status(206);
    assert_eq!(
        (part.bytes(), part.header("content-range")),
        (&PDF[1..4], Some(&*format!("bytes 1-3/{}", PDF.len())))
    );
    let end = officer.get(&path).header("range", "bytes=-6").await.assert_status(206);
    assert_eq!(end.bytes(), &PDF[PDF.len() - 6..]);
    officer.get(&path).header("range", "bytes=99999-").await.assert_status(416);
    let other = officer.get(&path).header("range", "bytes=1-3").header("if-range", "\"0\"").await;
    assert_eq!((other.status(), other.bytes()), (200, PDF));
}

#[actix_web::test]
async fn a_large_file_comes_back_as_it_was() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let mut content = PDF.to_vec();
    content.extend((0..12_000_000_u32).map(|at| (at % 253) as u8));
    let paper = send(&officer, &lead, "a.pdf", &content).await.assert_status(201).json();
    assert!(officer.get(&at(&paper, "/content")).await.assert_status(200).bytes() == content);
}

#[actix_web::test]
async fn an_identity_paper_opens_for_who_may_see_such_data_and_is_logged() {
    let app = TestApp::new().await;
    let lead = app.new_lead(json!({})).await;
    let officer = app.token(Role::BureauOfficer);
    let sent = officer.upload(PATH, &fields("lead", &lead, "identity"), "证件.png", PNG);
    let paper = sent.await.assert_status(201).json();
    let auditor = app.token(Role::Auditor);
    auditor.get(&at(&paper, "")).await.assert_status(200);
    let refused = auditor.get(&at(&paper, "/content")).await.assert_status(403).json();
    assert_eq!(refused["code"], "identity-paper");
    app.token(Role::BureauHead).get(&at(&paper, "/content")).await.assert_status(200);
    let opened: i64 = app.read(|conn| {
        audit_entries::table.filter(audit_entries::action.eq("attachment.open")).count().get_result(conn)
    });
    assert_eq!(opened, 1);
    let page = app.signed_in(Role::BureauHead).get(&format!("/leads/{}", lead["id"].as_str().unwrap()));
    let page = page.await.text();
    assert!(page.contains("证件.png") && !page.contains("<img src=\"/attachments/"), "no preview of it");
}
