//! Adding a paper: what is taken, and what is told of it.

use super::{PATH, PDF, PNG, at, fields, files, list, send};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

#[actix_web::test]
async fn a_paper_is_kept_with_what_it_is_and_who_brought_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let sent = officer.upload(PATH, &fields("lead", &lead, "contract"), "投资合同.pdf", PDF).await;
    let made = sent.assert_status(201);
    let paper = made.json();
    assert_eq!(made.location(), at(&paper, ""));
    for (field, value) in [
        ("owner_kind", json!("lead")),
        ("owner_id", lead["id"].clone()),
        ("milestone", Value::Null),
        ("kind", json!("contract")),
        ("file_name", json!("投资合同.pdf")),
        ("media_type", json!("application/pdf")),
        ("size", json!(PDF.len())),
    ] {
        assert_eq!(paper[field], value, "{field}");
    }
    assert_eq!(paper["by"]["username"], app.person(Role::BureauOfficer).username);
    assert_eq!(officer.get(&at(&paper, "")).await.assert_status(200).json(), paper);
    send(&officer, &lead, "现场.png", PNG).await.assert_status(201);
    let papers = list(&officer, "lead", &lead).await.assert_status(200).json();
    assert_eq!((&papers["total"], &papers["items"][1]), (&json!(2), &paper), "the latest first");
    assert_eq!(files(&app).len(), 2);
}

#[actix_web::test]
async fn the_trail_and_the_timeline_tell_of_it() {
    let app = TestApp::new().await;
    let lead = app.new_lead(json!({})).await;
    let paper = super::paper(&app, "lead", &lead, "minutes").await;
    let told: Vec<(String, String)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::subject_id.eq(paper["id"].as_str().unwrap()))
            .select((audit_entries::action, audit_entries::differences))
            .load(conn)
    });
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "attachment.add");
    for word in ["示例.pdf", "minutes", lead["id"].as_str().unwrap()] {
        assert!(told[0].1.contains(word), "{word}: {}", told[0].1);
    }
    let timeline = format!("/api/v1/leads/{}/timeline", lead["id"].as_str().unwrap());
    let first = app.token(Role::Auditor).get(&timeline).await.assert_status(200).json()["items"][0].clone();
    assert_eq!((&first["kind"], &first["data"]["file_name"]), (&json!("attachment"), &json!("示例.pdf")));
}

#[actix_web::test]
async fn a_file_that_is_not_what_its_name_says_is_refused() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    for (name, content, code) in [
        ("a.png", PDF, "paper-differs"),
        ("a.pdf", PNG, "paper-differs"),
        ("a.pdf", b"MZ\x90\0\x03".as_slice(), "paper-type"),
        ("a.svg", b"<svg onload='alert(1)'/>", "paper-type"),
        ("a.html", b"<!DOCTYPE html><script>", "paper-type"),
        ("a.pdf", b"", "paper-empty"),
        ("pdf", PDF, "paper-name"),
        ("../..", PDF, "paper-name"),
    ] {
        let refused = send(&officer, &lead, name, content).await.assert_status(422);
        assert_eq!(refused.faults(), [("file".to_owned(), code.to_owned())], "{name}");
    }
    // By name and content a PDF, and declared to be a picture.
    let fields = [("owner_kind", "lead"), ("owner_id", lead["id"].as_str().unwrap()), ("kind", "minutes")];
    let refused = officer.upload_as("/api/v1/attachments", &fields, ("a.pdf", "image/png"), PDF).await;
    let refused = refused.assert_status(422);
    assert_eq!(refused.faults(), [("file".to_owned(), "paper-said-otherwise".to_owned())]);
    assert!(refused.text().contains("application/pdf"), "what it is");
    assert!(files(&app).is_empty(), "nothing of it is kept");
}

#[actix_web::test]
async fn a_file_above_the_limit_is_refused_and_one_at_it_is_taken() {
    let app = TestApp::with_settings(&[("YINFENG_ATTACHMENTS_LIMIT_MB", "1")]).await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let mut content = PDF.to_vec();
    content.resize(1024 * 1024, b' ');
    send(&officer, &lead, "a.pdf", &content).await.assert_status(201);
    content.push(b' ');
    let refused = send(&officer, &lead, "a.pdf", &content).await.assert_status(413).json();
    assert_eq!(refused["code"], "too-large");
    content.resize(5 * 1024 * 1024, b' ');
    send(&officer, &lead, "a.pdf", &content).await.assert_status(413);
    assert_eq!(files(&app).len(), 1);
}

