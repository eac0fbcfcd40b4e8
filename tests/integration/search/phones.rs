//! Phone numbers in the box: found whole, by who may have them shown, and by nobody else.

use super::codes;
use crate::support::{Client, TestApp};
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_phone_number_is_found_together_with_words() {
    let app = TestApp::new().await;
    let lead =
        |title: &str, phone: &str| json!({"title": title, "contact": {"name": "单示例", "phone": phone}});
    app.new_lead(lead("有电话的信用玩具线索", "12000000751")).await;
    app.new_lead(lead("另一条信用线索", "12000000752")).await;
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    for typed in [
        "12000000751 信用",
        "信用 120 0000 0751",
        "电话12000000751",
        "电话：12000000751。",
        "联系电话 12000000751",
        "\"12000000751\"",
        "12000000751，",
        "信用12000000751",
        "-另一条 12000000751",
    ] {
        assert_eq!(codes(&bureau, typed).await, ["有电话的信用玩具线索"], "{typed}");
    }
    for typed in ["-玩具 12000000751", "12000000751 另一条", "12000000751 12000000752"] {
        assert!(codes(&bureau, typed).await.is_empty(), "{typed}");
    }
    assert!(codes(&app.token(Role::Federation), "12000000751 信用").await.is_empty());
    assert!(codes(&app.token(Role::Auditor), "信用 12000000751").await.is_empty());
}

#[actix_web::test]
async fn a_whole_phone_number_finds_its_lead_for_who_may_see_contacts() {
    let app = TestApp::new().await;
    app.new_lead(json!({"title": "有电话的示例线索", "contact": {"name": "单示例", "phone": "12000000731"}}))
        .await;
    app.new_lead(json!({"title": "另一条示例线索", "contact": {"name": "李示例", "phone": "12000000732"}}))
        .await;
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    for typed in ["12000000731", "120 0000 0731", "+86 120-0000-0731", "１２００００００７３１"] {
        assert_eq!(codes(&bureau, typed).await, ["有电话的示例线索"], "{typed}");
    }
    for phone in ["+852 9123 4567", "0777-2223333转801"] {
        let title = format!("电话写作{phone}的示例线索");
        app.new_lead(json!({"title": title, "contact": {"name": "欧示例", "phone": phone}})).await;
        app.settle();
        assert_eq!(codes(&bureau, phone).await, [title], "as it was entered");
    }
    assert!(codes(&bureau, "1200000073").await.is_empty(), "a part of a number finds nothing");
    assert!(codes(&app.token(Role::Federation), "12000000731").await.is_empty());
    // Who sees it masked could find out the rest by asking.
    for role in [Role::Auditor, Role::LeadingGroup, Role::CountyLeader] {
        assert!(codes(&app.token(role), "12000000731").await.is_empty(), "{role}");
    }
}

#[actix_web::test]
async fn a_number_in_a_title_is_found_and_a_phone_in_it_is_not() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    app.new_lead(json!({"title": "示例批次1795774516123线索"})).await;
    app.new_lead(json!({"title": "请拨12000000732的示例线索"})).await;
    app.settle();
    assert_eq!(codes(&bureau, "1795774516123").await, ["示例批次1795774516123线索"]);
    assert!(codes(&bureau, "12000000732").await.is_empty());
}

