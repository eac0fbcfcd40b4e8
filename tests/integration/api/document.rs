//! The document itself.

use super::contract::Contract;
use crate::support::TestApp;
use serde_json::Value;
use std::collections::BTreeSet;
use yinfeng::accounts::Role;
use yinfeng::routes::ROUTES;

#[actix_web::test]
async fn every_route_of_the_api_is_in_the_document_and_no_other() {
    let app = TestApp::new().await;
    let routes = ROUTES.iter().filter(|(_, path)| path.starts_with("/api/v1/"));
    let routes: BTreeSet<(String, String)> =
        routes.map(|(method, path)| (method.to_string(), path.to_string())).collect();
    let described = Contract::of(&app).await.operations();
    let missing: Vec<_> = routes.difference(&described).collect();
    assert!(missing.is_empty(), "write these into <feature>/operations.rs: {missing:#?}");
    let gone: Vec<_> = described.difference(&routes).collect();
    assert!(gone.is_empty(), "described, but not registered: {gone:#?}");
}

#[actix_web::test]
async fn it_is_well_formed() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let document = contract.document();
    assert_eq!(document["openapi"], "3.1.0");
    let tags: BTreeSet<&str> =
        document["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    let mut ids = BTreeSet::new();
    for (method, path) in contract.operations() {
        let operation = contract.operation(&method, &path);
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id), "{id} twice");
        assert!(tags.contains(operation["tags"][0].as_str().unwrap()), "{id}");
        let in_path: BTreeSet<&str> =
            path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
        let parameters = operation["parameters"].as_array().unwrap().iter();
        let of_path = parameters.filter(|parameter| parameter["in"] == "path");
        let declared: BTreeSet<&str> = of_path.map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(in_path, declared, "{id}");
        let names: Vec<String> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| format!("{} {}", one["in"], one["name"]))
            .collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{id}: {names:?}");
        let statuses: Vec<&String> = operation["responses"].as_object().unwrap().keys().collect();
        assert!(statuses.iter().any(|status| status.starts_with('2')), "{id}: {statuses:?}");
    }
}

#[actix_web::test]
async fn every_reference_names_a_component_and_every_component_is_used() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let schemas = contract.document()["components"]["schemas"].as_object().unwrap();
    let mut referred = BTreeSet::new();
    references(contract.document(), &mut referred);
    let known: BTreeSet<String> = schemas.keys().map(|name| format!("#/components/schemas/{name}")).collect();
    assert_eq!(referred, known);
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            found.extend(object.get("$ref").map(|name| name.as_str().unwrap().to_owned()));
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn its_schemas_are_json_schema() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    for (name, schema) in contract.document()["components"]["schemas"].as_object().unwrap() {
        assert!(jsonschema::draft202012::meta::is_valid(schema), "{name}");
        contract.validator(schema, false);
    }
}

/// A message that is missing would be its own key.
#[actix_web::test]
async fn everything_in_it_is_said_in_words() {
    let app = TestApp::new().await;
    let mut keys = Vec::new();
    texts(Contract::of(&app).await.document(), &mut keys);
    assert!(keys.len() > 300, "{}", keys.len());
    let wordless: Vec<_> =
        keys.into_iter().filter(|text| text.starts_with("api-") || text.is_empty()).collect();
    assert!(wordless.is_empty(), "not in locales: {wordless:?}");
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for name in ["summary", "description", "title"] {
                found.extend(object.get(name).and_then(Value::as_str).map(str::to_owned));
            }
            object.values().for_each(|value| texts(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn every_example_fits_its_schema() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    for (method, path) in contract.operations() {
        let Some((schema, example)) = contract.body(&method, &path) else { continue };
        assert!(example.is_object(), "{method} {path} has no example");
        let faults: Vec<String> =
            contract.validator(&schema, true).iter_errors(&example).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{method} {path}: {faults:?}");
    }
}

#[actix_web::test]
async fn who_has_it_already_is_not_sent_it_again() {
    let app = TestApp::new().await;
    let first = app.anonymous().get("/api/v1/openapi.json").await.assert_status(200);
    let asked = app.token(Role::FinanceReviewer).get("/api/v1/openapi.json");
    let again = asked.header("if-none-match", &first.etag()).await.assert_status(304);
    assert!(again.bytes().is_empty());
}
