//! Search right after a write, before the index has followed.

mod requests;
mod unreachable;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

async fn found(client: &Client, words: &str) -> Value {
    let query = serde_urlencoded::to_string([("q", words), ("facets", "county,stage")]).unwrap();
    client.get(&format!("/api/v1/search?{query}")).await.assert_status(200).json()
}

/// Total, hits and the counts of each facet, which must agree.
#[track_caller]
fn count(answer: &Value) -> u64 {
    let total = answer["total"].as_u64().unwrap();
    assert_eq!(answer["hits"].as_array().unwrap().len() as u64, total, "{answer}");
    for (field, counts) in answer["facets"].as_object().unwrap() {
        let sum: u64 = counts.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sum, total, "{field}: {answer}");
    }
    total
}

#[actix_web::test]
async fn a_deleted_lead_is_counted_no_more() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let lead = app.new_lead(json!({"title": "示例枇杷线索"})).await;
    app.new_lead(json!({"title": "另一条枇杷线索"})).await;
    let waiting = found(&officer, "枇杷").await;
    assert_eq!(waiting["stale"], true, "what was registered is not in the index yet");
    app.settle();
    let settled = found(&officer, "枇杷").await;
    assert_eq!((count(&settled), &settled["stale"]), (2, &json!(false)));
    let path = format!("/api/v1/leads/{}", lead["id"].as_str().unwrap());
    app.token(Role::BureauHead).delete(&path, "*").await.assert_status(204);
    let after = found(&officer, "枇杷").await;
    assert_eq!((count(&after), &after["stale"]), (1, &json!(true)));
    assert_eq!(count(&found(&officer, "").await), 1);
    app.settle();
    let settled = found(&officer, "枇杷").await;
    assert_eq!((count(&settled), &settled["stale"]), (1, &json!(false)));
}

#[actix_web::test]
async fn a_lead_that_left_the_scope_is_counted_no_more() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.token(Role::CountyLeader);
    let lead = app.new_lead(json!({"title": "示例龙眼线索"})).await;
    app.settle();
    assert_eq!(count(&found(&leader, "龙眼").await), 1, "nobody's lead of his county");
    let other = app.user(Role::CountyLeader).insert();
    let path = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    bureau.post_json(&path, json!({"leader": other.username, "reason": "示例"})).await.assert_status(200);
    let after = found(&leader, "龙眼").await;
    assert_eq!((count(&after), &after["stale"]), (0, &json!(true)));
    assert_eq!(count(&found(&bureau, "龙眼").await), 1, "for others it is there");
}

#[actix_web::test]
async fn a_symbol_can_be_looked_for() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    app.new_lead(json!({"title": "引凤🦅示例线索"})).await;
    app.new_lead(json!({"title": "引凤示例线索"})).await;
    app.settle();
    let hits = found(&officer, "🦅").await;
    assert_eq!(count(&hits), 1);
    assert_eq!(hits["hits"][0]["highlights"]["title"], "引凤<em>🦅</em>示例线索");
    assert_eq!(count(&found(&officer, "🦅示例").await), 1);
    assert_eq!(count(&found(&officer, "☃").await), 0);
}

#[actix_web::test]
async fn people_and_chambers_are_named_as_in_the_list_of_leads() {
    let app = TestApp::new().await;
    let bureau = app.token(Role::BureauOfficer);
    let leader = app.person(Role::CountyLeader);
    let chamber = app.new_chamber("示例商会");
    let code = bureau.get(&format!("/api/v1/chambers/{chamber}")).await.json()["code"].clone();
    let source = json!({"kind": "chamber", "chamber_id": chamber.to_string()});
    let lead = app.new_lead(json!({"title": "示例荔枝线索", "source": source})).await;
    app.new_lead(json!({"title": "另一条荔枝线索"})).await;
    let path = format!("/api/v1/leads/{}/assignment", lead["id"].as_str().unwrap());
    bureau.post_json(&path, json!({"leader": leader.username, "reason": "示例"})).await.assert_status(200);
    app.settle();
    for filter in [
        format!("leader={}", leader.username),
        format!("leader={}", leader.id),
        format!("chamber={}", code.as_str().unwrap()),
        format!("chamber={chamber}"),
    ] {
        let path = format!("/api/v1/search?q=%E8%8D%94%E6%9E%9D&{filter}");
        let found = bureau.get(&path).await.assert_status(200).json();
        assert_eq!(count(&found), 1, "{filter}");
        assert_eq!(found["hits"][0]["id"], lead["id"], "{filter}");
    }
    assert_eq!(count(&bureau.get("/api/v1/search?q=%E8%8D%94%E6%9E%9D&leader=nobody").await.json()), 0);
}

/// A code is the company's: what one lead learns of it, a search knows of the others.
#[actix_web::test]
async fn a_code_that_one_lead_brings_finds_the_others_of_its_company() {
    const CODE: &str = "91450700MA5KXXXX0Y";
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let first = app.new_lead(json!({"title": "示例甲线索", "investor_name": "示例青竹有限公司"})).await;
    app.settle();
    assert_eq!(count(&found(&officer, CODE).await), 0);
    let body = json!({
        "title": "示例乙线索", "investor_name": "示例青竹有限公司", "uscc": CODE, "duplicate_reason": "示例",
    });
    app.new_lead(body).await;
    app.settle();
    let hits = found(&officer, CODE).await;
    assert_eq!(count(&hits), 2, "{hits}");
    assert!(hits["hits"].as_array().unwrap().iter().any(|hit| hit["id"] == first["id"]));
}
