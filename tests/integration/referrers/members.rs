//! Members of a team: they come, change and leave.

use super::{add, path};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_team_has_members_who_come_change_and_leave() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let team = json!({ "kind": "team", "name": "示例团队" });
    let team = bureau.post_json("/api/v1/referrers", team).await.assert_status(201).json();
    let members = format!("{}/members", path(&team));
    let member = json!({ "name": "甲示例", "identity_number": "11010519491231002X", "is_payee": true });
    let made = bureau.post_json(&members, member).await.assert_status(201);
    let shown = made.json();
    assert_eq!(shown["identity_number"], "1101**********002X");
    assert_eq!((&shown["is_payee"], &shown["public_employee"]), (&json!(true), &json!(null)));
    assert_eq!(made.etag(), "\"2\"", "the team's next version");
    let one = format!("{members}/{}", shown["id"].as_str().unwrap());
    let patch = json!({ "public_employee": false, "joined_on": "2024-01-01" });
    let changed = bureau.patch_json(&one, "\"2\"", patch).await.assert_status(200);
    assert_eq!(changed.json()["identity_number"], "1101**********002X", "what is not named stays");
    bureau.patch_json(&one, "\"2\"", json!({ "name": "乙示例" })).await.assert_status(412);
    for (left_on, code) in [("2999-01-01", "date-in-future"), ("2023-12-31", "ends-before-it-begins")] {
        let refused =
            bureau.patch_json(&one, "\"3\"", json!({ "left_on": left_on })).await.assert_status(422);
        assert_eq!(refused.faults(), [("left_on".to_owned(), code.to_owned())]);
    }
    bureau.patch_json(&one, "\"3\"", json!({ "left_on": "2024-08-01" })).await.assert_status(200);
    let list = bureau.get(&members).await.assert_status(200).json();
    assert_eq!(list["items"][0]["left_on"], "2024-08-01");
    let person = add(&bureau, "韦示例", None).await;
    let refused = bureau.post_json(&format!("{}/members", path(&person)), json!({ "name": "丙示例" })).await;
    assert_eq!(refused.assert_status(409).json()["code"], "not-a-team");
    let elsewhere = format!("{}/members/{}", path(&person), shown["id"].as_str().unwrap());
    bureau.patch_json(&elsewhere, "\"1\"", json!({})).await.assert_status(404);
}

#[actix_web::test]
async fn a_form_adds_a_member_and_keeps_his_number() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let team = json!({ "kind": "team", "name": "示例团队" });
    let team = bureau.post_json("/api/v1/referrers", team).await.assert_status(201).json();
    let (page, browser) =
        (format!("/referrers/{}/members", team["id"].as_str().unwrap()), app.signed_in(Role::BureauOfficer));
    let wrong = [("version", "1"), ("name", "甲示例"), ("identity_number", "1")];
    let back = browser.post_form(&page, &wrong).await.assert_status(422).text();
    assert!(back.contains("f-identity_number-error"), "{back}");
    let right = [
        ("version", "1"),
        ("name", "甲示例"),
        ("identity_number", "11010519491231002X"),
        ("is_payee", "true"),
        ("declaration", "none"),
    ];
    browser.post_form(&page, &right).await.assert_status(303);
    let members = bureau.get(&format!("{}/members", path(&team))).await.json();
    let one = &members["items"][0];
    assert_eq!((&one["is_payee"], &one["public_employee"]), (&json!(true), &json!(false)));
    let edit = format!("{page}/{}", one["id"].as_str().unwrap());
    assert!(!browser.get(&edit).await.assert_status(200).text().contains("11010519491231002X"));
    let change = [("version", "2"), ("name", "甲示例"), ("declaration", "none")];
    browser.post_form(&edit, &change).await.assert_status(303);
    let members = bureau.get(&format!("{}/members", path(&team))).await.json();
    assert_eq!(members["items"][0]["identity_number"], "1101**********002X");
    assert_eq!(members["items"][0]["is_payee"], false);
}

#[actix_web::test]
async fn nobody_is_two_members_of_one_team() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let team = async |name: &str| {
        let team = json!({ "kind": "team", "name": name });
        bureau.post_json("/api/v1/referrers", team).await.assert_status(201).json()
    };
    let (first, second) = (team("示例团队").await, team("示例团队二").await);
    let members = format!("{}/members", path(&first));
    let member = |name: &str, number: &str| json!({ "name": name, "identity_number": number });
    let known = bureau.post_json(&members, member("甲示例", "11010519491231002X")).await;
    let known = known.assert_status(201).json();
    let twice = [("identity_number".to_owned(), "member-twice".to_owned())];
    // In another width and case it is the same number.
    let refused = bureau.post_json(&members, member("乙示例", "１１０１０５19491231002x")).await;
    let refused = refused.assert_status(422);
    assert_eq!(refused.faults(), twice);
    assert!(refused.json().to_string().contains("甲示例"), "it says who has the number");
    let other = bureau.post_json(&members, member("丙示例", "450799199001010011")).await;
    let other = other.assert_status(201);
    let one = format!("{members}/{}", other.json()["id"].as_str().unwrap());
    let taken = json!({ "identity_number": "11010519491231002X" });
    assert_eq!(bureau.patch_json(&one, &other.etag(), taken).await.assert_status(422).faults(), twice);
    let page = one.replace("/api/v1", "");
    let form = [("version", "3"), ("name", "丙示例"), ("identity_number", "11010519491231002X")];
    let back = app.signed_in(Role::BureauOfficer).post_form(&page, &form).await.assert_status(422).text();
    assert!(back.contains("甲示例") && back.contains("f-identity_number-error"), "{back}");
    // Of another team he may be one, but the two teams do not become one with him in both.
    let elsewhere = format!("{}/members", path(&second));
    bureau.post_json(&elsewhere, member("甲示例", "11010519491231002X")).await.assert_status(201);
    let into = json!({ "into": second["code"] });
    let merged = bureau.post_json(&format!("{}/merger", path(&first)), into.clone()).await.assert_status(422);
    assert_eq!(merged.faults(), [("into".to_owned(), "member-of-both".to_owned())]);
    // Who left may come again.
    let gone = format!("{members}/{}", known["id"].as_str().unwrap());
    let left = bureau.patch_json(&gone, "\"3\"", json!({ "left_on": "2024-08-01" })).await.assert_status(200);
    let again = bureau.post_json(&members, member("甲示例", "11010519491231002X")).await.assert_status(201);
    assert_ne!(again.etag(), left.etag());
    // And he does not come back into the place that he left.
    let back = bureau.patch_json(&gone, &again.etag(), json!({ "left_on": null })).await.assert_status(422);
    assert_eq!(back.faults(), twice);
}

#[actix_web::test]
async fn nobody_is_born_in_the_future() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let wrong = [("identity_number".to_owned(), "identity-birth-date".to_owned())];
    // 1 January 2099, with the right check character.
    let person = json!({ "kind": "person", "name": "韦示例", "identity_number": "450799209901010013" });
    assert_eq!(bureau.post_json("/api/v1/referrers", person).await.assert_status(422).faults(), wrong);
    let team = json!({ "kind": "team", "name": "示例团队" });
    let team = bureau.post_json("/api/v1/referrers", team).await.assert_status(201).json();
    let member = json!({ "name": "甲示例", "identity_number": "450799209901010013" });
    let refused = bureau.post_json(&format!("{}/members", path(&team)), member).await.assert_status(422);
    assert_eq!(refused.faults(), wrong);
}
