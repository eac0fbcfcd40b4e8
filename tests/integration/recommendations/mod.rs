//! Recommendations to banks and guarantors, through HTTP.

use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

pub const PATH: &str = "/api/v1/recommendations";

/// What recommends an enterprise of 450721, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    let mut body = json!({
        "county": "450721",
        "enterprise": "示例玩具有限公司",
        "size": "small",
        "recipient_kind": "bank",
        "recipient": "示例银行",
        "need_fen": 300_000_000,
        "credit": "unchecked",
    });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

fn path(row: &Value) -> String {
    format!("{PATH}/{}", row["id"].as_str().unwrap())
}

#[actix_web::test]
async fn only_who_is_in_good_credit_is_sent_and_has_a_result() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let made = county.post_json(PATH, body(json!({ "county": null }))).await.assert_status(201);
    assert_eq!(made.etag(), "\"1\"");
    let made = made.json();
    assert_eq!((&made["state"], &made["county"]), (&json!("noted"), &json!("450721")));
    let early = json!({ "sent_on": "2026-03-02" });
    let refused = county.patch_json(&path(&made), "\"1\"", early).await.assert_status(422);
    assert_eq!(refused.faults(), [("credit".to_owned(), "credit-not-good".to_owned())]);
    let sent = json!({ "credit": "good", "sent_on": "2026-03-02" });
    let sent = county.patch_json(&path(&made), "\"1\"", sent).await.assert_status(200).json();
    assert_eq!(sent["state"], "sent");
    let undated = county.patch_json(&path(&made), "\"2\"", json!({ "result": "granted" })).await;
    assert_eq!(undated.assert_status(422).faults()[0], ("result_on".to_owned(), "required".to_owned()));
    let result = json!({ "result": "granted", "result_on": "2026-04-20" });
    let done = county.patch_json(&path(&made), "\"2\"", result).await.assert_status(200).json();
    assert_eq!((&done["state"], &done["need_fen"]), (&json!("answered"), &json!(300_000_000)));
    let kept = county.delete(&path(&made), "\"3\"").await.assert_status(409);
    assert_eq!(kept.json()["code"], "recommendation-sent");
    for (state, total) in [("noted", 0), ("sent", 0), ("answered", 1)] {
        let page = county.get(&format!("{PATH}?state={state}&count=true")).await.assert_status(200).json();
        assert_eq!(page["total"], total, "{state}");
    }
}

#[actix_web::test]
async fn every_fault_is_told_at_its_field() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for (more, fault) in [
        (json!({ "county": "441900" }), ("county", "unknown")),
        (json!({ "size": "large" }), ("size", "unknown")),
        (json!({ "credit": null }), ("credit", "required")),
        (json!({ "need_fen": -1 }), ("need_fen", "negative")),
        (json!({ "need_fen": null }), ("need_fen", "required")),
        (json!({ "recipient_kind": null }), ("recipient_kind", "required")),
        (json!({ "uscc": "1" }), ("uscc", "uscc-length")),
        (json!({ "chamber_id": "SH-9999" }), ("chamber_id", "unknown-chamber")),
    ] {
        let refused = bureau.post_json(PATH, body(more.clone())).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{more}");
    }
}

#[actix_web::test]
async fn a_county_sees_its_own_and_a_liaison_those_of_his_chamber() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (own, other) = (app.new_chamber("自家商会"), app.new_chamber("别家商会"));
    let new = |more: Value| bureau.post_json(PATH, body(more));
    let mine = new(json!({ "chamber_id": own })).await.assert_status(201).json();
    let theirs = new(json!({ "chamber_id": other, "county": "450722" })).await.assert_status(201).json();
    assert_eq!(mine["chamber"], "自家商会");
    let liaison = app.user(Role::ChamberLiaison).chamber(&own).token();
    let county = app.token(Role::CountyOfficer);
    for client in [&liaison, &county] {
        client.get(&path(&mine)).await.assert_status(200);
        client.get(&path(&theirs)).await.assert_status(404);
        let page =
            client.get(&format!("{PATH}?q=%E7%A4%BA%E4%BE%8B&count=true")).await.assert_status(200).json();
        assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(1), &mine["id"]));
    }
    liaison.patch_json(&path(&mine), "\"1\"", json!({ "note": "x" })).await.assert_status(403);
    let moved = county.patch_json(&path(&mine), "\"1\"", json!({ "county": "450722" })).await;
    assert_eq!(moved.assert_status(403).faults(), [("county".to_owned(), "other-region".to_owned())]);
    let merger = json!({ "into": own });
    bureau.post_json(&format!("/api/v1/chambers/{other}/merger"), merger).await.assert_status(200);
    assert_eq!(bureau.get(&path(&theirs)).await.json()["chamber"], "自家商会");
}

#[actix_web::test]
async fn pages_follow_the_cursor_to_every_row_once() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for number in 0..5 {
        let enterprise = format!("示例公司{number}");
        bureau.post_json(PATH, body(json!({ "enterprise": enterprise }))).await.assert_status(201);
    }
    let (mut names, mut at) = (Vec::new(), String::new());
    loop {
        let page = bureau.get(&format!("{PATH}?limit=2{at}")).await.assert_status(200).json();
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|row| row["enterprise"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        at = format!("&cursor={cursor}");
    }
    assert_eq!(names, ["示例公司4", "示例公司3", "示例公司2", "示例公司1", "示例公司0"]);
    bureau.get(&format!("{PATH}?sort=name")).await.assert_status(400);
}

#[actix_web::test]
async fn forms_add_send_and_delete() {
    let app = TestApp::new().await;
    let browser = app.signed_in(Role::CountyOfficer);
    assert!(browser.get("/recommendations").await.assert_status(200).text().contains("还没有推荐"));
    browser.get("/recommendations/new").await.assert_status(200);
    let mut typed = vec![
        ("enterprise", "示例玩具有限公司"),
        ("county", "450721"),
        ("size", "small"),
        ("credit", "unchecked"),
        ("need_fen", "30.5"),
        ("recipient_kind", "guarantor"),
        ("recipient", "示例担保公司"),
    ];
    let added = browser.post_form("/recommendations", &typed).await.assert_status(303).location();
    let shown = browser.get(&added).await.assert_status(200).text();
    for part in ["示例玩具有限公司", "示例担保公司", "小型", "待核实", "30.5", "待推送"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let form = browser.get(&format!("{added}/edit")).await.assert_status(200).text();
    assert!(form.contains("value=\"30.5\""), "{form}");
    typed.extend([("version", "1"), ("sent_on", "2026-03-02")]);
    let back = browser.post_form(&added, &typed).await.assert_status(422).text();
    assert!(back.contains("f-credit-error"), "{back}");
    browser.get(&format!("{added}/deletion")).await.assert_status(200);
    browser.post_form(&format!("{added}/deletion"), &[("version", "7")]).await.assert_status(412);
    browser.post_form(&format!("{added}/deletion"), &[("version", "1")]).await.assert_status(303);
    browser.get(&added).await.assert_status(404);
}
