//! One chamber: what is entered comes back, what is wrong is told by field, nobody's edit is lost.

use super::{add, chamber, lead_of, path};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, chambers};

#[actix_web::test]
async fn what_is_entered_comes_back_by_id_and_by_code() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let body = json!({
        "kind": "other_city", "name": " 示例市灵山商会 ", "region": "450721", "contact_person": "灵示会",
        "phone": "120 0000 0101", "note": "会员三十四家", "status": "active",
    });
    let answer = add(&officer, body).await.assert_status(201);
    let made = answer.json();
    assert_eq!(answer.location(), path(&made));
    assert_eq!(answer.etag(), "\"1\"");
    assert_eq!(made["name"], "示例市灵山商会");
    assert_eq!(made["phone"], "120****0101");
    assert_eq!((&made["leads"], &made["version"]), (&json!(0), &json!(1)));
    for name in [&made["id"], &made["code"]] {
        let shown = officer.get(&format!("/api/v1/chambers/{}", name.as_str().unwrap())).await;
        assert_eq!(shown.assert_status(200).json(), made);
    }
}

#[actix_web::test]
async fn a_fault_names_its_field() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    chamber(&app, "示例商会", None).await;
    let good = json!({ "kind": "local", "name": "另一商会" });
    let cases = [
        ("kind", json!(null), "required"),
        ("kind", json!("club"), "wrong-form"),
        ("name", json!("  "), "required"),
        ("name", json!("长".repeat(201)), "too-long"),
        ("name", json!("示例商会"), "name-taken"),
        ("region", json!("999999"), "unknown"),
        ("phone", json!("问会长"), "not-a-phone"),
        ("status", json!("gone"), "wrong-form"),
        ("members", json!(34), "unknown-field"),
    ];
    for (field, value, code) in cases {
        let mut body = good.clone();
        body[field] = value;
        let faults = add(&officer, body.clone()).await.assert_status(422).faults();
        assert_eq!(faults, [(field.to_owned(), code.to_owned())], "{body}");
    }
    officer.post("/api/v1/chambers").body("application/json", "{").await.assert_status(400);
    let names: Vec<String> = app.read(|conn| chambers::table.select(chambers::name).load(conn));
    assert_eq!(names, ["示例商会"], "a refused chamber must not be kept");
}

#[actix_web::test]
async fn an_edit_needs_the_version_it_changes() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let made = chamber(&app, "示例商会", None).await;
    let patch = json!({ "contact_person": "新示例", "status": "inactive" });
    let request = |etag: Option<&str>| {
        let request = officer.request(actix_web::http::Method::PATCH, &path(&made)).json(patch.clone());
        match etag {
            Some(etag) => request.if_match(etag),
            None => request,
        }
    };
    request(None).await.assert_status(428);
    let changed = request(Some("\"1\"")).await.assert_status(200);
    assert_eq!(changed.etag(), "\"2\"");
    assert_eq!(changed.json()["contact_person"], "新示例");
    assert_eq!(changed.json()["name"], "示例商会", "what is not named stays");
    request(Some("\"1\"")).await.assert_status(412);
    officer.delete(&path(&made), "\"1\"").await.assert_status(412);
    let faults = officer.patch_json(&path(&made), "\"2\"", json!({ "name": null })).await.assert_status(422);
    assert_eq!(faults.faults(), [("name".to_owned(), "required".to_owned())]);
    officer.patch_json(&path(&made), "\"2\"", json!([1])).await.assert_status(422);
}

