//! Identity numbers, credit codes and accounts: checked, encrypted, masked, shown with a reason, found when double.

use super::path;
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::schema::{audit_entries, referrers};

const NUMBER: &str = "11010519491231002X";
const ACCOUNT: &str = "6200000000001234";

fn body(changes: Value) -> Value {
    let mut body =
        json!({ "kind": "person", "name": "韦示例", "region": "450721", "public_employee": false });
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

#[actix_web::test]
async fn numbers_are_masked_wherever_they_are_shown_and_ciphertext_wherever_they_are_kept() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let full = body(json!({
        "identity_number": "11010519491231002x", "uscc": "91440300MACADR683J", "bank_name": "示例银行",
        "bank_account": "6200 0000 0000 1234", "declared_on": "2024-03-01",
    }));
    let made = county.post_json("/api/v1/referrers", full).await.assert_status(201);
    let referrer = made.json();
    assert_eq!(referrer["identity_number"], "1101**********002X");
    assert_eq!(referrer["bank_account"], "****1234");
    assert_eq!(
        (&referrer["public_employee"], &referrer["declared_on"]),
        (&json!(false), &json!("2024-03-01"))
    );
    // The bureau keeps referrers, but accounts are the county's to enter and finance's to read.
    for (role, account) in [(Role::BureauOfficer, Value::Null), (Role::Auditor, json!("****1234"))] {
        let shown = app.token(role).get(&path(&referrer)).await.assert_status(200).json();
        assert_eq!(
            (&shown["bank_account"], &shown["identity_number"]),
            (&account, &referrer["identity_number"])
        );
    }
    let page =
        app.signed_in(Role::CountyOfficer).get(&format!("/referrers/{}", referrer["id"].as_str().unwrap()));
    let page = page.await.assert_status(200).text();
    assert!(page.contains("1101**********002X") && page.contains("****1234"), "{page}");
    county.patch_json(&path(&referrer), &made.etag(), json!({ "note": "改" })).await.assert_status(200);
    let clear = |text: &str| text.contains(NUMBER) || text.contains(ACCOUNT) || text.contains("10519491231");
    assert!(!clear(&page));
    let kept: Vec<(Option<String>, Option<String>)> = app.write(|conn| {
        referrers::table.select((referrers::identity_encrypted, referrers::account_encrypted)).load(conn)
    });
    assert!(kept.iter().all(|(one, two)| !clear(one.as_ref().unwrap()) && !clear(two.as_ref().unwrap())));
    let told: Vec<String> =
        app.write(|conn| audit_entries::table.select(audit_entries::differences).load(conn));
    assert!(told.iter().any(|entry| entry.contains("identity_number")));
    assert!(told.iter().all(|entry| !clear(entry)));
}

#[actix_web::test]
async fn wrong_numbers_are_told_at_their_fields() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    for (changes, field, code) in [
        (json!({ "identity_number": "110105194912310021" }), "identity_number", "identity-check"),
        (json!({ "identity_number": "1101051949123100" }), "identity_number", "identity-length"),
        (json!({ "uscc": "91440300MACADR683K" }), "uscc", "uscc-check"),
        (json!({ "bank_account": "12" }), "bank_account", "not-an-account"),
        (json!({ "declared_on": "2999-01-01" }), "declared_on", "date-in-future"),
        (json!({ "chamber_id": "SH-9999" }), "chamber_id", "unknown-chamber"),
        (json!({ "user_id": "nobody-here" }), "user_id", "unknown-user"),
        (
            json!({ "agreement_from": "2024-02-01", "agreement_to": "2024-01-01" }),
            "agreement_to",
            "ends-before-it-begins",
        ),
    ] {
        let refused = county.post_json("/api/v1/referrers", body(changes.clone())).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())], "{changes}");
    }
    let bureau = app.token(Role::BureauOfficer);
    let account = body(json!({ "bank_account": ACCOUNT }));
    let refused = bureau.post_json("/api/v1/referrers", account).await.assert_status(403);
    assert_eq!(refused.faults(), [("bank_account".to_owned(), "forbidden-field".to_owned())]);
}

