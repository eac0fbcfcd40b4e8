//! A company is known by every name under which it was reported.

use crate::leads::{api, body, etag, officer, read, register, uscc, with};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

const FIRST: &str = "深圳市晨星塑胶有限公司";
const OTHER: &str = "惠州远帆实业有限公司";

/// The leads that a report of this name, without a code, is a duplicate of.
async fn duplicates(client: &Client, name: &str) -> Vec<Value> {
    let answer = client.post_json("/api/v1/leads", body(name)).await.assert_status(409).json();
    answer["duplicates"].as_array().unwrap().iter().map(|one| one["lead_id"].clone()).collect()
}

#[actix_web::test]
async fn a_name_that_only_a_later_report_used_is_known_too() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let first = register(&client, json!({"investor_name": FIRST, "uscc": uscc(201)})).await;
    let again = json!({"investor_name": OTHER, "uscc": uscc(201), "duplicate_reason": "二期"});
    let second = register(&client, again).await;
    assert_eq!(duplicates(&client, OTHER).await, [first["id"].clone(), second["id"].clone()]);
    assert_eq!(duplicates(&client, "惠州市远帆实业（集团）有限公司").await.len(), 2);
    // Typed short, it is found as a similar name.
    let asked = serde_urlencoded::to_string([("investor_name", "远帆实")]).unwrap();
    let items = client.get(&format!("/api/v1/duplicates?{asked}")).await.assert_status(200).json();
    assert_eq!(items["items"][0]["reason"], "similar_name");
    // A ledger's row finds it as well.
    let ledger = format!("投资方,县区,来源\n{OTHER},灵山县,自荐\n惠州另一家有限公司,灵山县,自荐\n");
    let upload = client.upload("/api/v1/imports", &[("kind", "leads")], "ledger.csv", ledger.as_bytes());
    let import = upload.await.assert_status(201).json();
    assert_eq!((&import["duplicate"], &import["new"]), (&json!(1), &json!(1)));
    let rows = client.get(&format!("/api/v1/imports/{}/rows", import["id"].as_str().unwrap())).await.json();
    assert_eq!(rows["items"][0]["of_lead"], first["id"]);
}

#[actix_web::test]
async fn a_code_that_is_added_later_brings_the_name_along() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let first = register(&client, json!({"investor_name": FIRST, "uscc": uscc(202)})).await;
    let second = register(&client, json!({"investor_name": OTHER})).await;
    let patch = json!({"uscc": uscc(202), "duplicate_reason": "同一家"});
    client.patch_json(&api(&second, ""), &etag(&second), patch).await.assert_status(200);
    client.delete(&api(&second, ""), "\"2\"").await.assert_status(204);
    assert_eq!(duplicates(&client, OTHER).await, [first["id"].clone()], "by its other name");
}

#[actix_web::test]
async fn a_rename_is_remembered() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let lead = register(&client, json!({"investor_name": FIRST, "uscc": uscc(203)})).await;
    let patch = json!({"investor_name": OTHER});
    client.patch_json(&api(&lead, ""), &etag(&lead), patch).await.assert_status(200);
    assert_eq!(duplicates(&client, OTHER).await, [lead["id"].clone()]);
    assert_eq!(duplicates(&client, FIRST).await, [lead["id"].clone()], "and its old name is not forgotten");
    let elsewhere = with(body("东莞市晨星塑胶有限公司"), json!({}));
    client.post_json("/api/v1/leads", elsewhere).await.assert_status(201);
}

#[actix_web::test]
async fn an_edit_that_makes_a_lead_a_duplicate_is_refused_until_a_reason_is_given() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let first = register(&client, json!({"investor_name": FIRST, "uscc": uscc(204)})).await;
    let second = register(&client, json!({"investor_name": OTHER})).await;
    let path = api(&second, "");
    for patch in [json!({"uscc": uscc(204)}), json!({"investor_name": "深圳晨星塑胶有限公司"})] {
        let answer = client.patch_json(&path, &etag(&second), patch).await.assert_status(409);
        assert_eq!(answer.json()["duplicates"][0]["lead_id"], first["id"]);
    }
    assert_eq!(read(&client, &second).await, second);
    // By the page as well: the form comes back and asks why.
    let browser = app.signed_in(Role::BureauOfficer);
    let code = uscc(204);
    let typed = [("version", "1"), ("uscc", code.as_str())];
    let page = crate::leads::page(&second, "");
    let html = browser.post_form(&page, &typed).await.assert_status(409).text();
    assert!(html.contains("name=\"duplicate_reason\"") && html.contains(first["code"].as_str().unwrap()));
    let patch = json!({"uscc": uscc(204), "duplicate_reason": "二期"});
    let second = client.patch_json(&path, &etag(&second), patch).await.assert_status(200).json();
    // For the same one it was said; for another it has to be said again.
    let patch = json!({"investor_name": "深圳晨星塑胶有限公司"});
    let second = client.patch_json(&path, &etag(&second), patch).await.assert_status(200).json();
    register(&client, json!({"investor_name": "佛山云帆科技有限公司"})).await;
    let patch = json!({"investor_name": "佛山云帆科技有限公司", "uscc": null});
    client.patch_json(&path, &etag(&second), patch.clone()).await.assert_status(409);
    let patch = with(patch, json!({"duplicate_reason": "二期"}));
    client.patch_json(&path, &etag(&second), patch).await.assert_status(200);
}

#[actix_web::test]
async fn an_origin_is_the_leads_own() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let first =
        register(&client, json!({"investor_name": FIRST, "uscc": uscc(205), "origin": "440300"})).await;
    let again =
        json!({"investor_name": FIRST, "origin": "JP", "duplicate_reason": "二期", "county": "450722"});
    let second = register(&client, again).await;
    assert_eq!(second["origin"], "JP");
    assert_eq!(read(&client, &first).await, first, "nothing changes without a version");
    let patch = json!({"origin": null});
    let second = client.patch_json(&api(&second, ""), &etag(&second), patch).await.assert_status(200).json();
    assert_eq!((&second["origin"], &second["version"]), (&Value::Null, &json!(2)));
    assert_eq!(read(&client, &first).await, first);
}
