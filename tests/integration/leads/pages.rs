//! `GET /leads/{id}`: each role sees its fields and what it may do now.

use super::{api, etag, officer, page, register};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn each_role_sees_its_fields_and_its_deeds() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let lead = register(&client, json!({
        "source": {"kind": "chamber", "chamber_id": liaison.chamber_id}, "content": "机密内容", "remark": "内部备注",
        "total_investment_fen": 123_000_000_00_i64, "contact": {"name": "林总", "phone": "12000000116"},
    })).await;
    let deeds =
        ["/edit\"", "/stage\"", "/assignment\"", "/hold\"", "/closure\"", "/deletion\"", "/disclosures\""];
    for (role, content, contact, allowed) in [
        (
            Role::BureauHead,
            true,
            true,
            vec![
                "/edit\"",
                "/stage\"",
                "/assignment\"",
                "/hold\"",
                "/closure\"",
                "/deletion\"",
                "/disclosures\"",
            ],
        ),
        (
            Role::BureauOfficer,
            true,
            true,
            vec![
                "/edit\"",
                "/stage\"",
                "/assignment\"",
                "/hold\"",
                "/closure\"",
                "/deletion\"",
                "/disclosures\"",
            ],
        ),
        (
            Role::CountyOfficer,
            true,
            true,
            vec!["/edit\"", "/stage\"", "/assignment\"", "/hold\"", "/closure\"", "/disclosures\""],
        ),
        (Role::CountyLeader, true, true, vec![]),
        (Role::LeadingGroup, true, true, vec![]),
        (Role::Auditor, true, true, vec![]),
        (Role::Federation, true, false, vec![]),
        (Role::ChamberLiaison, false, false, vec![]),
    ] {
        let html = app.signed_in(role).get(&page(&lead, "")).await.assert_status(200).text();
        assert_eq!(html.contains("机密内容"), content, "{role}");
        assert_eq!(html.contains("1.23 亿元"), content, "{role}");
        assert_eq!(html.contains("林总"), contact, "{role}");
        assert_eq!(html.contains("120****0116"), contact, "{role}");
        assert!(!html.contains("12000000116"), "{role}");
        let found: Vec<&str> = deeds.iter().copied().filter(|deed| html.contains(*deed)).collect();
        assert_eq!(found, allowed, "{role}");
    }
    for role in [Role::Admin, Role::FinanceReviewer, Role::ApprovalsOfficer] {
        app.signed_in(role).get(&page(&lead, "")).await.assert_status(403);
    }
    app.user(Role::ChamberLiaison).signed_in().get(&page(&lead, "")).await.assert_status(404);
    app.user(Role::CountyOfficer).region("450722").signed_in().get(&page(&lead, "")).await.assert_status(404);
    app.signed_in(Role::BureauOfficer).get("/leads/none").await.assert_status(404);
    app.anonymous().get(&page(&lead, "")).await.assert_status(303);
}

#[actix_web::test]
async fn the_deeds_follow_the_status() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let has = async |deed: &str| {
        browser.get(&page(&lead, "")).await.assert_status(200).text().contains(&format!("{deed}\""))
    };
    assert!(has("/hold").await && !has("/resumption").await && !has("/reopening").await);
    client.post_json(&api(&lead, "/hold"), json!({"reason": "等"})).await.assert_status(200);
    assert!(!has("/hold").await && has("/resumption").await && has("/closure").await && !has("/stage").await);
    client
        .post_json(&api(&lead, "/closure"), json!({"kind": "other", "reason": "停"}))
        .await
        .assert_status(200);
    assert!(!has("/closure").await && has("/reopening").await);
}

#[actix_web::test]
async fn a_long_history_shows_its_latest_and_then_all() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let mut lead = register(&client, json!({})).await;
    for number in 0..32 {
        let patch = json!({"remark": format!("第{number}次修改")});
        lead = client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200).json();
    }
    let browser = app.signed_in(Role::BureauOfficer);
    let short = browser.get(&page(&lead, "")).await.assert_status(200).text();
    assert!(short.contains("第31次修改") && !short.contains("第0次修改") && short.contains("timeline=all"));
    let long = browser.get(&page(&lead, "?timeline=all")).await.assert_status(200).text();
    assert!(long.contains("第31次修改") && long.contains("第0次修改"));
    browser.get(&page(&lead, "?timeline=some")).await.assert_status(400);
    browser.get(&page(&lead, "?x=1")).await.assert_status(400);
}
