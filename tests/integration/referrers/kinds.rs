//! Identity papers other than the resident's: passports, travel permits, the permanent residence of foreigners.

use super::path;
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

fn body(changes: Value) -> Value {
    let mut body = json!({ "kind": "townsman", "name": "韦示例", "public_employee": false });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

#[actix_web::test]
async fn each_kind_is_checked_by_its_form_and_found_again_however_it_is_typed() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    for (kind, number, shown, again, wrong, code) in [
        ("passport", "EA1234567", "E******67", "ｅａ 1234567", "EA-1234567", "identity-passport"),
        ("hk_macau_permit", "H12345678", "H******78", "ｈ12345678", "K12345678", "identity-hk-macau-permit"),
        ("taiwan_permit", "12345678", "1*****78", "１２３４５６７８", "1234567", "identity-taiwan-permit"),
        (
            "foreign_resident_id",
            "XXA450000900101",
            "XXA4*******0101",
            "xxa450000900101",
            "11010519491231002X",
            "identity-foreign-resident-id",
        ),
    ] {
        let of = |number: &str| body(json!({ "identity_kind": kind, "identity_number": number }));
        let refused = bureau.post_json("/api/v1/referrers", of(wrong)).await.assert_status(422);
        assert_eq!(refused.faults(), [("identity_number".to_owned(), code.to_owned())], "{kind}");
        let made = bureau.post_json("/api/v1/referrers", of(number)).await.assert_status(201);
        let referrer = made.json();
        assert_eq!((&referrer["identity_kind"], &referrer["identity_number"]), (&json!(kind), &json!(shown)));
        let double = bureau.post_json("/api/v1/referrers", of(again)).await.assert_status(409).json();
        assert_eq!(double["errors"][0]["code"], "number-of-another", "{kind}");
        // What does not name them leaves both.
        let patch = bureau.patch_json(&path(&referrer), &made.etag(), json!({ "note": "改" }));
        assert_eq!(patch.await.assert_status(200).json()["identity_number"], shown);
        // The number is checked again by another kind.
        let other = bureau.patch_json(&path(&referrer), "\"2\"", json!({ "identity_kind": "resident_id" }));
        assert_eq!(other.await.assert_status(422).faults()[0].0, "identity_number");
    }
}

#[actix_web::test]
async fn without_a_kind_a_number_is_a_residents() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made =
        bureau.post_json("/api/v1/referrers", body(json!({ "identity_number": "11010519491231002x" })));
    assert_eq!(made.await.assert_status(201).json()["identity_kind"], "resident_id");
    let none = bureau.post_json("/api/v1/referrers", body(json!({ "identity_kind": "passport" }))).await;
    assert_eq!(none.assert_status(201).json()["identity_kind"], json!(null), "no number, no kind of it");
    let foreign = json!({ "identity_number": "911124198108030024" });
    let refused = bureau.post_json("/api/v1/referrers", body(foreign)).await.assert_status(422);
    assert_eq!(refused.faults(), [("identity_number".to_owned(), "identity-foreign".to_owned())]);
    let unknown = json!({ "identity_kind": "driving_licence", "identity_number": "1" });
    bureau.post_json("/api/v1/referrers", body(unknown)).await.assert_status(422);
}

#[actix_web::test]
async fn a_form_takes_a_kind_and_keeps_it_with_its_number() {
    let app = TestApp::new().await;
    let (bureau, browser) = (app.token(Role::BureauOfficer), app.signed_in(Role::BureauOfficer));
    let first = [
        ("kind", "person"),
        ("name", "韦示例"),
        ("identity_kind", "passport"),
        ("identity_number", "EA1234567"),
    ];
    browser.post_form("/referrers", &first).await.assert_status(303);
    let list = bureau.get("/api/v1/referrers").await.assert_status(200).json();
    let referrer = &list["items"][0];
    let page = format!("/referrers/{}", referrer["id"].as_str().unwrap());
    let form = browser.get(&format!("{page}/edit")).await.assert_status(200).text();
    assert!(form.contains("E******67") && !form.contains("EA1234567"));
    let kept = [("version", "1"), ("kind", "person"), ("name", "韦改名"), ("identity_kind", "passport")];
    browser.post_form(&page, &kept).await.assert_status(303);
    let shown = bureau.get(&path(referrer)).await.assert_status(200).json();
    assert_eq!(
        (&shown["identity_kind"], &shown["identity_number"]),
        (&json!("passport"), &json!("E******67"))
    );
}

#[actix_web::test]
async fn a_members_number_is_shown_with_a_reason_logged_and_not_without_end() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let team = body(json!({ "kind": "team", "region": "450721" }));
    let team = bureau.post_json("/api/v1/referrers", team).await.assert_status(201).json();
    let members = format!("{}/members", path(&team));
    let member =
        json!({ "name": "甲示例", "identity_kind": "hk_macau_permit", "identity_number": "h12345678" });
    let member = bureau.post_json(&members, member).await.assert_status(201).json();
    assert_eq!(
        (&member["identity_kind"], &member["identity_number"]),
        (&json!("hk_macau_permit"), &json!("H******78"))
    );
    let at = format!("{members}/{}/disclosures", member["id"].as_str().unwrap());
    let wanted = |field: &str, reason: &str| json!({ "field": field, "reason": reason });
    let told = bureau.post_json(&at, wanted("identity_number", "核对身份")).await.assert_status(200).json();
    assert_eq!(told, json!({ "field": "identity_number", "value": "H12345678" }));
    bureau.post_json(&at, wanted("identity_number", " ")).await.assert_status(422);
    bureau.post_json(&at, wanted("bank_account", "核对")).await.assert_status(422);
    app.token(Role::Auditor).post_json(&at, wanted("identity_number", "核对")).await.assert_status(403);
    let foreign = app.user(Role::CountyOfficer).region("450722").token();
    foreign.post_json(&at, wanted("identity_number", "核对")).await.assert_status(404);
    let elsewhere = bureau.post_json("/api/v1/referrers", body(json!({ "kind": "team" })));
    let elsewhere = elsewhere.await.assert_status(201).json();
    let wrong = format!("{}/members/{}/disclosures", path(&elsewhere), member["id"].as_str().unwrap());
    bureau.post_json(&wrong, wanted("identity_number", "核对")).await.assert_status(404);
    // The trail says who looked at whose and why, never what he saw.
    let trail = app.token(Role::Auditor).get("/api/v1/audit?action=contact.disclose").await;
    let trail = trail.assert_status(200).text();
    assert!(trail.contains("甲示例") && trail.contains("核对身份") && !trail.contains("12345678"), "{trail}");
    let page = format!(
        "/referrers/{}/members/{}/disclosures",
        team["id"].as_str().unwrap(),
        member["id"].as_str().unwrap()
    );
    let browser = app.signed_in(Role::BureauOfficer);
    assert!(!browser.get(&page).await.assert_status(200).text().contains("H12345678"));
    let shown = browser.post_form(&page, &[("field", "identity_number"), ("reason", "核对")]).await;
    assert!(shown.assert_status(200).text().contains("H12345678"));
    // Together with all others of the day.
    for _ in 2..50 {
        bureau.post_json(&at, wanted("identity_number", "核对")).await.assert_status(200);
    }
    bureau.post_json(&at, wanted("identity_number", "核对")).await.assert_status(429);
}
