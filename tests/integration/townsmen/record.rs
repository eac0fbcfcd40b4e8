//! Listing, changing, reviewing and removing.

use super::{PATH, list, path};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::clock;
use yinfeng::schema::{audit_entries, townsmen};

#[actix_web::test]
async fn nobody_is_listed_without_consent_and_who_introduced_him() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let tomorrow = clock::today().succ_opt().unwrap();
    for (more, fault) in [
        (json!({ "consent": " " }), ("consent", "required")),
        (json!({ "consent_on": null }), ("consent_on", "required")),
        (json!({ "consent_on": tomorrow }), ("consent_on", "date-in-future")),
        (json!({ "introducer": null }), ("introducer", "required")),
        (json!({ "home": "441900" }), ("home", "unknown")),
        (json!({ "chamber_id": "SH-9999" }), ("chamber_id", "unknown-chamber")),
        (json!({ "referrer_id": "YJ-9999" }), ("referrer_id", "unknown-referrer")),
    ] {
        let refused = list(&bureau, more.clone()).await.assert_status(422);
        assert_eq!(refused.faults(), [(fault.0.to_owned(), fault.1.to_owned())], "{more}");
    }
    let family = list(&bureau, json!({ "birthday": "1970-01-01" })).await.assert_status(422);
    assert_eq!(family.faults(), [("birthday".to_owned(), "unknown-field".to_owned())]);
    let chamber = app.new_chamber("示例商会");
    let made = list(&bureau, json!({ "introducer": null, "chamber_id": chamber })).await.assert_status(201);
    assert_eq!(made.json()["chamber"]["name"], "示例商会");
    assert_eq!(made.json()["review_due_on"], "2028-01-05");
}

#[actix_web::test]
async fn who_agreed_two_years_ago_is_asked_again() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let old = list(&bureau, json!({ "consent_on": "2020-03-01" })).await.assert_status(201).json();
    list(&bureau, json!({ "consent_on": clock::today(), "name": "另一位" })).await.assert_status(201);
    assert_eq!((&old["review_due"], &old["review_due_on"]), (&json!(true), &json!("2022-03-01")));
    let due = bureau.get(&format!("{PATH}?review_due=true&count=true")).await.assert_status(200).json();
    assert_eq!((&due["total"], &due["items"][0]["id"]), (&json!(1), &old["id"]));
    let review = format!("{}/review", path(&old));
    let early = bureau.post_json(&review, json!({ "consent_on": "2020-02-01" })).await.assert_status(422);
    assert_eq!(early.faults(), [("consent_on".to_owned(), "ends-before-it-begins".to_owned())]);
    let kept = bureau.post_json(&review, json!({})).await.assert_status(200).json();
    assert_eq!((&kept["review_due"], &kept["consent_on"]), (&json!(false), &json!(clock::today())));
    let due = bureau.get(&format!("{PATH}?review_due=true&count=true")).await.assert_status(200).json();
    assert_eq!(due["total"], 0);
}

#[actix_web::test]
async fn who_is_removed_is_gone_from_the_row_and_from_the_trail() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let made = list(&bureau, json!({})).await.assert_status(201);
    let etag = made.etag();
    let made = made.json();
    bureau.patch_json(&path(&made), "\"7\"", json!({ "help": "x" })).await.assert_status(412);
    bureau.patch_json(&path(&made), &etag, json!({ "help": "出面邀请企业" })).await.assert_status(200);
    let removal = format!("{}/removal", path(&made));
    let refused = bureau.post_json(&removal, json!({ "reason": " " })).await.assert_status(422);
    assert_eq!(refused.faults()[0].0, "reason");
    bureau.post_json(&removal, json!({ "reason": "本人要求" })).await.assert_status(204);
    bureau.get(&path(&made)).await.assert_status(404);
    app.token(Role::Auditor).get(&path(&made)).await.assert_status(404);
    let id = made["id"].as_str().unwrap().to_owned();
    let sealed: (Option<String>, Option<String>, Option<String>) = app.read(|conn| {
        townsmen::table
            .find(&id)
            .select((townsmen::key_encrypted, townsmen::details_encrypted, townsmen::home))
            .first(conn)
    });
    assert_eq!(sealed, (None, None, None));
    let told: Vec<(String, String)> = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::subject_id.eq(&id))
            .order(audit_entries::id.asc())
            .select((audit_entries::action, audit_entries::differences))
            .load(conn)
    });
    let actions: Vec<&str> = told.iter().map(|(action, _)| action.as_str()).collect();
    assert_eq!(
        actions,
        ["townsman.create", "townsman.update", "townsman.remove"],
        "that there was one stays"
    );
    for word in ["示例乡贤", "示例公司", "介绍玩具企业", "出面邀请"] {
        assert!(told.iter().all(|(_, differences)| !differences.contains(word)), "{word}: {told:?}");
    }
}

#[actix_web::test]
async fn a_referrer_of_his_kind_is_linked_and_no_other() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let referrer = |kind: &str| json!({ "kind": kind, "name": format!("示例{kind}") });
    let team = bureau.post_json("/api/v1/referrers", referrer("team")).await.assert_status(201).json();
    let refused = list(&bureau, json!({ "referrer_id": team["code"] })).await.assert_status(422);
    assert_eq!(refused.faults(), [("referrer_id".to_owned(), "not-a-townsman".to_owned())]);
    let own = bureau.post_json("/api/v1/referrers", referrer("townsman")).await.assert_status(201).json();
    let made = list(&bureau, json!({ "referrer_id": own["code"] })).await.assert_status(201).json();
    assert_eq!(made["referrer_id"], own["id"]);
    let there = format!("/api/v1/referrers/{}", own["id"].as_str().unwrap());
    bureau.delete(&there, "\"1\"").await.assert_status(409);
    let into = bureau.post_json("/api/v1/referrers", referrer("townsman")).await.assert_status(201).json();
    bureau.post_json(&format!("{there}/merger"), json!({ "into": into["code"] })).await.assert_status(200);
    assert_eq!(bureau.get(&path(&made)).await.json()["referrer_id"], into["id"]);
}

#[actix_web::test]
async fn a_merged_chamber_takes_its_townsmen_along() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let (from, into) = (app.new_chamber("写错的商会"), app.new_chamber("写对的商会"));
    let made = list(&bureau, json!({ "chamber_id": from })).await.assert_status(201).json();
    let merger = json!({ "into": into });
    bureau.post_json(&format!("/api/v1/chambers/{from}/merger"), merger).await.assert_status(200);
    assert_eq!(bureau.get(&path(&made)).await.json()["chamber"]["name"], "写对的商会");
}