#[actix_web::test]
async fn a_number_of_another_is_told_before_it_is_saved() {
    let app = TestApp::new().await;
    let (bureau, foreign) =
        (app.token(Role::BureauOfficer), app.user(Role::CountyOfficer).region("450722").token());
    let first = body(json!({ "identity_number": NUMBER }));
    let first = bureau.post_json("/api/v1/referrers", first).await.assert_status(201).json();
    let double = json!({ "identity_number": NUMBER, "region": null });
    let refused = bureau.post_json("/api/v1/referrers", body(double.clone())).await.assert_status(409);
    let known = refused.json();
    assert_eq!(known["errors"][0]["code"], "number-of-another");
    assert!(known["errors"][0]["message"].as_str().unwrap().contains(first["code"].as_str().unwrap()));
    // Outside his scope a referrer has no code.
    let unseen = foreign.post_json("/api/v1/referrers", body(double)).await.assert_status(409).json();
    assert_eq!(unseen["errors"][0]["code"], "number-of-an-unseen");
    assert!(!unseen.to_string().contains(first["code"].as_str().unwrap()));
    let reasoned = body(json!({ "identity_number": NUMBER, "duplicate_reason": "同一人另设团队" }));
    let made = bureau.post_json("/api/v1/referrers", reasoned).await.assert_status(201);
    let second = made.json();
    // What is there already is not asked about again.
    let edit = bureau.patch_json(&path(&second), &made.etag(), json!({ "note": "改" }));
    let etag = edit.await.assert_status(200).etag();
    let other = json!({ "identity_number": null });
    let etag = bureau.patch_json(&path(&second), &etag, other).await.assert_status(200).etag();
    let back = json!({ "identity_number": NUMBER });
    bureau.patch_json(&path(&second), &etag, back).await.assert_status(409);
}

#[actix_web::test]
async fn a_number_is_shown_with_a_reason_to_who_may_see_it() {
    let app = TestApp::new().await;
    let (county, bureau) = (app.token(Role::CountyOfficer), app.token(Role::BureauOfficer));
    let full = body(json!({ "identity_number": NUMBER, "bank_account": ACCOUNT }));
    let referrer = county.post_json("/api/v1/referrers", full).await.assert_status(201).json();
    let disclosures = format!("{}/disclosures", path(&referrer));
    let wanted = |field: &str, reason: &str| json!({ "field": field, "reason": reason });
    for (field, value) in [("identity_number", NUMBER), ("bank_account", ACCOUNT)] {
        let told = county.post_json(&disclosures, wanted(field, "核对")).await.assert_status(200).json();
        assert_eq!((&told["field"], &told["value"]), (&json!(field), &json!(value)));
    }
    bureau.post_json(&disclosures, wanted("identity_number", "核对")).await.assert_status(200);
    bureau.post_json(&disclosures, wanted("bank_account", "核对")).await.assert_status(403);
    county.post_json(&disclosures, wanted("identity_number", " ")).await.assert_status(422);
    app.token(Role::Auditor)
        .post_json(&disclosures, wanted("identity_number", "核对"))
        .await
        .assert_status(403);
    for _ in 2..50 {
        county.post_json(&disclosures, wanted("identity_number", "核对")).await.assert_status(200);
    }
    county.post_json(&disclosures, wanted("identity_number", "核对")).await.assert_status(429);
}

#[actix_web::test]
async fn a_form_keeps_the_numbers_that_it_does_not_show() {
    let app = TestApp::new().await;
    let county = app.token(Role::CountyOfficer);
    let full = body(json!({ "identity_number": NUMBER, "bank_account": ACCOUNT, "bank_name": "示例银行" }));
    let made = county.post_json("/api/v1/referrers", full).await.assert_status(201).json();
    let page = format!("/referrers/{}", made["id"].as_str().unwrap());
    let form =
        app.signed_in(Role::BureauOfficer).get(&format!("{page}/edit")).await.assert_status(200).text();
    assert!(!form.contains(NUMBER) && !form.contains("bank_account"), "{form}");
    let fields =
        [("version", "1"), ("kind", "person"), ("name", "韦示例"), ("declaration", "public_employee")];
    app.signed_in(Role::BureauOfficer).post_form(&page, &fields).await.assert_status(303);
    let shown = county.get(&path(&made)).await.assert_status(200).json();
    assert_eq!(
        (&shown["identity_number"], &shown["bank_account"]),
        (&made["identity_number"], &made["bank_account"])
    );
    assert_eq!(shown["public_employee"], true);
}
