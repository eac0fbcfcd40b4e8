//! Closing a lead and reopening it.

use super::{api, etag, officer, page, read, register, written};
use crate::support::TestApp;
use actix_web::http::Method;
use serde_json::{Value, json};
use yinfeng::accounts::Role;
use yinfeng::leads::model::ClosureKind;

#[actix_web::test]
async fn a_lead_closes_with_a_kind_and_a_reason_and_reopens_where_it_was() {
    let app = TestApp::new().await;
    let client = officer(&app);
    for kind in ClosureKind::ALL {
        let lead =
            register(&client, json!({"stage": "negotiation", "next_follow_up_on": "2026-01-01"})).await;
        let path = api(&lead, "/closure");
        let closed =
            client.post_json(&path, json!({"kind": kind, "reason": "对方已停"})).await.assert_status(200);
        let closed = closed.json();
        assert_eq!(closed["status"], "closed");
        assert_eq!(closed["closure"], json!({"kind": kind, "reason": "对方已停"}));
        assert_eq!(closed["overdue_days"], Value::Null, "what is closed is not overdue");
        assert_eq!(closed["stage"], "negotiation");
        client.post_json(&path, json!({"kind": kind, "reason": "再来"})).await.assert_status(409);
        client.request(Method::DELETE, &path).await.assert_status(428);
        client.delete(&format!("{path}?reason=%E5%A4%8D"), "\"1\"").await.assert_status(412);
        client.delete(&path, &etag(&closed)).await.assert_status(422);
        client.delete(&format!("{path}?why=x"), &etag(&closed)).await.assert_status(400);
        let open = client
            .delete(&format!("{path}?reason=%E5%A4%8D"), &etag(&closed))
            .await
            .assert_status(200)
            .json();
        assert_eq!((&open["status"], &open["closure"]), (&json!("active"), &Value::Null));
        assert_eq!(open["stage"], "negotiation");
        assert!(open["overdue_days"].as_i64().unwrap() > 0);
        client.delete(&format!("{path}?reason=x"), &etag(&open)).await.assert_status(409);
    }
}

#[actix_web::test]
async fn a_closure_without_kind_or_reason_is_refused() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let before = written(&app);
    for (body, field) in [
        (json!({"kind": "land"}), "reason"),
        (json!({"kind": "land", "reason": " "}), "reason"),
        (json!({"reason": "x"}), "kind"),
        (json!({"kind": "tired", "reason": "x"}), "kind"),
        (json!({"kind": "land", "reason": "x", "more": 1}), "more"),
    ] {
        let answer = client.post_json(&api(&lead, "/closure"), body.clone()).await.assert_status(422);
        assert_eq!(answer.faults()[0].0, field, "{body}");
    }
    client
        .post_json(&api(&lead, "/closure"), json!({"kind": "land", "reason": "x"}))
        .if_match("\"3\"")
        .await
        .assert_status(412);
    assert_eq!(written(&app), before);
    for role in [Role::CountyLeader, Role::Auditor, Role::LeadingGroup, Role::Admin] {
        let answer =
            app.token(role).post_json(&api(&lead, "/closure"), json!({"kind": "land", "reason": "x"})).await;
        answer.assert_status(403);
    }
}

#[actix_web::test]
async fn the_pages_close_and_reopen() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&lead, "/closure");
    browser.get(&path).await.assert_status(200);
    let empty =
        browser.post_form(&path, &[("reason", "没有土地"), ("version", "1")]).await.assert_status(422);
    assert!(empty.text().contains("没有土地"));
    let form = [("kind", "land"), ("reason", "没有土地"), ("version", "1")];
    browser.post_form(&path, &form).await.assert_status(303);
    assert_eq!(read(&client, &lead).await["closure"]["kind"], "land");
    let shown = browser.get(&page(&lead, "")).await.assert_status(200).text();
    assert!(shown.contains("没有土地") && shown.contains("/reopening"));
    assert!(!shown.contains("/closure\""), "what is closed cannot be closed");
    let again = browser.post_form(&path, &form).await;
    assert!(matches!(again.status(), 409 | 412), "{}", again.status());
    let path = page(&lead, "/reopening");
    browser.get(&path).await.assert_status(200);
    browser.post_form(&path, &[("version", "2")]).await.assert_status(422);
    browser.post_form(&path, &[("reason", "有地了"), ("version", "2")]).await.assert_status(303);
    assert_eq!(read(&client, &lead).await["status"], "active");
}

#[actix_web::test]
async fn a_lead_whose_project_stands_in_the_pool_is_neither_closed_nor_deleted() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = app.new_lead(json!({ "stage": "contract", "industry": "toy_garment", "total_investment_fen": 20_000_000_000_i64 })).await;
    let body = json!({ "lead_id": lead["id"], "leader": app.person(Role::CountyLeader).username });
    let project = client.post_json("/api/v1/projects", body).await.assert_status(201).json();
    crate::projects::sign(&app, &project, "2024-02-01").await;
    let enter = json!({ "entered_on": "2024-03-01" });
    client.post_json(&crate::projects::path(&project, "/pool-entry"), enter).await.assert_status(200);

    let closure = json!({"kind": "funding", "reason": "对方已停"});
    let refused = client.post_json(&api(&lead, "/closure"), closure.clone()).await.assert_status(409);
    assert_eq!(refused.faults(), [("project".into(), "lead-in-pool".into())]);
    let (browser, head) = (app.signed_in(Role::BureauOfficer), app.signed_in(Role::BureauHead));
    let way = format!("href=\"/projects/{}\"", project["id"].as_str().unwrap());
    let form = browser.get(&page(&lead, "/closure")).await.assert_status(200).text();
    assert!(form.contains(&way) && !form.contains("name=\"reason\""), "the way to the project, and no form");
    let etag = app.token(Role::BureauHead).get(&api(&lead, "")).await.etag();
    let kept = app.token(Role::BureauHead).delete(&api(&lead, ""), &etag).await.assert_status(409);
    assert_eq!(kept.faults(), [("project".into(), "lead-is-project".into())]);
    assert!(head.get(&page(&lead, "/deletion")).await.assert_status(200).text().contains(&way));

    let out = json!({ "withdrawn_on": "2024-08-01", "reason": "终止" });
    client.post_json(&crate::projects::path(&project, "/withdrawal"), out).await.assert_status(200);
    client.post_json(&api(&lead, "/closure"), closure).await.assert_status(200);
}
