//! Entering the pool of key projects, and leaving it.

use super::{new_project, path, report, sign};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_project_enters_with_a_formal_contract_or_a_filing() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let enter = json!({ "entered_on": "2024-03-01" });
    let project = new_project(&app, json!({})).await;
    let refused = officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(422);
    assert_eq!(refused.faults(), [("contract".into(), "no-contract-or-filing".into())]);

    let framework =
        json!({ "kind": "framework", "signed_on": "2024-01-02", "total_investment_fen": 1, "years": [] });
    officer.put_json(&path(&project, "/contract"), "\"1\"", framework).await.assert_status(200);
    officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(422);

    sign(&app, &project, "2024-02-01").await;
    let entered =
        officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(200).json();
    assert_eq!(entered["pool"], json!({ "entered_on": "2024-03-01", "withdrawn_on": null, "reason": null }));
    officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(409);

    let filed = new_project(&app, json!({ "filing_code": "2401-450721-04-01-000001" })).await;
    officer.post_json(&path(&filed, "/pool-entry"), enter).await.assert_status(200);
}

#[actix_web::test]
async fn a_planned_start_lies_within_24_months_and_a_leader_is_named() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({ "leader": null })).await;
    sign(&app, &project, "2024-02-01").await;
    report(&app, &project, "construction_start", json!({ "planned_on": "2026-03-02" }))
        .await
        .assert_status(200);
    let enter = json!({ "entered_on": "2024-03-01" });
    let refused = officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(422);
    assert_eq!(
        refused.faults(),
        [("leader".into(), "leader-required".into()), ("construction_start".into(), "start-too-late".into())]
    );
    report(&app, &project, "construction_start", json!({ "planned_on": "2026-03-01" }))
        .await
        .assert_status(200);
    let leader = json!({ "leader": app.person(Role::CountyLeader).username });
    let etag = super::read(&officer, &project).await.etag();
    officer.patch_json(&path(&project, ""), &etag, leader).await.assert_status(200);
    officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
    let etag = super::read(&officer, &project).await.etag();
    let nobody = officer.patch_json(&path(&project, ""), &etag, json!({ "leader": null })).await;
    assert_eq!(nobody.assert_status(422).faults(), [("leader".into(), "leader-required".into())]);
}

#[actix_web::test]
async fn a_project_leaves_with_a_reason_and_may_come_back() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    let withdrawal = json!({ "withdrawn_on": "2024-08-01", "reason": "投资方终止" });
    officer.post_json(&path(&project, "/withdrawal"), withdrawal.clone()).await.assert_status(409);
    sign(&app, &project, "2024-02-01").await;
    let enter = json!({ "entered_on": "2024-03-01" });
    officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(200);
    for (body, field, code) in [
        (json!({ "withdrawn_on": "2024-08-01", "reason": " " }), "reason", "reason-required"),
        (json!({ "withdrawn_on": "2024-02-01", "reason": "x" }), "withdrawn_on", "before-entry"),
        (json!({ "withdrawn_on": "2999-01-01", "reason": "x" }), "withdrawn_on", "date-in-future"),
    ] {
        let refused = officer.post_json(&path(&project, "/withdrawal"), body).await.assert_status(422);
        assert_eq!(refused.faults(), [(field.to_owned(), code.to_owned())]);
    }
    let out = officer.post_json(&path(&project, "/withdrawal"), withdrawal).await.assert_status(200).json();
    assert_eq!(out["pool"]["reason"], "投资方终止");
    let early = officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(422);
    assert_eq!(
        early.faults(),
        [("entered_on".into(), "before-withdrawal".into())],
        "a withdrawal stays a fact"
    );
    let enter = json!({ "entered_on": "2024-09-01" });
    let back = officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200).json();
    assert_eq!(back["pool"]["withdrawn_on"], Value::Null);
}

