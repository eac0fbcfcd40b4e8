//! Saved searches and being told of what is new, through HTTP and the workers behind it.

mod pages;
mod sharing;
mod telling;

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use yinfeng::accounts::Role;

pub const PATH: &str = "/api/v1/saved-searches";

/// What saves a search, with these fields beside or instead.
pub fn body(more: Value) -> Value {
    let mut body = json!({ "name": "示例搜索", "query": "q=test" });
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    body
}

/// A search that this one keeps, and wishes to be told of.
async fn told(client: &Client, query: &str) -> Value {
    let kept = body(json!({ "query": query, "tell": true }));
    client.post_json(PATH, kept).await.assert_status(201).json()
}

fn path(search: &Value) -> String {
    format!("{PATH}/{}", search["id"].as_str().unwrap())
}

/// How many leads are new with it, and which.
async fn new(client: &Client, search: &Value) -> Vec<String> {
    let shown = client.get(&path(search)).await.assert_status(200).json();
    let list = client.get(&format!("{}/matches?count=true", path(search))).await.assert_status(200).json();
    assert_eq!(shown["new"], list["total"], "{shown} {list}");
    let titles =
        list["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned());
    titles.collect()
}

fn lead_path(lead: &Value) -> String {
    format!("/api/v1/leads/{}", lead["id"].as_str().unwrap())
}

async fn assign(app: &TestApp, lead: &Value, to: Value) {
    let path = format!("{}/assignment", lead_path(lead));
    app.token(Role::BureauOfficer).post_json(&path, to).await.assert_status(200);
}

async fn change(app: &TestApp, lead: &Value, patch: Value) {
    app.token(Role::BureauOfficer).patch_json(&lead_path(lead), "*", patch).await.assert_status(200);
}

#[actix_web::test]
async fn what_cannot_be_kept_is_said_at_its_field() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    for (more, field, code) in [
        (json!({ "name": " " }), "name", "required"),
        (json!({ "query": "" }), "query", "required"),
        (json!({ "query": "facets=county&limit=5" }), "query", "nothing-is-asked"),
        (json!({ "query": "q=x&type=project" }), "query", "only-leads-are-saved"),
        (json!({ "query": "q=x&colour=red" }), "query", "unknown-parameter"),
        (json!({ "query": "q=x&stage=soon" }), "query", "unknown"),
        (json!({ "query": "q=县:桃花源" }), "query", "no-such-value"),
        (json!({ "query": "q=12000000101" }), "query", "number-is-not-saved"),
    ] {
        let answer = officer.post_json(PATH, body(more.clone())).await.assert_status(422).json();
        let fault = &answer["errors"][0];
        assert_eq!((&fault["field"], &fault["code"]), (&json!(field), &json!(code)), "{more}");
    }
    let liaison = app.token(Role::ChamberLiaison);
    let by_county =
        liaison.post_json(PATH, body(json!({ "query": "county=450721" }))).await.assert_status(422);
    assert_eq!(by_county.json()["errors"][0]["code"], "forbidden-field");
    for _ in 0..50 {
        officer.post_json(PATH, body(json!({}))).await.assert_status(201);
    }
    let more = officer.post_json(PATH, body(json!({}))).await.assert_status(422).json();
    assert_eq!(more["errors"][0]["code"], "too-many-saved-searches");
    liaison.post_json(PATH, body(json!({}))).await.assert_status(201);
}

#[actix_web::test]
async fn filters_of_the_box_are_kept_as_parameters_and_how_it_is_shown_is_not() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let query = "q=陈皮 县:灵山 投资:1亿以上&stage=new,assessment&facets=county&limit=5&offset=20&type=lead";
    let kept = officer.post_json(PATH, body(json!({ "query": query }))).await.assert_status(201).json();
    let query: Vec<(String, String)> = serde_urlencoded::from_str(kept["query"].as_str().unwrap()).unwrap();
    let wanted = [
        ("county", "450721"),
        ("investment_from_fen", "10000000000"),
        ("q", "陈皮"),
        ("stage", "new,assessment"),
    ];
    assert_eq!(query, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!((&kept["tell"], &kept["new"]), (&json!(false), &Value::Null));
    let search = format!("/api/v1/search?{}", kept["query"].as_str().unwrap());
    officer.get(&search).await.assert_status(200);
}

#[actix_web::test]
async fn it_is_changed_and_removed_by_its_version_and_the_trail_does_not_keep_its_words() {
    let app = TestApp::new().await;
    let officer = app.token(Role::BureauOfficer);
    let kept = told(&officer, "q=林示例&county=450721").await;
    let renamed = json!({ "name": "灵山" });
    officer.patch_json(&path(&kept), "\"9\"", renamed.clone()).await.assert_status(412);
    let now = officer.patch_json(&path(&kept), "\"1\"", renamed.clone()).await.assert_status(200);
    assert_eq!((&now.json()["name"], now.etag().as_str()), (&json!("灵山"), "\"2\""));
    assert_eq!(now.json()["tell"], true, "his wish stays");
    let same = officer.patch_json(&path(&kept), "\"2\"", renamed).await.assert_status(200);
    assert_eq!(same.etag(), "\"2\"", "nothing was changed");
    app.new_lead(json!({ "contact": { "name": "林示例" } })).await;
    app.settle();
    assert_eq!(new(&officer, &kept).await.len(), 1);
    officer.delete(&path(&kept), "\"1\"").await.assert_status(412);
    officer.delete(&path(&kept), "\"2\"").await.assert_status(204);
    officer.get(&path(&kept)).await.assert_status(404);
    let trail = app.token(Role::Auditor).get("/api/v1/audit?limit=200").await.assert_status(200);
    let acts: Vec<Value> = trail.json()["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"].as_str().unwrap().starts_with("saved_search."))
        .cloned()
        .collect();
    let names: Vec<&str> = acts.iter().rev().map(|entry| entry["action"].as_str().unwrap()).collect();
    let wanted =
        ["saved_search.create", "saved_search.subscribe", "saved_search.update", "saved_search.delete"];
    assert_eq!(names, wanted);
    let told = json!(acts).to_string();
    assert!(told.contains("450721") && !told.contains("林示例"), "{told}");
    let none = officer.get(&format!("{PATH}?count=true")).await.assert_status(200).json();
    assert_eq!(none["total"], 0);
}
