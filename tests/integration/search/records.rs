//! What is found beside leads: whether it is of now.

use crate::projects::{new_project, path};
use crate::support::TestApp;
use serde_json::json;
use yinfeng::accounts::Role;

#[actix_web::test]
async fn an_answer_of_records_says_that_a_change_of_them_waits() {
    let app = TestApp::new().await;
    let project = new_project(&app, json!({"title": "示例黄皮项目"})).await;
    app.new_lead(json!({"title": "示例黄皮线索"})).await;
    app.settle();
    let bureau = app.token(Role::BureauOfficer);
    let stale = async |kind: &str| {
        let way = format!("/api/v1/search?q=huangpi&type={kind}");
        bureau.get(&way).await.assert_status(200).json()["stale"].clone()
    };
    for kind in ["lead", "project", "company", "all"] {
        assert_eq!(stale(kind).await, json!(false), "{kind}");
    }
    let path = path(&project, "");
    let etag = bureau.get(&path).await.etag();
    bureau.patch_json(&path, &etag, json!({"title": "示例山竹项目"})).await.assert_status(200);
    for (kind, waits) in [("project", true), ("company", true), ("all", true), ("lead", false)] {
        assert_eq!(stale(kind).await, json!(waits), "{kind}, after a project was changed");
    }
    app.settle();
    assert_eq!(stale("project").await, json!(false));
    app.new_lead(json!({"title": "另一条黄皮线索"})).await;
    for (kind, waits) in [("lead", true), ("company", true), ("all", true), ("project", false)] {
        assert_eq!(stale(kind).await, json!(waits), "{kind}, after a lead was registered");
    }
}
