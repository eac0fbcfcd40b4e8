//! A phone in full: to whom, with which reason, how often, and what the trail keeps of it.

use super::{api, officer, page, read, register};
use crate::support::TestApp;
use diesel::prelude::*;
use serde_json::json;
use yinfeng::accounts::Role;
use yinfeng::schema::audit_entries;

const PHONE: &str = "12000000108";

fn contact() -> serde_json::Value {
    json!({"name": "林总", "phone": PHONE, "email": "lin@example.com"})
}

#[actix_web::test]
async fn who_may_sees_the_field_once_and_the_trail_tells_of_it() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"contact": contact()})).await;
    let path = api(&lead, "/disclosures");
    let body = json!({"field": "phone", "reason": "约时间"});
    let shown = client.post_json(&path, body.clone()).await.assert_status(200).json();
    assert_eq!(shown, json!({"field": "phone", "value": PHONE}));
    let trail = app.read(|conn| {
        audit_entries::table
            .filter(audit_entries::action.eq("contact.disclose"))
            .select((audit_entries::reason, audit_entries::differences, audit_entries::subject_id))
            .load::<(Option<String>, String, String)>(conn)
    });
    assert_eq!(trail.len(), 1);
    assert_eq!((trail[0].0.as_deref(), trail[0].2.as_str()), (Some("约时间"), lead["id"].as_str().unwrap()));
    assert!(trail[0].1.contains("phone") && !trail[0].1.contains(PHONE));
    assert_eq!(read(&client, &lead).await["version"], 1, "looking changes nothing");
    for (body, field) in [
        (json!({"field": "phone", "reason": " "}), "reason"),
        (json!({"field": "phone"}), "reason"),
        (json!({"field": "salary", "reason": "x"}), "field"),
    ] {
        assert_eq!(client.post_json(&path, body).await.assert_status(422).faults()[0].0, field);
    }
    let email = client.post_json(&path, json!({"field": "email", "reason": "发材料"})).await;
    assert_eq!(email.assert_status(200).json()["value"], "lin@example.com");
    assert_eq!(
        app.read(|conn| audit_entries::table
            .filter(audit_entries::action.eq("contact.disclose"))
            .count()
            .get_result::<i64>(conn)),
        2
    );
    for (role, status) in [
        (Role::BureauHead, 200),
        (Role::CountyOfficer, 200),
        (Role::CountyLeader, 403),
        (Role::Auditor, 403),
        (Role::LeadingGroup, 403),
        (Role::Federation, 404),
        (Role::ChamberLiaison, 404),
        (Role::Admin, 403),
    ] {
        app.token(role).post_json(&path, body.clone()).await.assert_status(status);
    }
    // Neither his nor registered by him.
    app.user(Role::BureauOfficer).token().post_json(&path, body).await.assert_status(403);
}

#[actix_web::test]
async fn fifty_in_a_day_are_enough() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"contact": contact()})).await;
    let path = api(&lead, "/disclosures");
    for _ in 0..50 {
        client.post_json(&path, json!({"field": "phone", "reason": "x"})).await.assert_status(200);
    }
    let answer = client.post_json(&path, json!({"field": "phone", "reason": "x"})).await.assert_status(429);
    assert!(answer.header("retry-after").is_some() && !answer.text().contains(PHONE));
    app.token(Role::BureauHead)
        .post_json(&path, json!({"field": "phone", "reason": "x"}))
        .await
        .assert_status(200);
}

#[actix_web::test]
async fn the_page_asks_for_a_reason_and_shows_it_once() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"contact": contact()})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&lead, "/disclosures");
    let html = browser.get(&page(&lead, "")).await.assert_status(200).text();
    assert!(html.contains("120****0108") && !html.contains(PHONE));
    assert!(html.contains(&format!("action=\"{path}\"")));
    assert!(!browser.get(&path).await.assert_status(200).text().contains(PHONE));
    let none = browser.post_form(&path, &[("reason", "")]).await.assert_status(422);
    assert!(!none.text().contains(PHONE));
    let shown = browser.post_form(&path, &[("reason", "约时间")]).await.assert_status(200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let shown = shown.text();
    assert!(shown.contains(PHONE) && !shown.contains("lin@example.com"), "one field at a time");
    assert!(!browser.get(&path).await.text().contains(PHONE));
    app.signed_in(Role::CountyLeader).get(&path).await.assert_status(403);
    let leader = app.signed_in(Role::CountyLeader).get(&page(&lead, "")).await.assert_status(200).text();
    assert!(leader.contains("120****0108") && !leader.contains("/disclosures"));
}
