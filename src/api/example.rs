//! A request as one would send it from a command line.

use super::operation::{Body, Operation, Precondition};
use serde_json::Value;

/// The command. `base` is where the server is reached; `$TOKEN` and `$ID` are the reader's.
pub fn curl(operation: &Operation, base: &str) -> String {
    let path = operation
        .path
        .replace("{id}", "$ID")
        .replace("{kind}", "production")
        .replace("{code}", "qinzhou-2023-2025")
        .replace("{year}", "2025");
    let question = if operation.sample.is_empty() { "" } else { "?" };
    let address = format!("{base}{path}{question}{}", operation.sample);
    let mut lines = vec![match operation.method {
        "GET" | "POST" => "curl".to_owned(),
        method => format!("curl -X {method}"),
    }];
    if !operation.open {
        lines.push("-H \"Authorization: Bearer $TOKEN\"".to_owned());
    }
    if operation.precondition == Precondition::Required {
        lines.push("-H 'If-Match: \"1\"'".to_owned());
    }
    match (&operation.body, &operation.example) {
        (Some(Body::Form(_)), Some(Value::Object(example))) => {
            let fields = example.iter().map(|(name, value)| (name, value.as_str().unwrap_or_default()));
            lines.extend(fields.map(|(name, value)| format!("-F {name}={value}")));
        }
        (Some(_), Some(example)) => {
            lines.push("-H 'Content-Type: application/json'".to_owned());
            lines.push(format!("-d '{example}'"));
        }
        _ if operation.method == "POST" => lines.push("-X POST".to_owned()),
        _ => {}
    }
    lines.push(format!("\"{address}\""));
    lines.join(" \\\n  ")
}
