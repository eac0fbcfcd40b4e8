//! The engine on made-up leads.

mod durability;
mod finding;
mod highlights;
mod scopes;

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use chrono::{Duration, NaiveDate};
use serde_json::Value;

use super::open_embedded;
use crate::search::{FieldSet, LeadDocument, LeadScope, SearchAnswer, SearchEngine, SearchQuery, Settings};

/// The first leads of ../shared/bench/leads.py, as the index job would hand them over.
fn generated(count: usize) -> Vec<LeadDocument> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/leads.py");
    let output =
        Command::new("python3").arg(script).args(["-n", &count.to_string()]).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().enumerate().map(|(i, line)| lead(i, &serde_json::from_str(line).unwrap())).collect()
}

fn lead(i: usize, row: &Value) -> LeadDocument {
    let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    LeadDocument {
        id: format!("0199-{i:06}"),
        code: format!("QZ-2026-{i:06}"),
        title: text("title"),
        investor_name: text("investor_name"),
        county: text("county"),
        industry: text("industry"),
        stage: text("stage"),
        status: ["active", "active", "on_hold", "closed"][i % 4].to_owned(),
        source_kind: row["source"]["kind"].as_str().unwrap().to_owned(),
        contact_name: row["contact"]["name"].as_str().map(str::to_owned),
        remark: Some(text("remark")),
        updated_at: start + Duration::seconds(i as i64),
        version: 1,
        ..LeadDocument::default()
    }
}

/// Read once: each of many small tests has an index of its own.
static SETTINGS: LazyLock<Settings> = LazyLock::new(|| Settings::builtin().unwrap());

struct Index {
    engine: Arc<dyn SearchEngine>,
    _dir: tempfile::TempDir,
}

fn index(leads: &[LeadDocument]) -> Index {
    let dir = tempfile::tempdir().unwrap();
    let engine = open_embedded(dir.path(), SETTINGS.clone()).unwrap();
    engine.upsert(leads).unwrap();
    engine.commit().unwrap();
    Index { engine, _dir: dir }
}

/// A bureau officer's query for all hits.
fn by_text(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        limit: 10_000,
        scope: LeadScope::All,
        fields: FieldSet::all(),
        ..SearchQuery::default()
    }
}

impl Index {
    fn search(&self, query: &SearchQuery) -> SearchAnswer {
        self.engine.search(query).unwrap()
    }

    /// The ids of all hits, best first.
    fn ids(&self, text: &str) -> Vec<String> {
        self.search(&by_text(text)).hits.into_iter().map(|hit| hit.id).collect()
    }
}

/// A lead with nothing but a title.
fn titled(id: &str, title: &str) -> LeadDocument {
    LeadDocument {
        id: id.to_owned(),
        title: title.to_owned(),
        status: "active".to_owned(),
        ..LeadDocument::default()
    }
}
