//! What the document forbids of a body, the program refuses: each operation's example, made wrong in every
//! way that its schema knows.

use super::contract::Contract;
use crate::support::leads::{lead_body, new_investor};
use crate::support::{Client, TestApp};
use actix_web::http::Method;
use serde_json::{Map, Value, json};
use yinfeng::accounts::Role;

#[actix_web::test]
async fn a_body_that_the_document_forbids_is_refused() {
    let app = TestApp::new().await;
    let contract = Contract::of(&app).await;
    let (mut tried, mut taken) = (0, Vec::new());
    for (method, path) in contract.operations() {
        let Some((schema, example)) = contract.body(&method, &path) else { continue };
        let client = app.token(match path.as_str() {
            path if path.contains("/users") => Role::Admin,
            "/api/v1/award-applications" | "/api/v1/award-applications/{id}" => Role::CountyOfficer,
            "/api/v1/policies/documents/{id}/decision" => Role::LeadingGroup,
            path if path.contains("/{question}/") || path.ends_with("/consent") => Role::ChamberLiaison,
            path if path.contains("/evidence/") => Role::Federation,
            path if path.ends_with("/funding") => Role::FinanceReviewer,
            _ => Role::BureauHead,
        });
        let address = match record(&app, &client, &path).await {
            Some(id) => path.replace("{id}", &id),
            None => path.clone(),
        };
        let address = address
            .replace("{kind}", "production")
            .replace("{year}", "2024")
            .replace("{code}", "qinzhou-2023-2025");
        let address = match address.split_once("/{member}") {
            Some((members, rest)) => {
                let body = match members.contains("/teams/") {
                    true => crate::teams::member(json!({})),
                    false => json!({ "name": "示例成员" }),
                };
                let made = client.post_json(members, body).await.assert_status(201);
                format!("{members}/{}{rest}", made.json()["id"].as_str().unwrap())
            }
            None => address,
        };
        let address = match address.split_once("/{trip}") {
            Some((trips, rest)) => {
                let made = client.post_json(trips, crate::teams::trip(json!({}))).await.assert_status(201);
                format!("{trips}/{}{rest}", made.json()["id"].as_str().unwrap())
            }
            None => address,
        };
        let address = match address.split_once("/{question}") {
            Some((questions, rest)) => {
                let head = app.token(Role::BureauHead);
                let asked = head.post_json(questions, json!({ "text": "示例" })).await.assert_status(201);
                format!("{questions}/{}{rest}", asked.json()["id"].as_str().unwrap())
            }
            None => address,
        };
        let address = match address.split_once("/{entry}") {
            Some((entries, rest)) => {
                let member = json!({ "kind": "officer", "word": "president", "name": "示例会长", "from_on": "2024-05-18" });
                let made = client.post_json(entries, member).await.assert_status(201);
                format!("{entries}/{}{rest}", made.json()["id"].as_str().unwrap())
            }
            None => address,
        };
        let validator = contract.validator(&schema, false);
        for body in wrong(&contract, &schema, &example) {
            assert!(!validator.is_valid(&body), "{method} {path}: the document allows {body}");
            let request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), &address);
            let answer = request.if_match("*").json(body.clone()).await;
            tried += 1;
            if !matches!(answer.status(), 400 | 422) {
                taken.push(format!("{} {method} {path} {}", answer.status(), short(&body)));
            }
        }
    }
    assert!(tried > 150, "only {tried} bodies");
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

fn short(body: &Value) -> String {
    body.to_string().chars().take(300).collect()
}

