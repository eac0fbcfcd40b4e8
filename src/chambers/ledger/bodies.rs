//! Bodies of chambers, one a line: those of `POST /api/v1/chambers`, each with `code` and its `entries` beside.

use super::Line;
use super::reading::ReadRow;
use crate::chambers::entries::body::EntryBody;
use crate::chambers::model::{ChamberKind, SourceStatus};
use crate::imports::ledger::{LedgerError, Refusal, decode};
use crate::reference::Reference;
use crate::registers::places;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Body {
    code: Option<String>,
    kind: Option<ChamberKind>,
    name: Option<String>,
    region: Option<String>,
    contact_person: Option<String>,
    phone: Option<String>,
    note: Option<String>,
    status: Option<SourceStatus>,
    entries: Vec<EntryBody>,
}

/// The rows of a file of bodies. Blank lines are no rows.
///
/// # Errors
/// Text that is neither UTF-8 nor GB18030. What is wrong in a line is that row's refusal.
pub fn read(bytes: &[u8], reference: &Reference) -> Result<Vec<ReadRow>, LedgerError> {
    let text = decode(bytes)?;
    let lines = (1..).zip(text.split('\n')).map(|(line, body)| (line, body.trim()));
    Ok(lines.filter(|(_, body)| !body.is_empty()).map(|(line, body)| row(line, body, reference)).collect())
}

fn row(line: u32, body: &str, reference: &Reference) -> ReadRow {
    let refused = |code, word: String| Refusal { field: "line", code, word };
    let object = serde_json::from_str::<Map<String, Value>>(body);
    let name = object.as_ref().ok().and_then(|object| object.get("name")?.as_str().map(str::to_owned));
    let result = object.map_err(|error| refused("not_json", error.to_string())).and_then(|object| {
        let body: Body = serde_json::from_value(Value::Object(object))
            .map_err(|error| refused("wrong_type", error.to_string()))?;
        line_of(body, reference)
    });
    // Only a rejected row goes back to its writer.
    let cells = if result.is_err() { vec![("json".to_owned(), body.to_owned())] } else { Vec::new() };
    ReadRow { sheet: None, row: line, cells, name, result, warnings: Vec::new() }
}

fn line_of(body: Body, reference: &Reference) -> Result<Line, Refusal> {
    let tidy = |text: Option<String>| {
        let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let name = tidy(body.name).ok_or(Refusal { field: "name", code: "missing", word: String::new() })?;
    let region = match tidy(body.region) {
        Some(text) => Some(places::code_of(reference, &text).ok_or(Refusal {
            field: "region",
            code: "region_unknown",
            word: text,
        })?),
        None => None,
    };
    Ok(Line {
        code: tidy(body.code),
        name: Some(name),
        kind: body.kind,
        region,
        contact_person: tidy(body.contact_person),
        // A masked one says nothing, as in a sheet.
        phone: tidy(body.phone).filter(|phone| !phone.contains('*')),
        note: body.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty()),
        status: body.status,
        entries: body.entries,
        of_entry: None,
    })
}