#[actix_web::test]
async fn a_phone_is_read_only_with_a_reason() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let body = json!({ "kind": "local", "name": "示例商会", "phone": "12000000101" });
    let made = add(&officer, body).await.assert_status(201).json();
    let changed = officer.patch_json(&path(&made), "\"1\"", json!({ "phone": "12000000102" })).await;
    assert_eq!(changed.assert_status(200).json()["phone"], "120****0102");
    let at = format!("{}/disclosures", path(&made));
    let bare = officer.post_json(&at, json!({ "field": "phone", "reason": " " })).await.assert_status(422);
    assert_eq!(bare.faults(), [("reason".to_owned(), "reason-required".to_owned())]);
    let told = officer.post_json(&at, json!({ "field": "phone", "reason": "约会长见面" })).await;
    assert_eq!(told.assert_status(200).json()["value"], "12000000102");
    let stored: Option<String> =
        app.read(|conn| chambers::table.select(chambers::phone_encrypted).first(conn));
    assert!(!stored.unwrap().contains("12000000102"));
    let trail: Vec<(String, String, Option<String>)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::subject_id.eq(made["id"].as_str().unwrap()))
            .order(audit_entries::id.asc())
            .select((audit_entries::action, audit_entries::differences, audit_entries::reason))
            .load(conn)
    });
    let actions: Vec<&str> = trail.iter().map(|entry| entry.0.as_str()).collect();
    assert_eq!(actions, ["chamber.create", "chamber.update", "contact.disclose"]);
    assert!(trail[1].1.contains("\"phone\""), "{}", trail[1].1);
    assert_eq!(trail[2].2.as_deref(), Some("约会长见面"));
    assert!(trail.iter().all(|entry| !entry.1.contains("1200000010")), "{trail:?}");
}

#[actix_web::test]
async fn an_edit_that_changes_nothing_writes_nothing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let body = json!({ "kind": "local", "name": "示例商会", "phone": "12000000101" });
    let made = add(&officer, body).await.assert_status(201).json();
    let same = officer.patch_json(&path(&made), "\"1\"", json!({ "phone": "120 0000 0101" })).await;
    assert_eq!(same.assert_status(200).etag(), "\"1\"");
}

#[actix_web::test]
async fn only_what_nothing_names_is_deleted() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let (used, free) = (chamber(&app, "用着", None).await, chamber(&app, "没人用", None).await);
    let lead = lead_of(&app, &used, "星示例玩具有限公司", "450721").await;
    let refused = officer.delete(&path(&used), "\"1\"").await.assert_status(409);
    assert_eq!(refused.json()["code"], "source-in-use");
    let lead_path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    officer.delete(&lead_path, "\"1\"").await.assert_status(204);
    officer.delete(&path(&used), "\"1\"").await.assert_status(409);
    let liaisons = app.new_chamber("有联络员");
    app.user(Role::ChamberLiaison).chamber(&liaisons).insert();
    officer.delete(&format!("/api/v1/chambers/{liaisons}"), "\"1\"").await.assert_status(409);
    officer.request(actix_web::http::Method::DELETE, &path(&free)).await.assert_status(428);
    officer.delete(&path(&free), "\"1\"").await.assert_status(204);
    officer.get(&path(&free)).await.assert_status(404);
}

/// The ways in which people write one name.
const WRITTEN: [&str; 3] =
    ["湾区示例市浦北商会（虚构）", "湾区示例市 浦北商会(虚构)", "湾区示例市浦北商会 ( 虚构 )"];

#[actix_web::test]
async fn a_name_in_another_width_or_with_a_space_is_taken() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let known = chamber(&app, "湾区示例市浦北商会(虚构)", None).await;
    let other = chamber(&app, "湾区示例市灵山商会(虚构)", None).await;
    let taken = [("name".to_owned(), "name-taken".to_owned())];
    for name in WRITTEN {
        let refused = add(&officer, json!({ "kind": "local", "name": name })).await.assert_status(422);
        assert_eq!(refused.faults(), taken, "{name}");
        let refused = officer.patch_json(&path(&other), "\"1\"", json!({ "name": name })).await;
        assert_eq!(refused.assert_status(422).faults(), taken, "{name}");
    }
    // Its own name it may write another way.
    let own = officer.patch_json(&path(&known), "\"1\"", json!({ "name": WRITTEN[0] })).await;
    assert_eq!(own.assert_status(200).json()["name"], WRITTEN[0]);
    let names: Vec<String> =
        app.read(|conn| chambers::table.order(chambers::name.asc()).select(chambers::name).load(conn));
    assert_eq!(names.len(), 2, "{names:?}");
}
