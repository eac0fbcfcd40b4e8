//! Every parameter of a query that the document names is taken, and lists take what all lists take.

use super::contract::Contract;
use crate::support::TestApp;
use crate::support::leads::new_investor;
use actix_web::http::Method;
use serde_json::{Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn every_parameter_in_the_document_is_known_to_the_program() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let lead = app.new_lead(json!({})).await;
    let ledger =
        format!("项目名称,投资方,县区,产业,来源\n示例项目,{},灵山县,其他,自主招商\n", new_investor());
    let head = app.token(Role::BureauHead);
    let import = head.upload("/api/v1/imports", &[("kind", "leads")], "l.csv", ledger.as_bytes());
    let import = import.await.assert_status(201).json();
    let mut tried = 0;
    for (method, path) in contract.operations() {
        let parameters = contract.operation(&method, &path)["parameters"].as_array().unwrap();
        let id = if path.contains("/imports/") { &import["id"] } else { &lead["id"] };
        let address = path.replace("{id}", id.as_str().unwrap());
        let client = app.token(match path.split('/').nth(3) {
            Some("users" | "audit") => Role::Admin,
            _ => Role::BureauHead,
        });
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            for value in right(parameter) {
                let query = format!("{}={value}", parameter["name"].as_str().unwrap());
                let request = client
                    .request(Method::from_bytes(method.as_bytes()).unwrap(), &format!("{address}?{query}"));
                let answer = request.if_match("*").await;
                let is_unknown = answer.status() == 400
                    && answer.json()["errors"][0]["code"].as_str().is_some_and(is_of_the_query);
                assert!(!is_unknown, "{method} {path}?{query}: {}", answer.text());
                tried += 1;
            }
        }
    }
    assert!(tried > 100, "only {tried}");
}

fn is_of_the_query(code: &str) -> bool {
    matches!(code, "unknown-parameter" | "unknown" | "limit-range")
}

/// Values that the parameter's schema allows; none where only the reader has one, as a cursor.
fn right(parameter: &Value) -> Vec<String> {
    let schema = &parameter["schema"];
    let schema = if schema["type"] == "array" { &schema["items"] } else { schema };
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    }
    match (schema["type"].as_str().unwrap(), schema["format"].as_str(), parameter["name"].as_str().unwrap()) {
        ("boolean", ..) => vec!["true".to_owned(), "false".to_owned()],
        ("integer", ..) => vec![schema["minimum"].to_string(), schema["maximum"].to_string()],
        (_, Some("date"), _) => vec!["2026-11-23".to_owned()],
        (_, Some("uuid"), _) => vec!["01890000-0000-7000-8000-000000000000".to_owned()],
        (_, _, "county" | "statistics_county" | "region" | "parent") => vec!["450721".to_owned()],
        (_, _, "industry") => vec!["other".to_owned()],
        (_, _, "policy") => vec!["qinzhou-2023-2025".to_owned()],
        (_, _, "cursor" | "before" | "chamber" | "referrer" | "officer" | "leader") => vec![],
        _ => vec!["a".to_owned()],
    }
}

#[actix_web::test]
async fn every_list_can_be_read_page_by_page_and_counted() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let mut lists = 0;
    for (method, path) in contract.operations() {
        let operation = contract.operation(&method, &path);
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        if schema["properties"]["next_cursor"].is_null() {
            continue;
        }
        lists += 1;
        let parameters = operation["parameters"].as_array().unwrap();
        for name in ["limit", "cursor", "count"] {
            assert!(
                parameters.iter().any(|parameter| parameter["name"] == name),
                "{method} {path}: no {name}"
            );
        }
        assert!(schema["properties"]["total"].is_object(), "{method} {path}: no total");
    }
    assert!(lists >= 15, "only {lists}");
}
