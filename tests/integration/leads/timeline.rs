//! What happened to a lead, as the API and the page tell it.

use super::{api, etag, officer, page, read, register};
use crate::support::TestApp;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn all_that_happens_is_told_the_latest_first() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let contact = json!({"name": "林总", "phone": "12000000109"});
    let lead = register(&client, json!({"contact": contact, "total_investment_fen": 100})).await;
    let leader = app.person(Role::CountyLeader);
    let now = yinfeng::clock::rfc3339::format(yinfeng::clock::now());
    let call =
        json!({"kind": "call", "at": now, "content": "聊过", "next_step": "报价", "next_on": "2031-01-01"});
    client.post_json(&api(&lead, "/follow-ups"), call).await.assert_status(201);
    client
        .post_json(&api(&lead, "/assignment"), json!({"leader": leader.username, "reason": "懂行"}))
        .await
        .assert_status(200);
    client.post_json(&api(&lead, "/stage"), json!({"to": "assessment"})).await.assert_status(200);
    let patch = json!({"contact": {"phone": "12000000110"}, "total_investment_fen": 200, "title": "改名"});
    let version = etag(&read(&client, &lead).await);
    client.patch_json(&api(&lead, ""), &version, patch).await.assert_status(200);
    client.post_json(&api(&lead, "/hold"), json!({"reason": "等"})).await.assert_status(200);
    let version = etag(&read(&client, &lead).await);
    client.delete(&api(&lead, "/hold"), &version).await.assert_status(200);
    client
        .post_json(&api(&lead, "/closure"), json!({"kind": "land", "reason": "没地"}))
        .await
        .assert_status(200);

    let answer = client.get(&api(&lead, "/timeline")).await.assert_status(200);
    assert!(!answer.text().contains("12000000109") && !answer.text().contains("12000000110"));
    let items = answer.json()["items"].clone();
    let items = items.as_array().unwrap();
    let kinds: Vec<&str> = items.iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["closure", "hold", "hold", "edit", "stage", "assignment", "follow_up"]);
    let me = app.person(Role::BureauOfficer);
    assert!(items.iter().all(|item| item["by"]["username"] == me.username.as_str()));
    assert!(items.iter().all(|item| item["at"].as_str().unwrap().ends_with('Z')));
    assert_eq!(items[0]["data"]["kind"], "land");
    assert_eq!(items[4]["data"], json!({"from": "new", "to": "assessment", "reason": null}));
    assert_eq!(items[5]["data"]["leader"]["to"]["username"], leader.username.as_str());
    assert_eq!(items[5]["data"]["reason"], "懂行");
    let differences = &items[3]["data"]["differences"];
    assert_eq!(differences["contact.phone"], json!({"from": "120****0109", "to": "120****0110"}));
    assert_eq!(differences["total_investment_fen"], json!({"from": 100, "to": 200}));
    assert_eq!(differences.as_object().unwrap().len(), 3, "{differences}");

    let html = app.signed_in(Role::BureauOfficer).get(&page(&lead, "")).await.assert_status(200).text();
    for told in ["改名", "懂行", "没地", "聊过", "120****0110", &leader.display_name] {
        assert!(html.contains(told), "{told}");
    }
    assert!(!html.contains("12000000110"));
    let english = app.write(|conn| {
        use diesel::prelude::*;
        use yinfeng::schema::users;
        diesel::update(users::table.find(&me.id)).set(users::locale.eq("en")).execute(conn)
    });
    assert_eq!(english, 1);
    app.signed_in(Role::BureauOfficer).get(&page(&lead, "")).await.assert_status(200);
}

#[actix_web::test]
async fn a_liaison_is_told_stages_and_his_own_follow_ups_only() {
    let app = TestApp::new().await;
    let client = officer(&app);
    let liaison = app.person(Role::ChamberLiaison);
    let source = json!({"kind": "chamber", "chamber_id": liaison.chamber_id});
    let lead = register(&client, json!({"source": source, "stage": "assessment"})).await;
    let call = |content: &str| json!({"kind": "call", "at": "2026-01-02T03:04:05Z", "content": content});
    client.post_json(&api(&lead, "/follow-ups"), call("内部意见")).await.assert_status(201);
    let token = app.token(Role::ChamberLiaison);
    token.post_json(&api(&lead, "/follow-ups"), call("商会回访")).await.assert_status(201);
    client
        .post_json(&api(&lead, "/stage"), json!({"to": "new", "reason": "内部原因"}))
        .await
        .assert_status(200);
    client.post_json(&api(&lead, "/hold"), json!({"reason": "内部暂缓"})).await.assert_status(200);
    let timeline = token.get(&api(&lead, "/timeline")).await.assert_status(200);
    let items = timeline.json()["items"].clone();
    let kinds: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["stage", "follow_up"]);
    let html = app.signed_in(Role::ChamberLiaison).get(&page(&lead, "")).await.assert_status(200).text();
    for hidden in ["内部意见", "内部原因", "内部暂缓", "灵山"] {
        assert!(!timeline.text().contains(hidden) && !html.contains(hidden), "{hidden}");
    }
    assert!(html.contains("商会回访"));
    let federation = app.token(Role::Federation);
    let seen = federation.get(&api(&lead, "")).await.assert_status(200).json();
    assert_eq!(seen["contact"], Value::Null);
    let timeline = federation.get(&api(&lead, "/timeline")).await.assert_status(200);
    let items = timeline.json()["items"].clone();
    let kinds: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["hold", "stage"], "neither the officer's nor the chamber's follow-up");
    let html = app.signed_in(Role::Federation).get(&page(&lead, "")).await.assert_status(200).text();
    app.settle();
    for hidden in ["内部意见", "商会回访"] {
        assert!(!timeline.text().contains(hidden) && !html.contains(hidden), "{hidden}");
        let query = serde_urlencoded::to_string([("q", hidden)]).unwrap();
        let found = federation.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json();
        assert_eq!(found["total"], 0, "{hidden}");
        let found = client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json();
        assert_eq!(found["total"], 1, "{hidden}");
    }
}