#[actix_web::test]
async fn every_number_of_a_contact_is_found() {
    let app = TestApp::new().await;
    let contact =
        json!({"name": "单示例", "phone": "12000000761", "other_phones": ["12000000762", "0777-2223361"]});
    let lead = app.new_lead(json!({"title": "有三个电话的示例线索", "contact": contact})).await;
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    for typed in ["12000000761", "120 0000 0762", "0777-2223361", "示例 12000000762"] {
        assert_eq!(codes(&bureau, typed).await, ["有三个电话的示例线索"], "{typed}");
    }
    assert!(codes(&app.token(Role::CountyLeader), "12000000762").await.is_empty(), "he sees it masked");
    let question = "/api/v1/duplicates?phone=120%200000%200762";
    let alike = bureau.get(question).await.assert_status(200).json();
    assert_eq!(alike["items"][0]["lead_id"], lead["id"], "whoever enters it again is told: {alike}");
    let like = json!({"title": "另一家的线索", "duplicate_reason": "另一家", "contact": {"name": "钱示例", "phone": "12000000762"}});
    app.new_lead(like).await;

    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    let etag = bureau.get(&path).await.assert_status(200).etag();
    let contact =
        json!({"contact": {"name": "单示例", "phone": "12000000761", "other_phones": ["12000000763"]}});
    bureau.patch_json(&path, &etag, contact).await.assert_status(200);
    app.settle();
    let waits = async |typed: &str| codes(&bureau, typed).await;
    assert_eq!(waits("12000000763").await, ["有三个电话的示例线索"]);
    assert_eq!(waits("12000000762").await, ["另一家的线索"], "it is no more this contact's");
    assert!(waits("0777-2223361").await.is_empty());
}

/// Codes of records that are found, whatever they are.
async fn records(client: &Client, kind: &str, typed: &str) -> Vec<String> {
    let query = serde_urlencoded::to_string([("type", kind), ("q", typed)]).unwrap();
    let answer = client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json();
    let code = |hit: &serde_json::Value| hit["code"].as_str().unwrap().to_owned();
    answer["hits"].as_array().unwrap().iter().map(code).collect()
}

#[actix_web::test]
async fn chambers_and_referrers_are_found_by_their_numbers() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = |path: &'static str, body: serde_json::Value| {
        let bureau = app.token(Role::BureauOfficer);
        async move { bureau.post_json(path, body).await.assert_status(201).json() }
    };
    let chamber = made(
        "/api/v1/chambers",
        json!({"kind": "other_city", "name": "示例甲商会", "region": "450721", "phone": "12000000771"}),
    )
    .await;
    let entries = format!("/api/v1/chambers/{}/entries", chamber["id"].as_str().unwrap());
    let officer = json!({"kind": "officer", "word": "president", "name": "示例会长", "from_on": "2026-01-01", "phone": "12000000772"});
    bureau.post_json(&entries, officer).await.assert_status(201);
    made("/api/v1/chambers", json!({"kind": "other_city", "name": "示例乙商会", "phone": "12000000773"}))
        .await;
    let referrer = made(
        "/api/v1/referrers",
        json!({"kind": "person", "name": "示例引荐人", "region": "450722", "phone": "12000000774"}),
    )
    .await;
    app.settle();
    let (chamber, referrer) = (chamber["code"].as_str().unwrap(), referrer["code"].as_str().unwrap());
    assert_eq!(records(&bureau, "chamber", "12000000771").await, [chamber]);
    assert_eq!(records(&bureau, "chamber", "示例会长 120 0000 0772").await, [chamber], "an officer's");
    assert_eq!(records(&bureau, "all", "12000000774").await, [referrer]);
    assert_eq!(records(&bureau, "chamber", "甲 12000000771").await, [chamber], "with a word");
    assert!(records(&bureau, "chamber", "乙 12000000771").await.is_empty());
    assert!(records(&bureau, "all", "12000000771 12000000774").await.is_empty(), "nobody has both");
    assert!(records(&bureau, "all", "1200000077").await.is_empty(), "a part of a number");
    // Who keeps another county's records, or none, sees them masked.
    let elsewhere = app.user(Role::CountyOfficer).region("450722").token();
    assert!(records(&elsewhere, "all", "12000000771").await.is_empty());
    assert_eq!(records(&elsewhere, "all", "12000000774").await, [referrer]);
    for role in [Role::Auditor, Role::LeadingGroup, Role::Federation] {
        assert!(records(&app.token(role), "chamber", "12000000771").await.is_empty(), "{role}");
    }
}