#[actix_web::test]
async fn a_name_is_kept_without_its_path_and_without_what_deceives() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    for (name, kept) in [
        ("../../../etc/合同.pdf", "合同.pdf"),
        // As a quoted text writes a backslash.
        ("C:\\\\资料\\\\合同.pdf", "合同.pdf"),
        ("合同\u{202e}fdp.pdf", "合同fdp.pdf"),
        ("合\u{200b}同?.pdf", "合同_.pdf"),
    ] {
        let paper = send(&officer, &lead, name, PDF).await.assert_status(201).json();
        assert_eq!(paper["file_name"], kept, "{name:?}");
    }
    let folder = app.folder().join("attachments");
    assert!(files(&app).iter().all(|file| file.starts_with(&folder)));
}

#[actix_web::test]
async fn every_fault_of_the_form_is_named() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let id = lead["id"].as_str().unwrap();
    let faults = async |fields: &[(&str, &str)]| {
        let refused = officer.upload(PATH, fields, "a.pdf", PDF).await.assert_status(422);
        refused.faults().into_iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>()
    };
    assert_eq!(faults(&[]).await, ["owner_kind required", "owner_id required", "kind required"]);
    let wrong = [("owner_kind", "company"), ("owner_id", "7"), ("kind", "letter")];
    assert_eq!(faults(&wrong).await, ["owner_kind unknown", "owner_id unknown", "kind unknown"]);
    let milestone = [("owner_kind", "milestone"), ("owner_id", id), ("kind", "other")];
    assert_eq!(faults(&milestone).await, ["milestone required"]);
    let of_lead = [("owner_kind", "lead"), ("owner_id", id), ("kind", "other"), ("milestone", "land")];
    assert_eq!(faults(&of_lead).await, ["milestone unknown-field"]);
    let bare = officer.upload(PATH, &fields("lead", &lead, "other"), "", b"").await.assert_status(422);
    assert_eq!(bare.faults(), [("file".to_owned(), "required".to_owned())]);
    officer.post_json(PATH, json!({ "owner_kind": "lead" })).await.assert_status(415);
    let query = officer.get(&format!("{PATH}?owner_kind=lead")).await.assert_status(400);
    assert_eq!(query.faults(), [("owner_id".to_owned(), "required".to_owned())]);
}

#[actix_web::test]
async fn a_repeat_under_the_same_key_adds_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let once = || send(&officer, &lead, "a.pdf", PDF).header("idempotency-key", "k1");
    let first = once().await.assert_status(201).json();
    let again = once().await.assert_status(201);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.json()["id"], first["id"]);
    assert_eq!(list(&officer, "lead", &lead).await.json()["total"], 1);
    assert_eq!(files(&app).len(), 1);
    let mut other = PDF.to_vec();
    *other.last_mut().unwrap() ^= 1;
    let refused = send(&officer, &lead, "a.pdf", &other).header("idempotency-key", "k1");
    let refused = refused.await.assert_status(422);
    assert_eq!(refused.faults()[0].1, "key-of-another-request", "as long as the first, and another");
    assert_eq!(files(&app).len(), 1);
}

#[actix_web::test]
async fn a_form_on_the_page_adds_and_comes_back_with_what_is_wrong() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let id = lead["id"].as_str().unwrap();
    let form = fields("lead", &lead, "photo");
    let done = browser.upload("/attachments", &form, "现场.png", PNG).await.assert_status(303);
    assert_eq!(done.location(), format!("/leads/{id}#attachments"));
    let page = browser.get(&format!("/leads/{id}")).await.assert_status(200).text();
    for part in ["现场.png", "loading=\"lazy\"", "enctype=\"multipart/form-data\""] {
        assert!(page.contains(part), "{part}");
    }
    let back = browser.upload("/attachments", &form, "现场.png", PDF).await.assert_status(422).text();
    assert!(back.contains("从内容看这是") && back.contains("value=\"photo\" selected"), "{back}");
    let large = vec![b' '; 21 * 1024 * 1024];
    let back = browser.upload("/attachments", &form, "现场.png", &large).await.assert_status(413).text();
    assert!(back.contains("20 MB") && back.contains("value=\"photo\" selected"), "{back}");
    let new = format!("/attachments/new?owner_kind=lead&owner_id={id}");
    browser.get(&new).await.assert_status(200);
    browser.get("/attachments/new?owner_kind=lead&owner_id=7").await.assert_status(404);
}
