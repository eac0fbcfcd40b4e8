//! What is found about filings: told on each, and no reason to refuse one.

use super::{at, file, found, id, new_referrer};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::clock;

#[actix_web::test]
async fn what_speaks_against_a_payment_is_found_and_kept_up_to_date() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let of = json!({ "lead_id": lead["id"], "filed_on": clock::today().to_string() });
    let named = app.person(Role::BureauHead).display_name;
    let county = app.person(Role::CountyOfficer).username;
    let liaison = app.person(Role::ChamberLiaison);
    let chamber = liaison.chamber_id.clone().unwrap().to_string();
    for (changes, expected) in [
        (json!({}), vec![]),
        (json!({ "public_employee": true }), vec!["public_employee"]),
        (json!({ "public_employee": null }), vec!["undeclared"]),
        (json!({ "user_id": county }), vec!["official"]),
        (json!({ "name": named }), vec!["possibly_official"]),
        (json!({ "user_id": liaison.username }), vec!["liaison"]),
        (json!({ "user_id": liaison.username, "chamber_id": chamber }), vec![]),
        (json!({ "kind": "enterprise", "name": lead["investor_name"] }), vec!["investor_himself"]),
        (json!({ "kind": "agency" }), vec!["no_agreement"]),
        (json!({ "kind": "agency", "agreement_number": "委字 1 号" }), vec![]),
    ] {
        let referrer = new_referrer(&app, changes.clone()).await;
        let filing = file(&officer, &referrer, of.clone()).await.assert_status(201).json();
        assert_eq!(found(&filing), expected, "{changes}");
    }
    let person = new_referrer(&app, json!({})).await;
    let filing = file(&officer, &person, of).await.assert_status(201).json();
    let path = format!("/api/v1/referrers/{}", id(&person));
    officer.patch_json(&path, "\"1\"", json!({ "public_employee": true })).await.assert_status(200);
    assert_eq!(found(&officer.get(&at(&filing, "")).await.json()), ["public_employee"]);
}

#[actix_web::test]
async fn a_member_who_is_paid_counts_until_he_leaves() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let team = new_referrer(&app, json!({ "kind": "team" })).await;
    let members = format!("/api/v1/referrers/{}/members", id(&team));
    let add = async |name: &str, is_payee: bool, public_employee: bool| {
        let body = json!({ "name": name, "is_payee": is_payee, "public_employee": public_employee });
        officer.post_json(&members, body).await.assert_status(201)
    };
    add("甲示例", true, false).await;
    add("乙示例", false, true).await;
    let paid = add("丙示例", true, true).await;
    let of = json!({ "lead_id": lead["id"], "filed_on": clock::today().to_string() });
    let filing = file(&officer, &team, of).await.assert_status(201).json();
    assert_eq!(filing["findings"][0]["code"], "payee_public_employee");
    assert_eq!(
        (&filing["findings"][0]["weight"], &filing["findings"][0]["who"]),
        (&json!("blocks"), &json!("丙示例"))
    );
    let path = format!("{members}/{}", id(&paid.json()));
    let left = json!({ "left_on": clock::today().to_string() });
    officer.patch_json(&path, &paid.etag(), left).await.assert_status(200);
    assert_eq!(found(&officer.get(&at(&filing, "")).await.json()), Vec::<String>::new());
}

#[actix_web::test]
async fn one_person_filed_twice_for_a_case_is_told_on_both() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({})).await;
    let number = "11010519491231002X";
    let first = new_referrer(&app, json!({ "identity_number": number })).await;
    let again = json!({ "identity_number": number, "duplicate_reason": "同一人另设团队" });
    let second = new_referrer(&app, again).await;
    let of = json!({ "lead_id": lead["id"], "filed_on": clock::today().to_string() });
    let one = file(&officer, &first, of.clone()).await.assert_status(201).json();
    let two = file(&officer, &second, of).await.assert_status(201).json();
    for (filing, other) in [(&one, &second), (&two, &first)] {
        let read = officer.get(&at(filing, "")).await.json();
        assert_eq!(read["findings"][0]["code"], "same_person");
        assert_eq!(read["findings"][0]["who"], other["code"]);
    }
}