#[actix_web::test]
async fn what_opened_the_pool_to_a_project_stays_with_it() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2024-02-01").await;
    let early = json!({ "entered_on": "2024-01-31" });
    let refused = officer.post_json(&path(&project, "/pool-entry"), early).await.assert_status(422);
    assert_eq!(refused.faults(), [("entered_on".into(), "entry-before-contract".into())]);
    let enter = json!({ "entered_on": "2024-02-01" });
    let etag = officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200).etag();

    let framework = json!({ "kind": "framework", "signed_on": "2024-01-02", "total_investment_fen": 1 });
    let refused = officer.put_json(&path(&project, "/contract"), &etag, framework.clone()).await;
    assert_eq!(refused.assert_status(409).json()["code"], "pool-lacks-contract");
    let late = report(&app, &project, "construction_start", json!({ "planned_on": "2026-02-02" })).await;
    assert_eq!(late.assert_status(422).faults(), [("planned_on".into(), "start-too-late".into())]);
    report(&app, &project, "construction_start", json!({ "planned_on": "2026-02-01" }))
        .await
        .assert_status(200);

    let etag = super::read(&officer, &project).await.etag();
    let filing = json!({ "filing_code": "2401-450721-04-01-000002" });
    let etag = officer.patch_json(&path(&project, ""), &etag, filing).await.assert_status(200).etag();
    officer.put_json(&path(&project, "/contract"), &etag, framework).await.assert_status(200);
}

#[actix_web::test]
async fn the_pool_takes_key_projects_of_the_plans_industries_and_says_what_lacks() {
    let app = TestApp::new().await;
    let (officer, head) = (app.token(Role::BureauOfficer), app.token(Role::BureauHead));
    let small = json!({ "total_investment_fen": 100, "industry": "other" });
    let project = new_project(&app, small).await;
    sign(&app, &project, "2024-02-01").await;
    let enter = json!({ "entered_on": "2024-03-01" });
    let refused = officer.post_json(&path(&project, "/pool-entry"), enter.clone()).await.assert_status(422);
    let faults = [("key".into(), "not-key".into()), ("industry".into(), "not-covered-industry".into())];
    assert_eq!(refused.faults(), faults);
    let page = format!("/projects/{}", project["id"].as_str().unwrap());
    for at in [page.clone(), format!("{page}/pool-entry")] {
        let html = app.signed_in(Role::BureauOfficer).get(&at).await.assert_status(200).text();
        for lack in ["达到重点项目标准，或有认定", "属于优势特色产业，或认定为配套"]
        {
            assert_eq!(html.matches(lack).count(), 1, "{at} {lack}");
        }
        assert!(html.contains(&format!("href=\"{page}/edit\"")), "where it is put right");
    }
    let etag = super::read(&head, &project).await.etag();
    let found = json!({ "key": { "basis": "head", "reason": "补链" },
        "supporting_project": true, "supporting_finding": "为玩具厂配套" });
    head.patch_json(&path(&project, ""), &etag, found).await.assert_status(200);
    officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
}

#[actix_web::test]
async fn a_project_that_came_back_shows_where_it_was_before() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let project = new_project(&app, json!({})).await;
    sign(&app, &project, "2024-02-01").await;
    for (entered_on, withdrawn_on) in [("2024-03-01", Some("2025-08-01")), ("2026-01-05", None)] {
        let enter = json!({ "entered_on": entered_on });
        officer.post_json(&path(&project, "/pool-entry"), enter).await.assert_status(200);
        if let Some(day) = withdrawn_on {
            let body = json!({ "withdrawn_on": day, "reason": "资金未落实" });
            officer.post_json(&path(&project, "/withdrawal"), body).await.assert_status(200);
        }
    }
    let page = format!("/projects/{}", project["id"].as_str().unwrap());
    let html = app.signed_in(Role::Auditor).get(&page).await.assert_status(200).text();
    let before = html.split("以前在库").nth(1).unwrap().split("</ol>").next().unwrap().to_owned();
    assert!(before.contains("2024-03-01") && before.contains("2025-08-01") && before.contains("资金未落实"));
}
