//! A photo or a paper that is sent with the follow-up's own form.

use crate::attachments::{PDF, PNG, files};
use crate::leads::{officer, register};
use crate::support::TestApp;
use serde_json::{Value, json};

const TYPED: [(&str, &str); 2] = [("kind", "visit_out"), ("content", "到厂房看了一圈")];

async fn timeline(client: &crate::support::Client, lead: &Value) -> Value {
    let path = format!("/api/v1/leads/{}/follow-ups", lead["id"].as_str().unwrap());
    client.get(&path).await.assert_status(200).json()["items"].clone()
}

#[actix_web::test]
async fn it_stands_with_the_follow_up_in_one_step() {
    let app = TestApp::new().await;
    let (browser, client) = (app.signed_in(yinfeng::accounts::Role::BureauOfficer), officer(&app));
    let lead = register(&client, json!({})).await;
    let path = format!("/leads/{}/follow-ups", lead["id"].as_str().unwrap());
    for (name, content, kind) in [("厂房.png", PNG, "photo"), ("纪要.pdf", PDF, "other")] {
        browser.upload(&path, &TYPED, name, content).await.assert_status(303);
        let follow_up = timeline(&client, &lead).await[0].clone();
        let papers = crate::attachments::list(&client, "follow_up", &follow_up).await.json();
        assert_eq!(papers["items"][0]["file_name"], name);
        assert_eq!(papers["items"][0]["kind"], kind);
    }
    // An empty chooser is no file, and a form without one is a form.
    browser.upload(&path, &TYPED, "", b"").await.assert_status(303);
    browser.post_form(&path, &TYPED).await.assert_status(303);
    assert_eq!(timeline(&client, &lead).await.as_array().unwrap().len(), 4);
    assert_eq!(files(&app).len(), 2);
}

#[actix_web::test]
async fn what_is_wrong_with_it_loses_nothing_that_was_typed() {
    let app = TestApp::new().await;
    let (browser, client) = (app.signed_in(yinfeng::accounts::Role::BureauOfficer), officer(&app));
    let lead = register(&client, json!({})).await;
    let path = format!("/leads/{}/follow-ups", lead["id"].as_str().unwrap());
    let program = browser.upload(&path, &TYPED, "厂房.png", b"MZ\x90\0").await.assert_status(422).text();
    assert!(program.contains("到厂房看了一圈") && program.contains("f-file-error"));
    let large = vec![0; 21 * 1024 * 1024];
    let large = browser.upload(&path, &TYPED, "厂房.png", &large).await.assert_status(422).text();
    assert!(large.contains("到厂房看了一圈") && large.contains("f-file-error"));
    // A good photo with a follow-up that is not: neither is kept.
    browser.upload(&path, &[("kind", "call")], "厂房.png", PNG).await.assert_status(422);
    assert_eq!(timeline(&client, &lead).await, json!([]));
    assert_eq!(files(&app).len(), 0);
}
