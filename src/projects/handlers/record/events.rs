//! What happened to a project, as its page tells it: the entries of the trail, with names for codes and ids.

use crate::accounts::queries::users;
use crate::app::App;
use crate::audit;
use crate::audit::queries::{AuditEntry, AuditFilter};
use crate::db::{AnyConn, Id};
use crate::error::AppError;
use crate::leads::pages::{Difference, Shown};
use crate::money;
use crate::projects::model::Project;
use crate::projects::pages::Event;
use crate::projects::queries;
use crate::web::i18n::Lang;
use serde_json::Value;
use std::collections::HashMap;

/// Fields whose change says nothing to a reader, or, of an import, what stands on the page anyhow.
const SILENT: &[&str] = &["code", "lead_id", "leader_reason", "import_id", "milestones", "supplements"];

/// The latest entries of the project, and whether there are more.
pub(super) fn of(
    conn: &mut AnyConn,
    app: &App,
    lang: Lang,
    project: &Project,
    limit: i64,
) -> Result<(Vec<Event>, bool), AppError> {
    let filter = AuditFilter {
        subject_kinds: Some(vec!["project".to_owned()]),
        subject_id: Some(project.id.to_string()),
        ..AuditFilter::default()
    };
    let mut entries = audit::queries::list(conn, &filter, None, limit)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > wanted;
    entries.truncate(wanted);
    let names = names(conn, &entries)?;
    Ok((entries.into_iter().map(|entry| event(app, lang, &names, entry)).collect(), more))
}

/// Names of the people whom changes name, and codes of first phases.
fn names(conn: &mut AnyConn, entries: &[AuditEntry]) -> Result<HashMap<String, String>, AppError> {
    let mut ids: Vec<Id> = Vec::new();
    for entry in entries {
        for field in ["leader", "officer"] {
            for side in ["from", "to"] {
                ids.extend(entry.differences.0[field][side].as_str().and_then(|id| id.parse().ok()));
            }
        }
    }
    let found = users::names(conn, &ids)?;
    let mut names: HashMap<String, String> =
        found.into_iter().map(|(id, _, name)| (id.to_string(), name)).collect();
    for change in entries.iter().map(|entry| &entry.differences.0["phase_of"]) {
        for id in [&change["from"], &change["to"]].into_iter().filter_map(Value::as_str) {
            let code = match id.parse() {
                Ok(id) => queries::code_of(conn, &id)?,
                Err(_) => None,
            };
            names.extend(code.map(|code| (id.to_owned(), code)));
        }
    }
    Ok(names)
}

fn event(app: &App, lang: Lang, names: &HashMap<String, String>, entry: AuditEntry) -> Event {
    let mut changes = Vec::new();
    // Entering a project sets everything: its page shows that.
    let is_change = entry.action != "project.create";
    for (field, change) in entry.differences.0.as_object().into_iter().flatten() {
        if is_change && !SILENT.contains(&field.as_str()) {
            changes.push(Difference {
                field: named(field).to_owned(),
                from: shown(app, lang, names, field, &change["from"]),
                to: shown(app, lang, names, field, &change["to"]),
            });
        }
    }
    Event {
        action: entry.action.replace('.', "-"),
        at: entry.at,
        by: entry.actor_name,
        reason: entry.reason,
        changes,
    }
}

/// The field's name, where a project has another word for it than a lead.
fn named(field: &str) -> &str {
    match field {
        "title" => "project_title",
        "county" => "project_county",
        // Names from a ledger that are no user's.
        "leader_name" => "leader",
        "officer_name" => "officer",
        other => other,
    }
}

/// A value of the trail in the reader's words.
fn shown(app: &App, lang: Lang, names: &HashMap<String, String>, field: &str, value: &Value) -> Shown {
    let (reference, code) = (&app.reference, lang.code());
    let word = |family: &str, text: &str| Shown::Word(format!("{family}-{text}"));
    match (field, value) {
        (_, Value::Null) => Shown::Nothing,
        ("key", Value::Object(key)) => {
            word("key-basis", key.get("basis").and_then(Value::as_str).unwrap_or("amount"))
        }
        ("enclave", Value::Object(enclave)) => {
            let county = enclave.get("county").and_then(Value::as_str).unwrap_or_default();
            Shown::Text(reference.region_name(county, code).to_owned())
        }
        ("source", Value::Object(source)) => {
            word("source", source.get("kind").and_then(Value::as_str).unwrap_or("self"))
        }
        ("years" | "funding", Value::Array(rows)) => amounts(rows),
        ("extra", Value::Array(pairs)) if !pairs.is_empty() => {
            let text = |pair: &Value, at: usize| pair[at].as_str().unwrap_or_default().to_owned();
            let pairs = pairs.iter().map(|pair| format!("{}: {}", text(pair, 0), text(pair, 1)));
            Shown::Text(pairs.collect::<Vec<_>>().join(" / "))
        }
        ("evidence", Value::Array(papers)) => Shown::Text(papers.len().to_string()),
        (_, Value::Array(items)) if items.is_empty() => Shown::Nothing,
        (_, Value::Array(items)) => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            Shown::Text(texts.join(" / "))
        }
        (_, Value::Bool(is)) => Shown::Word((if *is { "said-yes" } else { "said-no" }).to_owned()),
        (field, Value::Number(figure)) => match figure.as_i64() {
            Some(fen) if field.ends_with("_fen") => Shown::Money(fen),
            _ => Shown::Text(figure.as_f64().map_or_else(|| figure.to_string(), |figure| figure.to_string())),
        },
        ("leader" | "officer" | "phase_of", Value::String(id)) => {
            Shown::Text(names.get(id).cloned().unwrap_or_else(|| id.clone()))
        }
        ("county", Value::String(text)) => Shown::Text(reference.region_name(text, code).to_owned()),
        ("industry", Value::String(text)) => Shown::Text(reference.industry_name(text, code).to_owned()),
        ("park", Value::String(text)) => {
            Shown::Text(reference.park(text).map_or(text.as_str(), |park| park.name(code)).to_owned())
        }
        ("origin", Value::String(text)) => Shown::Text(reference.origin_name(text, code).to_owned()),
        ("kind", Value::String(text)) => word("contract-kind", text),
        ("milestone", Value::String(text)) => word("milestone", text),
        ("milestone_state", Value::String(text)) => word("milestone-state", text),
        (_, Value::String(text)) => text.parse().map_or_else(|_| Shown::Text(text.clone()), Shown::Day),
        (_, Value::Object(_)) => Shown::Text(value.to_string()),
    }
}

/// The rows of an annual plan or of funding: amounts in 万元, one after the other.
fn amounts(rows: &[Value]) -> Shown {
    if rows.is_empty() {
        return Shown::Nothing;
    }
    let row = |row: &Value| {
        let fen = row["fixed_investment_fen"].as_i64().or(row["amount_fen"].as_i64());
        let amount = fen.map(money::wan_text).unwrap_or_default();
        match row["source"].as_str() {
            Some(source) => format!("{source} {amount}"),
            None => amount,
        }
    };
    Shown::Text(rows.iter().map(row).collect::<Vec<_>>().join(" / "))
}
