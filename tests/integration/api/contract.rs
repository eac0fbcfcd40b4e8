//! The document as a client takes it, with objects closed: what is answered and not written there is a fault.

use crate::support::{Request, Response, TestApp};
use jsonschema::{Validator, draft202012};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;

pub struct Contract {
    document: Value,
    /// Method and path of what was answered as it should.
    kept: RefCell<BTreeSet<(String, String)>>,
}

impl Contract {
    pub async fn of(app: &TestApp) -> Self {
        let document = app.anonymous().get("/api/v1/openapi.json").await.assert_status(200).json();
        Contract { document, kept: RefCell::default() }
    }

    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Every method and path that it names.
    pub fn operations(&self) -> BTreeSet<(String, String)> {
        let paths = self.document["paths"].as_object().unwrap().iter();
        paths
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys();
                methods.map(|method| (method.to_uppercase(), path.clone()))
            })
            .collect()
    }

    pub fn operation(&self, method: &str, path: &str) -> &Value {
        let operation = &self.document["paths"][path][method.to_lowercase()];
        assert!(operation.is_object(), "{method} {path} is not in the document");
        operation
    }

    /// Sends, and holds the answer against the document.
    pub async fn sent(&self, method: &str, path: &str, status: u16, request: Request) -> Response {
        let response = request.await.assert_status(status);
        self.holds(method, path, &response);
        response
    }

    /// The answer is one that the document gives for this operation.
    pub fn holds(&self, method: &str, path: &str, response: &Response) {
        let here = format!("{method} {path} {}", response.status());
        let operation = self.operation(method, path);
        let described = &operation["responses"][response.status().to_string()];
        assert!(described.is_object(), "{here} is not in the document: {}", response.text());
        for header in described["headers"].as_object().into_iter().flat_map(|headers| headers.keys()) {
            assert!(response.header(&header.to_lowercase()).is_some(), "{here}: no {header}");
        }
        match described["content"].as_object() {
            None => assert!(response.bytes().is_empty(), "{here}: {}", response.text()),
            Some(content) => {
                let kind = response.header("content-type").unwrap_or_default().split(';').next().unwrap();
                let schema = &content.get(kind).unwrap_or_else(|| panic!("{here}: {kind}"))["schema"];
                if kind.ends_with("json") {
                    self.fits(&here, schema, &response.json());
                }
            }
        }
        if response.status() < 400 {
            self.kept.borrow_mut().insert((method.to_owned(), path.to_owned()));
        }
    }

    /// Nothing was left untried.
    pub fn assert_all_kept(&self) {
        let kept = self.kept.borrow();
        let untried: Vec<_> = self.operations().into_iter().filter(|one| !kept.contains(one)).collect();
        assert!(untried.is_empty(), "no answer was held against the document: {untried:#?}");
    }

    fn fits(&self, here: &str, schema: &Value, value: &Value) {
        let faults: Vec<String> = self
            .validator(schema, true)
            .iter_errors(value)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{here}\n{}\n{value:#}", faults.join("\n"));
    }

    /// A validator of a schema of the document; `closed` objects take no other fields than theirs.
    pub fn validator(&self, schema: &Value, closed: bool) -> Validator {
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        if closed {
            close(&mut whole);
        }
        draft202012::options().should_validate_formats(true).build(&whole).unwrap()
    }

    /// The schema of an operation's JSON body, and the example that it gives.
    pub fn body(&self, method: &str, path: &str) -> Option<(Value, Value)> {
        let media = &self.operation(method, path)["requestBody"]["content"]["application/json"];
        media.is_object().then(|| (media["schema"].clone(), media["example"].clone()))
    }
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("properties").is_some_and(Value::is_object)
                && object.get("type") == Some(&json!("object"))
            {
                object.entry("additionalProperties").or_insert(json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
