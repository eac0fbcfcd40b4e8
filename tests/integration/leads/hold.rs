//! Putting a lead on hold and taking it up again.

use super::{api, day, etag, officer, page, read, register};
use crate::support::TestApp;
use actix_web::http::Method;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_hold_has_a_reason_perhaps_a_day_and_an_end() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"next_follow_up_on": day(-4)})).await;
    assert_eq!(lead["overdue_days"], 4);
    let path = api(&lead, "/hold");
    for (body, field) in [
        (json!({"reason": ""}), "reason"),
        (json!({}), "reason"),
        (json!({"reason": "等", "until": day(-1)}), "until"),
        (json!({"reason": "等", "until": "soon"}), "until"),
    ] {
        let answer = client.post_json(&path, body.clone()).await.assert_status(422);
        assert_eq!(answer.faults()[0].0, field, "{body}");
    }
    let held = client
        .post_json(&path, json!({"reason": "等董事会", "until": day(0)}))
        .await
        .assert_status(200)
        .json();
    assert_eq!(held["status"], "on_hold");
    assert_eq!(held["hold"], json!({"reason": "等董事会", "until": day(0)}));
    assert_eq!(held["overdue_days"], Value::Null);
    client.post_json(&path, json!({"reason": "再等"})).await.assert_status(409);
    client.request(Method::DELETE, &path).await.assert_status(428);
    let active = client.delete(&path, &etag(&held)).await.assert_status(200).json();
    assert_eq!((&active["status"], &active["hold"]), (&json!("active"), &Value::Null));
    client.delete(&path, &etag(&active)).await.assert_status(409);
    // What is on hold can be closed.
    client.post_json(&path, json!({"reason": "等"})).await.assert_status(200);
    let closed = client.post_json(&api(&lead, "/closure"), json!({"kind": "market", "reason": "x"})).await;
    assert_eq!(closed.assert_status(200).json()["hold"], Value::Null);
    client.post_json(&path, json!({"reason": "等"})).await.assert_status(409);
}

#[actix_web::test]
async fn the_pages_hold_and_resume_with_the_next_day() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"next_follow_up_on": day(-4)})).await;
    let browser = app.signed_in(Role::BureauOfficer);
    let path = page(&lead, "/hold");
    browser.get(&path).await.assert_status(200);
    let wrong = [("reason", "等一等"), ("until", "someday"), ("version", "1")];
    let wrong = browser.post_form(&path, &wrong).await.assert_status(422).text();
    assert!(wrong.contains("等一等") && wrong.contains("someday"));
    browser.post_form(&path, &[("reason", "等一等"), ("version", "1")]).await.assert_status(303);
    let path = page(&lead, "/resumption");
    browser.get(&path).await.assert_status(200);
    let form = [("reason", "可以了"), ("next_follow_up_on", &day(3)), ("version", "2")];
    browser.post_form(&path, &form).await.assert_status(303);
    let lead = read(&client, &lead).await;
    assert_eq!((&lead["status"], &lead["next_follow_up_on"]), (&json!("active"), &json!(day(3))));
}