/// The record that a path speaks of.
async fn record(app: &TestApp, client: &Client, path: &str) -> Option<String> {
    if !path.contains("{id}") {
        return None;
    }
    let made = match path.split('/').nth(3).unwrap() {
        "leads" if path.contains("/questions") => {
            let chamber = app.person(Role::ChamberLiaison).chamber_id;
            app.new_lead(json!({ "source": { "kind": "chamber", "chamber_id": chamber } })).await
        }
        "leads" => app.new_lead(json!({})).await,
        "projects" => crate::projects::new_project(app, json!({})).await,
        "claims" => return Some(claim(app, client).await),
        "attribution-changes" => {
            let own = app.person(Role::ChamberLiaison).chamber_id.unwrap();
            let county = app.token(Role::CountyOfficer);
            crate::attributions::proposed(app, &county, "450721", &own).await
        }
        "award-applications" => {
            let draft = crate::award_applications::draft(app).await;
            if path.ends_with("/funding") {
                let creator = app.token(Role::CountyOfficer);
                crate::award_applications::step(&creator, &draft, "submitted").await.assert_status(200);
            }
            draft
        }
        "policies" => {
            let extension = "/api/v1/policies/qinzhou-2023-2025/extension";
            let body =
                json!({ "valid_until": "2026-12-31", "document_number": "1", "document_name": "test" });
            app.token(Role::BureauHead).post_json(extension, body).await.assert_status(201).json()
        }
        "users" => return Some(app.user(Role::CountyOfficer).insert().id.to_string()),
        "imports" => {
            let row = format!("示例项目,{},灵山县,其他,自主招商", new_investor());
            let ledger = format!("项目名称,投资方,县区,产业,来源\n{row}\n");
            let upload = client.upload("/api/v1/imports", &[("kind", "leads")], "l.csv", ledger.as_bytes());
            upload.await.assert_status(201).json()
        }
        "events" => crate::events::new_event(app, json!({})).await,
        "townsmen" => crate::townsmen::list(client, json!({})).await.assert_status(201).json(),
        "teams" => crate::teams::team(app, json!({})).await,
        "notices" => crate::notices::notice(app, json!({})).await,
        "saved-searches" => {
            let kept = crate::saved_searches::body(json!({}));
            client.post_json(crate::saved_searches::PATH, kept).await.assert_status(201).json()
        }
        "recommendations" => {
            let body = crate::recommendations::body(json!({}));
            client.post_json(crate::recommendations::PATH, body).await.assert_status(201).json()
        }
        "filings" => {
            let referrer = crate::filings::new_referrer(app, json!({})).await;
            let lead = app.new_lead(json!({})).await;
            let filed = crate::filings::file(client, &referrer, json!({ "lead_id": lead["id"] }));
            filed.await.assert_status(201).json()
        }
        "chambers" if path.contains("/evidence/") => {
            return Some(app.new_chamber(&new_investor()).to_string());
        }
        register => {
            let kind = if register == "chambers" { "other_city" } else { "team" };
            let body = json!({ "kind": kind, "name": new_investor(), "phone": "12000000051" });
            client.post_json(&format!("/api/v1/{register}"), body).await.assert_status(201).json()
        }
    };
    Some(made["id"].as_str().unwrap().to_owned())
}

/// A later claim: a liaison's report of what the bureau has already.
async fn claim(app: &TestApp, client: &Client) -> String {
    let known = app.new_lead(json!({})).await;
    let report = lead_body(json!({ "investor_name": known["investor_name"], "source": null }));
    app.token(Role::ChamberLiaison).post_json("/api/v1/leads", report).await.assert_status(409);
    let list = client.get("/api/v1/claims").await.assert_status(200).json();
    list["items"][0]["id"].as_str().unwrap().to_owned()
}

/// The example with one thing wrong, for each thing that can be.
fn wrong(contract: &Contract, schema: &Value, example: &Value) -> Vec<Value> {
    let object = resolved(contract, schema);
    let example = example.as_object().cloned().unwrap_or_default();
    let with = |name: &str, value: Value| {
        let mut body = example.clone();
        body.insert(name.to_owned(), value);
        Value::Object(body)
    };
    let mut bodies = vec![with("no_such_field", json!(1)), json!([])];
    let required = schema["required"].as_array().into_iter().chain(object["required"].as_array());
    for name in required.flatten() {
        let mut body: Map<String, Value> = example.clone();
        body.remove(name.as_str().unwrap());
        bodies.push(Value::Object(body));
    }
    for (name, property) in object["properties"].as_object().unwrap() {
        bodies.extend(wrong_values(contract, property).into_iter().map(|value| with(name, value)));
    }
    bodies
}

fn resolved(contract: &Contract, schema: &Value) -> Value {
    let named = schema["$ref"]
        .as_str()
        .or_else(|| schema["oneOf"].as_array().into_iter().flatten().find_map(|one| one["$ref"].as_str()));
    match named.and_then(|name| name.strip_prefix("#/components/schemas/")) {
        Some(name) => contract.document()["components"]["schemas"][name].clone(),
        None => schema.clone(),
    }
}

fn wrong_values(contract: &Contract, property: &Value) -> Vec<Value> {
    let schema = resolved(contract, property);
    let is = |kind: &str| match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    };
    let mut values = vec![];
    if is("object") {
        values.push(json!("text"));
        // An object of which no field is said may have any.
        if schema["properties"].is_object() {
            values.extend(wrong(contract, &schema, &json!({})).into_iter().filter(Value::is_object));
        }
    }
    if is("array") {
        values.extend([json!("text"), json!([{}])]);
    }
    if is("string") {
        values.push(json!(5));
        if !schema["enum"].is_null() || !schema["format"].is_null() {
            values.push(json!("no such word"));
        }
        if let Some(most) = schema["maxLength"].as_u64() {
            values.push("长".repeat(most as usize + 1).into());
        }
        if schema["minLength"].as_u64() > Some(0) {
            values.push("".into());
        }
    }
    if is("integer") || is("number") {
        values.push(json!("many"));
        if let Some(least) = schema["minimum"].as_f64() {
            values.push(json!(least as i64 - 1));
        }
        if let Some(most) = schema["maximum"].as_f64() {
            values.push(json!(most as i64 + 1));
        }
    }
    if is("boolean") {
        values.push(json!("perhaps"));
    }
    values
}
