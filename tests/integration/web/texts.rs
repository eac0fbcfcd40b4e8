//! Control characters reach no database: they are refused where they come in, or dropped from files.

use super::{LEDGER, leads, previewed};
use crate::support::TestApp;
use crate::support::leads::lead_body;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_body_with_control_characters_is_refused_at_the_field() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (changes, field) in [
        (json!({"title": "示例\u{0}线索"}), "title"),
        (json!({"content": "一\u{1b}[31m二"}), "content"),
        (json!({"source": {"kind": "self", "note": "\u{7f}"}}), "source.note"),
        (json!({"contact": {"other_phones": ["12000000101", "\u{0}"]}}), "contact.other_phones[1]"),
    ] {
        let answer = officer.post_json("/api/v1/leads", lead_body(changes.clone())).await.assert_status(422);
        assert_eq!(answer.faults(), [(field.to_owned(), "control-character".to_owned())], "{changes}");
    }
    let unseen = officer.post_json("/api/v1/leads", lead_body(json!({"title": "\u{200b}\u{feff}"}))).await;
    assert_eq!(unseen.assert_status(422).faults(), [("title".to_owned(), "required".to_owned())]);
    assert_eq!(leads(&app).await, 0);
    let lines = app.new_lead(json!({"content": "一\n\t二\r\n三"})).await;
    let path = format!("/api/v1/leads/{}", lines["id"].as_str().unwrap());
    assert_eq!(lines["content"], "一\n\t二\r\n三", "tabs and line ends are text");
    let patch = officer.patch_json(&path, "\"1\"", json!({"remark": "\u{0}"})).await.assert_status(422);
    assert_eq!(patch.faults(), [("remark".to_owned(), "control-character".to_owned())]);
}

#[actix_web::test]
async fn parameters_cursors_and_paths_with_control_characters_are_refused() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let cursor = |sort: &str, value: &str| {
        URL_SAFE_NO_PAD.encode(json!({"s": sort, "v": value, "i": "\u{0}"}).to_string())
    };
    for path in [
        "/api/v1/leads?q=%00".to_owned(),
        "/api/v1/leads?officer=a%00b".to_owned(),
        "/api/v1/chambers?q=a%1Bb".to_owned(),
        "/api/v1/duplicates?investor_name=a%00b".to_owned(),
        "/api/v1/search?q=a%00b".to_owned(),
        format!("/api/v1/leads?sort=code&cursor={}", cursor("code", "\u{0}")),
        format!("/api/v1/imports?cursor={}", cursor("-created_at", "")),
    ] {
        bureau.get(&path).await.assert_status(400);
    }
    app.token(Role::Auditor).get("/api/v1/audit?actor=a%00b").await.assert_status(400);
    for path in ["/api/v1/chambers/a%00b", "/api/v1/leads/%00", "/chambers/%0a"] {
        bureau.get(path).await.assert_status(404);
    }
}

#[actix_web::test]
async fn forms_with_control_characters_are_refused() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    nobody.post_form("/sign-in", &[("username", "a\0b"), ("password", "x")]).await.assert_status(422);
    nobody.post_form("/sign-in", &[("username", "ab"), ("password", "\0")]).await.assert_status(422);
    let officer = app.signed_in(Role::BureauOfficer);
    officer.post_form("/chambers", &[("kind", "local"), ("name", "示例\0商会")]).await.assert_status(422);
}

#[actix_web::test]
async fn files_lose_them() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let ledger = LEDGER.replace("示例积木线索", "示例\u{1}积木\u{1b}线索");
    let path = previewed(&officer, &ledger).await;
    officer.post(&format!("{path}/application")).await.assert_status(200);
    let list = officer.get("/api/v1/leads").await.json();
    assert_eq!(list["items"][0]["title"], "示例积木线索");
    let jsonl = json!({
        "title": "示例\u{0}糖果线索", "investor_name": "示例糖果(虚构)有限公司", "county": "450721",
        "source": {"kind": "self"}, "remark": "\u{200b}", "beside\u{0}": "示例\u{0}"
    });
    let answer =
        officer.upload("/api/v1/imports", &[("kind", "leads")], "示例.jsonl", jsonl.to_string().as_bytes());
    let path = answer.await.assert_status(201).location();
    officer.post(&format!("{path}/application")).await.assert_status(200);
    let list = officer.get("/api/v1/leads?sort=-code&limit=1").await.json();
    assert_eq!(list["items"][0]["title"], "示例糖果线索");
    let wrong = officer.upload("/api/v1/imports", &[("kind", "le\0ads")], "a.csv", LEDGER.as_bytes()).await;
    assert_eq!(wrong.assert_status(422).faults(), [("kind".to_owned(), "control-character".to_owned())]);
}
